// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <memory>

#include <QBuffer>
#include <QColorSpace>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include "tests/cli/cli_program.h"
#include "tests/image/picture_bytes.h"
#include "tests/support/formula_checkpoint.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

constexpr int width = 48, height = 32;

QImage drawnPicture()
{
    QImage picture(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            picture.setPixel(x, y, qRgb(x * 5, y * 7, (x * y) % 256));
    return picture;
}

QByteArray jpegOf(const QImage& picture)
{
    QByteArray content;
    QBuffer buffer(&content);
    if (!buffer.open(QIODevice::WriteOnly) || !picture.save(&buffer, "JPG", 95))
        qFatal("cannot encode");
    return content;
}

/// `rest` with a rectangle of `value`.
QByteArray marked(char value, char rest = 0)
{
    QByteArray samples(width * height, rest);
    for (int y = 8; y < 20; ++y)
        samples.replace(y * width + 10, 14, QByteArray(14, value));
    return samples;
}

QByteArray greyMask(const QByteArray& samples)
{
    return pngOf(width, height, 8, 0, samples);
}

QByteArray threeLabels()
{
    QByteArray samples = marked(2);
    samples.replace(0, 5, QByteArray(5, '\1'));
    return greyMask(samples);
}

QJsonObject objectOf(const QString& text)
{
    return QJsonDocument::fromJson(text.toUtf8()).object();
}

} // namespace

/// Masks, pages, ranges and damaged files as the commands meet them, with a small model whose weights are a formula's.
class TestPictureOptions : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void refusesRanges();
    void refusesMasks_data();
    void refusesMasks();
    void takesMasksOfAnyValues_data();
    void takesMasksOfAnyValues();
    void leavesOutMasksAmongThePictures();
    void leavesOutDamagedPictures();
    void saysWhatIsOutOfTheOrdinary();
    void scalesDeepPictures();
    void explainsAPage();

private:
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString write(const QString& name, const QByteArray& content) const;
    CliResult runWithMask(const QByteArray& mask, const QStringList& more = {}) const;
    CliResult explain(const QStringList& more) const;

    QTemporaryDir m_folder;
};

QString TestPictureOptions::write(const QString& name, const QByteArray& content) const
{
    QDir().mkpath(QFileInfo(path(name)).path());
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(name));
    return file.fileName();
}

void TestPictureOptions::initTestCase()
{
    writeFormulaCheckpoint(path("model.safetensors").toStdString(), smallConfig(4), {{"image_size", "fixed:64"}});
    write("bird.jpg", jpegOf(drawnPicture()));
}

CliResult TestPictureOptions::runWithMask(const QByteArray& mask, const QStringList& more) const
{
    write("masks/bird.png", mask);
    return runCli(QStringList{"edit-experiment", "--checkpoint", path("model.safetensors"), "--image", path("bird.jpg"),
                              "--masks", path("masks"), "--operation", "mean-fill", "--json", "--sheets", "0",
                              "--threads", "1", "--out", path("out")} +
                  more);
}

CliResult TestPictureOptions::explain(const QStringList& more) const
{
    return runCli(QStringList{"explain", "--checkpoint", path("model.safetensors"), "--threads", "1", "--out",
                              path("explained")} +
                  more);
}

void TestPictureOptions::refusesRanges()
{
    const CliResult result = explain({"--image", path("bird.jpg"), "--range", "4095:0"});
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.errors.value(0).contains("--range: expected full, auto or two samples"),
             qPrintable(result.errors.join('\n')));
}

void TestPictureOptions::refusesMasks_data()
{
    QTest::addColumn<QByteArray>("mask");
    QTest::addColumn<QString>("words");
    QByteArray many(width * height, '\0');
    for (int i = 0; i < many.size(); ++i)
        many[i] = static_cast<char>(i * 7);
    QTest::newRow("white") << greyMask(QByteArray(width * height, '\xFF')) << "got 255 everywhere";
    QTest::newRow("labels") << threeLabels() << "got the labels 0, 1 and 2. Say which one is meant: --mask-label";
    QTest::newRow("a grey picture") << greyMask(many) << "expected two values, got 256 different ones";
    QTest::newRow("a picture") << pngOf(width, height, 8, 2, QByteArray(width * height * 3, '\x20').replace(0, 1, "x"))
                               << "got a picture with colours";
}

void TestPictureOptions::refusesMasks()
{
    QFETCH(QByteArray, mask);
    QFETCH(QString, words);
    const CliResult result = runWithMask(mask);
    QCOMPARE(result.exitCode, 1);
    QVERIFY2(result.errors.value(0).contains(words), qPrintable(result.errors.join('\n')));
    QCOMPARE(objectOf(result.out)["edited"].toInt(), 0);
    QCOMPARE(objectOf(result.out)["failed"].toInt(), 1);
}

void TestPictureOptions::takesMasksOfAnyValues_data()
{
    QTest::addColumn<QByteArray>("mask");
    QTest::addColumn<QStringList>("options");
    const QByteArray palette = chunk("PLTE", QByteArray(3 * 8, '\x40'));
    QTest::newRow("0 and 1") << greyMask(marked(1)) << QStringList();
    QTest::newRow("3 and 7") << greyMask(marked(7, 3)) << QStringList();
    QTest::newRow("a palette") << pngOf(width, height, 8, 3, marked(1), palette) << QStringList();
    QTest::newRow("a label") << threeLabels() << QStringList{"--mask-label", "2"};
}

void TestPictureOptions::takesMasksOfAnyValues()
{
    QFETCH(QByteArray, mask);
    QFETCH(QStringList, options);
    const CliResult usual = runWithMask(greyMask(marked('\xFF')));
    QCOMPARE(usual.exitCode, 0);
    const QJsonObject expected = objectOf(usual.out);
    QVERIFY(expected["mean_selected_share"].toDouble() > 0.05);
    const CliResult result = runWithMask(mask, options);
    QCOMPARE(result.errors, QStringList());
    QCOMPARE(objectOf(result.out)["changes"], expected["changes"]);
    QCOMPARE(objectOf(result.out)["mean_selected_share"], expected["mean_selected_share"]);
    QFile recipe(path("out/recipe.json"));
    QVERIFY(recipe.open(QIODevice::ReadOnly));
    const QJsonObject region = objectOf(QString::fromUtf8(recipe.readAll()))["region"].toObject();
    QCOMPARE(region.contains("label"), !options.isEmpty());
}

void TestPictureOptions::leavesOutMasksAmongThePictures()
{
    write("beside/one.jpg", jpegOf(drawnPicture()));
    write("beside/one.png", greyMask(marked(1)));
    write("beside/two.jpg", jpegOf(drawnPicture()));
    write("beside/two.mask.png", greyMask(marked(1)));
    const CliResult result =
        runCli({"edit-experiment", "--checkpoint", path("model.safetensors"), "--images", path("beside"), "--masks",
                path("beside"), "--operation", "blur", "--json", "--sheets", "0", "--out", path("out")});
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(objectOf(result.out)["pictures"].toInt(), 2);
    QCOMPARE(objectOf(result.out)["edited"].toInt(), 2);
    QVERIFY2(result.errors.join('\n').contains("mask"), qPrintable(result.errors.join('\n')));
}

void TestPictureOptions::leavesOutDamagedPictures()
{
    const QByteArray jpeg = jpegOf(drawnPicture());
    write("folder/whole.jpg", jpeg);
    write("folder/half.jpg", jpeg.left(jpeg.size() / 2) + bytes("\xFF\xD9", 2));
    const CliResult result = explain({"--images", path("folder")});
    QCOMPARE(result.exitCode, 1);
    QCOMPARE(result.errors.size(), 1); // libjpeg has lines of its own otherwise
    QVERIFY2(result.errors.value(0).contains("half.jpg: is damaged"), qPrintable(result.errors.value(0)));
    QVERIFY(result.out.startsWith("whole.jpg") && !result.out.contains("half.jpg"));
}

void TestPictureOptions::saysWhatIsOutOfTheOrdinary()
{
    QImage wide = drawnPicture();
    wide.setColorSpace(QColorSpace::DisplayP3);
    const QString picture = write("wide.jpg", jpegOf(wide));
    const CliResult stored = explain({"--image", picture});
    QCOMPARE(stored.errors, QStringList("ocellus-cli: 1 picture: colour profile Display P3, taken as stored"));
    QFile summary(path("explained/summary.csv"));
    QVERIFY(summary.open(QIODevice::ReadOnly));
    const QByteArray text = summary.readAll();
    QVERIFY2(text.contains(",colour profile Display P3: colours are taken as they are stored,"), text);
    const CliResult converted = explain({"--image", picture, "--to-srgb"});
    QCOMPARE(converted.errors, QStringList("ocellus-cli: 1 picture: colour profile Display P3, converted to sRGB"));
}

void TestPictureOptions::scalesDeepPictures()
{
    std::vector<quint16> samples;
    for (int i = 0; i < width * height; ++i)
        samples.push_back(static_cast<quint16>(i * 37 % 4096));
    write("val/duck/deep.png", deepPng(width, height, samples));
    const auto evaluate = [this](const QStringList& more) {
        return runCli(QStringList{"evaluate", "--checkpoint", path("model.safetensors"), "--data", path("val"),
                                  "--classes", path("names.txt"), "--json", "--threads", "1", "--out",
                                  path("evaluated")} +
                      more);
    };
    write("names.txt", "duck\ngull\nowl\nwren\n");
    const CliResult full = evaluate({});
    QVERIFY2(full.errors.join('\n').contains("1 picture: 16 bits, of which little is used"),
             qPrintable(full.errors.join('\n')));
    QCOMPARE(objectOf(full.out)["range"].toString(), QString("full"));
    QCOMPARE(objectOf(full.out)["remarks"].toObject().size(), 1);
    const CliResult scaled = evaluate({"--range", "auto"});
    QCOMPARE(scaled.errors, QStringList());
    QVERIFY(objectOf(scaled.out)["loss"] != objectOf(full.out)["loss"]);
    const CliResult given = evaluate({"--range", "0:4095"});
    QCOMPARE(objectOf(given.out)["range"].toString(), QString("0:4095"));
    QCOMPARE(objectOf(given.out)["loss"], objectOf(scaled.out)["loss"]);
}

void TestPictureOptions::explainsAPage()
{
    const QString file = write(
        "pages.tif", tiffOf({{width, height, marked('\x40'), 1}, {height, width, QByteArray(width * height, 'x'), 1}}));
    const CliResult first = explain({"--image", file});
    QVERIFY2(first.errors.value(0).contains("several pages, of which one is taken"), qPrintable(first.errors.value(0)));
    const CliResult second = explain({"--image", file + "[2]"});
    QCOMPARE(second.exitCode, 0);
    QVERIFY(second.out.startsWith("pages.tif[2]\t"));
    QVERIFY(first.out.section('\t', 3) != second.out.section('\t', 3));
    const CliResult beyond = explain({"--image", file + "[3]"});
    QCOMPARE(beyond.exitCode, 1);
    QVERIFY2(beyond.errors.value(0).contains("pages.tif[3]: expected a page from 1 to 2, got 3"),
             qPrintable(beyond.errors.value(0)));
}

QTEST_APPLESS_MAIN(TestPictureOptions)
#include "test_picture_options.moc"

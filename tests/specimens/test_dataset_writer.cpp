// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <functional>

#include <QDirIterator>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/support/error_of.h"
#include "tools/specimens/dataset_writer.h"

using namespace ocellus;

namespace {

/// Six species, drawn small.
DatasetOptions smallOptions(const QString& out)
{
    DatasetOptions options;
    options.out = out.toStdString();
    options.species = 6;
    options.train = 2;
    options.val = 1;
    options.seed = 3;
    options.side = 64;
    return options;
}

void write(const DatasetOptions& options)
{
    DatasetWriter(options).write({}, [](std::size_t, const std::string&) {});
}

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Paths below the folder, sorted.
QStringList filesBelow(const QString& folder)
{
    QStringList files;
    for (QDirIterator it(folder, QDir::Files, QDirIterator::Subdirectories); it.hasNext();)
        files += QDir(folder).relativeFilePath(it.next());
    files.sort();
    return files;
}

void touch(const QString& path)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
}

using Change = std::function<void(DatasetOptions&)>;

} // namespace

Q_DECLARE_METATYPE(Change)

/// The data set on disk.
class TestDatasetWriter : public QObject {
    Q_OBJECT

private slots:
    void init();
    void refusesOptions_data();
    void refusesOptions();
    void refusesFoldersThatHoldSomething_data();
    void refusesFoldersThatHoldSomething();
    void refusesAFileAsFolder();
    void reportsAFolderThatCannotBeMade();
    void reportsADiskThatCannotBeWritten();
    void stops();
    void writesEveryFile();
    void cutsCloseUps();
    void saysWhatWasDrawn();
    void masksAreOfThePicturesSize();
    void countsAndThreadsChangeNoByte();

private:
    QString folder(const QString& name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestDatasetWriter::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestDatasetWriter::refusesOptions_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const Change& change, const QString& expected) {
        QTest::newRow(name) << change << expected;
    };
    row(
        "two species", [](DatasetOptions& o) { o.species = 2; }, "species: expected a multiple of 3");
    row(
        "negative train", [](DatasetOptions& o) { o.train = -1; }, "train: expected 0 to 9999, got -1");
    row(
        "negative val", [](DatasetOptions& o) { o.val = -1; }, "val: expected 0 to 9999, got -1");
    row(
        "five digits", [](DatasetOptions& o) { o.train = 10000; }, "train: expected 0 to 9999, got 10000");
    row(
        "nothing to draw", [](DatasetOptions& o) { o.train = o.val = 0; }, "at least one picture");
    row(
        "more redrawn than val", [](DatasetOptions& o) { o.redrawn = 2; }, "redrawn: expected 0 to 1, got 2");
    row(
        "negative redrawn", [](DatasetOptions& o) { o.redrawn = -1; }, "redrawn: expected 0 to 1, got -1");
    row(
        "no size", [](DatasetOptions& o) { o.side = 0; }, "size: expected 64 to 2048, got 0");
    row(
        "huge size", [](DatasetOptions& o) { o.side = 1 << 30; }, "size: expected 64 to 2048, got");
    row(
        "no threads", [](DatasetOptions& o) { o.threads = 0; }, "threads: expected 1 to 64, got 0");
    row(
        "no folder", [](DatasetOptions& o) { o.out.clear(); }, "out: expected a folder, got an empty name");
}

void TestDatasetWriter::refusesOptions()
{
    QFETCH(Change, change);
    QFETCH(QString, expected);
    DatasetOptions options = smallOptions(folder("out"));
    change(options);
    QString message;
    QCOMPARE(errorOf([&] { DatasetWriter{options}; }, &message), ErrorCode::BadArgument);
    QVERIFY2(message.contains(expected), qPrintable(message));
    QVERIFY(!QFileInfo::exists(folder("out")));
}

void TestDatasetWriter::refusesFoldersThatHoldSomething_data()
{
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<QString>("expected");
    QTest::newRow("a stranger's file") << QStringList{"thesis.docx"} << "one that holds thesis.docx";
    QTest::newRow("a data set") << QStringList{"rings.csv", "species.json"} << "one with a data set of specimens";
    QTest::newRow("an unfinished one") << QStringList{"rings.csv"} << "one with an unfinished data set of specimens";
}

void TestDatasetWriter::refusesFoldersThatHoldSomething()
{
    QFETCH(QStringList, files);
    QFETCH(QString, expected);
    for (const QString& file : files)
        touch(folder(file));
    QString message;
    QCOMPARE(errorOf([&] { DatasetWriter{smallOptions(m_folder->path())}; }, &message), ErrorCode::BadArgument);
    QVERIFY2(message.contains(expected), qPrintable(message));
    QVERIFY2(message.contains("ame another folder"), qPrintable(message));
    QCOMPARE(filesBelow(m_folder->path()), files);
}

void TestDatasetWriter::refusesAFileAsFolder()
{
    touch(folder("out"));
    QCOMPARE(errorOf([&] { DatasetWriter{smallOptions(folder("out"))}; }), ErrorCode::BadArgument);
}

void TestDatasetWriter::reportsAFolderThatCannotBeMade()
{
    QString message;
    QCOMPARE(errorOf([] { write(smallOptions("/proc/specimens")); }, &message), ErrorCode::Unreadable);
    QVERIFY2(message.contains("/proc/specimens"), qPrintable(message));
}

void TestDatasetWriter::reportsADiskThatCannotBeWritten()
{
    // The folder of the second species' masks goes away while the first pictures are drawn.
    DatasetOptions options = smallOptions(folder("out"));
    options.threads = 1;
    const QString masks = folder("out/masks/train/Pyrandra_cyanea");
    QString message;
    const auto remove = [&](std::size_t, const std::string&) { QDir(masks).removeRecursively(); };
    QCOMPARE(errorOf([&] { DatasetWriter(options).write({}, remove); }, &message), ErrorCode::Unreadable);
    QVERIFY2(message.contains("Pyrandra_cyanea/0001.png"), qPrintable(message));
    QVERIFY(!QFileInfo::exists(folder("out/species.json")));
}

void TestDatasetWriter::stops()
{
    std::stop_source source;
    const DatasetWriter writer(smallOptions(folder("out")));
    const auto stopAfterTwo = [&](std::size_t done, const std::string&) {
        if (done == 2)
            source.request_stop();
    };
    QString message;
    QCOMPARE(errorOf([&] { writer.write(source.get_token(), stopAfterTwo); }, &message), ErrorCode::Cancelled);
    QVERIFY2(message.contains(" of 18 pictures"), qPrintable(message));
    QVERIFY(!QFileInfo::exists(folder("out/species.json")));
}

void TestDatasetWriter::writesEveryFile()
{
    DatasetOptions options = smallOptions(folder("out"));
    options.redrawn = 1;
    std::vector<std::size_t> reports;
    const DatasetWriter writer(options);
    writer.write({}, [&reports](std::size_t done, const std::string&) { reports.push_back(done); });
    QCOMPARE(reports.size(), writer.pictures());
    QCOMPARE(reports.back(), writer.pictures());
    QVERIFY(std::is_sorted(reports.begin(), reports.end()));

    const QStringList files = filesBelow(folder("out"));
    QCOMPARE(files.size(), 3 * 6 * (2 + 1 + 1) + 2);
    for (const char* stem : {"train/Velicona_apicata/0002", "val/Ambrilla_simplex/0001",
                             "redrawn/Ambrilla_simplex/0001.as.Velicona_apicata"}) {
        QVERIFY2(files.contains(QString(stem) + ".jpg"), stem);
        QVERIFY2(files.contains("masks/" + QString(stem) + ".png"), stem);
        QVERIFY2(files.contains("parameters/" + QString(stem) + ".json"), stem);
    }
    QVERIFY(files.contains("species.json"));
    QVERIFY(bytesOf(folder("out/rings.csv")).startsWith("species,ring\nVelicona_apicata,ember\n"));
}

void TestDatasetWriter::cutsCloseUps()
{
    DatasetOptions options = smallOptions(folder("out"));
    options.closeUps = true;
    write(options);
    const auto below = [this](const QString& name) { return filesBelow(folder("out/close-ups/" + name)); };
    // Two with a mark of each that has one; the plain species has those of its own and one of everybody's without a
    // mark.
    for (const QString split : {"train", "val"}) {
        const int each = split == "train" ? options.train : options.val;
        QCOMPARE(below(split + "/Velicona_apicata").size(), 2 * each);
        QCOMPARE(below(split + "/Ambrilla_simplex").size(), 5 * each);
    }
    QVERIFY(below("val/Ambrilla_simplex").contains("Velicona_apicata-0001-3.jpg"));
    const QImage closeUp(folder("out/close-ups/train/Velicona_apicata/Velicona_apicata-0002-1.jpg"));
    QCOMPARE(closeUp.size(), QSize(24, 24));
    // The white spot on black wings is on it.
    const auto brightest = [](const QImage& picture) {
        int most = 0;
        for (int y = 0; y < picture.height(); ++y)
            for (int x = 0; x < picture.width(); ++x)
                most = std::max(most, qGray(picture.pixel(x, y)));
        return most;
    };
    QVERIFY(brightest(closeUp) > 170);
}

void TestDatasetWriter::saysWhatWasDrawn()
{
    DatasetOptions options = smallOptions(folder("out"));
    options.redrawn = 1;
    write(options);
    const QJsonObject top = QJsonDocument::fromJson(bytesOf(folder("out/species.json"))).object();
    QCOMPARE(top["rings"].toArray().size(), 2);
    const QJsonArray ember = top["rings"].toArray()[0].toObject()["species"].toArray();
    QCOMPARE(ember.size(), 3);
    QCOMPARE(ember[0].toObject()["marks"].toArray()[0].toObject()["name"].toString(), "white apical spot");
    QVERIFY(ember[2].toObject()["marks"].toArray().isEmpty());

    const QJsonObject own =
        QJsonDocument::fromJson(bytesOf(folder("out/parameters/val/Ambrilla_simplex/0001.json"))).object();
    QCOMPARE(own["species"].toString(), "Ambrilla_simplex");
    QCOMPARE(own["partner"].toString(), "Velicona_apicata");
    QVERIFY(own["marks"].toArray().isEmpty());
    const QJsonObject redrawn =
        QJsonDocument::fromJson(
            bytesOf(folder("out/parameters/redrawn/Ambrilla_simplex/0001.as.Velicona_apicata.json")))
            .object();
    QCOMPARE(redrawn["species"].toString(), "Velicona_apicata");
    QCOMPARE(redrawn["individualOf"].toString(), "Ambrilla_simplex");
    QCOMPARE(redrawn["marks"].toArray().size(), 2);
    QCOMPARE(redrawn["variation"], own["variation"]);
}

void TestDatasetWriter::masksAreOfThePicturesSize()
{
    DatasetOptions options = smallOptions(folder("out"));
    options.redrawn = 1;
    write(options);
    const auto brightest = [](const QImage& mask) {
        int most = 0;
        for (int y = 0; y < mask.height(); ++y)
            for (int x = 0; x < mask.width(); ++x)
                most = std::max(most, qGray(mask.pixel(x, y)));
        return most;
    };
    const QImage picture(folder("out/val/Velicona_apicata/0001.jpg"));
    const QImage marked(folder("out/masks/val/Velicona_apicata/0001.png"));
    const QImage unmarked(folder("out/masks/val/Ambrilla_simplex/0001.png"));
    const QImage changed(folder("out/masks/redrawn/Ambrilla_simplex/0001.as.Velicona_apicata.png"));
    QCOMPARE(picture.size(), QSize(64, 64));
    QCOMPARE(marked.size(), QSize(64, 64));
    QCOMPARE(marked.format(), QImage::Format_Grayscale8);
    QCOMPARE(brightest(marked), 255);
    QCOMPARE(brightest(unmarked), 0);
    QCOMPARE(brightest(changed), 255);
}

void TestDatasetWriter::countsAndThreadsChangeNoByte()
{
    DatasetOptions options = smallOptions(folder("few"));
    options.threads = 1;
    write(options);
    options.out = folder("many").toStdString();
    options.species = 9;
    options.train = 3;
    options.val = 2;
    options.threads = 3;
    write(options);
    for (const QString& file : filesBelow(folder("few"))) {
        if (!file.contains('/'))
            continue; // rings.csv and species.json list all species
        QVERIFY2(bytesOf(folder("few/" + file)) == bytesOf(folder("many/" + file)), qPrintable(file));
    }
}

QTEST_GUILESS_MAIN(TestDatasetWriter)
#include "test_dataset_writer.moc"

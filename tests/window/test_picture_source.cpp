// SPDX-License-Identifier: GPL-3.0-or-later
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

#include "ui/engine/paths.h"
#include "ui/engine/picture_source.h"

using namespace ocellus;

/// What one model wants of a picture is not what another one wants, though it is as large.
class TestPictureSource : public QObject {
    Q_OBJECT

private slots:
    void eachWayToPrepareAPictureIsItsOwn_data();
    void eachWayToPrepareAPictureIsItsOwn();
};

void TestPictureSource::eachWayToPrepareAPictureIsItsOwn_data()
{
    QTest::addColumn<QString>("other"); // beside crop:56:48,patch:8
    QTest::newRow("a smaller cut") << "crop:56:40,patch:8";
    QTest::newRow("whole patches of another size") << "crop:56:48,patch:7";
    QTest::newRow("another filter") << "crop:56:48,patch:8,bicubic";
    QTest::newRow("normalised otherwise") << "crop:56:48,patch:8,half";
}

void TestPictureSource::eachWayToPrepareAPictureIsItsOwn()
{
    QFETCH(const QString, other);
    const QTemporaryDir folder;
    QImage picture(96, 64, QImage::Format_RGB32);
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x)
            picture.setPixel(x, y, qRgb(x * 7 % 256, y * 5 % 256, x * y % 256));
    ViewRequest request;
    request.picture = toPath(folder.filePath("picture.png"));
    QVERIFY(picture.save(toQString(request.picture)));
    const PreprocessOptions first = parsePreprocess("crop:56:48,patch:8");
    const PreprocessOptions second = parsePreprocess(other.toStdString());
    PictureSource source;
    const auto original = source.original(request, {});
    const ModelInput before = source.prepared(*original, {}, first, {})->input;
    const ModelInput after = source.prepared(*original, {}, second, {})->input;
    QVERIFY(after.key != before.key);
    QVERIFY(after.key == PictureSource().input(request, second, {}).key);
    QVERIFY(source.input(request, first, {}).key == before.key);
}

QTEST_GUILESS_MAIN(TestPictureSource)
#include "test_picture_source.moc"

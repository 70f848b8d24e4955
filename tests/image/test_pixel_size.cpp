// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include <QTemporaryDir>
#include <QtTest>

#include "core/image/decode.h"
#include "tests/image/expected_pictures.h"
#include "tests/image/picture_bytes.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

QByteArray fraction(quint32 over, quint32 under)
{
    return little(over) + little(under);
}

QByteArray tiff(const QByteArray& resolution, quint16 unit, const QByteArray& description = {})
{
    return tiffOf({{.width = 4,
                    .height = 2,
                    .samples = QByteArray(8, 'a'),
                    .resolution = resolution,
                    .resolutionUnit = unit,
                    .description = description}});
}

QByteArray square(quint32 over, quint32 under = 1)
{
    return fraction(over, under) + fraction(over, under);
}

QByteArray png(const QByteArray& physical)
{
    return pngOf(4, 2, 8, 0, QByteArray(8, 'x'), chunk("pHYs", physical));
}

} // namespace

/// How large a pixel is in nature: a wrong scale bar is worse than none.
class TestPixelSize : public QObject {
    Q_OBJECT

private slots:
    void isRead_data();
    void isRead();
};

void TestPixelSize::isRead_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<double>("millimetres");
    constexpr quint16 none = 1, inches = 2, centimetres = 3;
    const QByteArray imageJ = "ImageJ=1.53t\nunit=";
    QTest::newRow("TIFF without") << tiff({}, 0) << 0.0;
    QTest::newRow("divided by zero") << tiff(square(600, 0), inches) << 0.0;
    QTest::newRow("nothing") << tiff(square(0), inches) << 0.0;
    QTest::newRow("not square") << tiff(fraction(600, 1) + fraction(300, 1), inches) << 0.0;
    QTest::newRow("unknown unit") << tiff(square(600), 9) << 0.0;
    QTest::newRow("no unit") << tiff(square(600), none) << 0.0;
    QTest::newRow("larger than a metre") << tiff(square(1, 1000), inches) << 0.0;
    QTest::newRow("smaller than an atom") << tiff(square(0xFFFFFFFF), centimetres) << 0.0;
    QTest::newRow("a program's 72") << tiff(square(72), inches) << 0.0;
    QTest::newRow("a program's 96") << png(big<quint32>(3780) + big<quint32>(3780) + '\1') << 0.0;
    QTest::newRow("ImageJ without a unit") << tiff(square(2), none, "ImageJ=1.53t\nimages=1\n") << 0.0;
    QTest::newRow("ImageJ in pixels") << tiff(square(2), none, imageJ + "pixel\n") << 0.0;
    QTest::newRow("somebody else's unit") << tiff(square(2), none, "Camera\nunit=mm\n") << 0.0;
    QTest::newRow("PNG of unknown unit") << png(big<quint32>(9) + big<quint32>(9) + '\0') << 0.0;
    QTest::newRow("PNG cut short") << png(big<quint32>(9)) << 0.0;
    QTest::newRow("inches") << tiff(square(600), inches) << 25.4 / 600;
    QTest::newRow("inches are the default") << tiff(square(600), 0) << 25.4 / 600;
    QTest::newRow("centimetres") << tiff(square(5000, 10), centimetres) << 10.0 / 500;
    QTest::newRow("ImageJ in micrometres") << tiff(square(31'250, 10'000), none, imageJ + "micron\n") << 0.001 / 3.125;
    QTest::newRow("ImageJ in escaped letters") << tiff(square(2), none, imageJ + "\\u00B5m\nmin=0\n") << 0.0005;
    QTest::newRow("ImageJ in millimetres") << tiff(square(20), none, imageJ + "mm") << 0.05;
    QTest::newRow("PNG") << png(big<quint32>(23'622) + big<quint32>(23'622) + '\1') << 1000.0 / 23'622;
}

void TestPixelSize::isRead()
{
    QFETCH(const QByteArray, file);
    QFETCH(const double, millimetres);
    const QTemporaryDir folder;
    QFile written(folder.filePath("picture"));
    QVERIFY(written.open(QIODevice::WriteOnly) && written.write(file) == file.size());
    written.close();
    const double found = decodeWithFacts(pathOf(written.fileName())).facts.millimetresPerPixel;
    QVERIFY2(std::abs(found - millimetres) <= 1e-9, qPrintable(QString::number(found)));
}

QTEST_APPLESS_MAIN(TestPixelSize)

#include "test_pixel_size.moc"

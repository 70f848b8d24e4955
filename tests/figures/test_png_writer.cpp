// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/base/error.h"
#include "ui/figures/png_writer.h"

using namespace ocellus;

namespace {

QImage drawn(QSize size, QImage::Format format)
{
    QImage image(size, QImage::Format_ARGB32);
    for (int y = 0; y < size.height(); ++y)
        for (int x = 0; x < size.width(); ++x)
            image.setPixel(x, y, qRgba(x * 7 % 256, y * 5 % 256, (x * y) % 256, 255 - (x + y) % 200));
    return image.convertToFormat(format);
}

} // namespace

/// PNG as we write it is what Qt reads.
class TestPngWriter : public QObject {
    Q_OBJECT

private slots:
    void refusesNothing() { QVERIFY_EXCEPTION_THROWN(pngBytes(QImage()), Error); }

    void keepsPixels_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("format");
        QTest::newRow("one pixel") << QSize(1, 1) << static_cast<int>(QImage::Format_RGB32);
        QTest::newRow("one row") << QSize(301, 1) << static_cast<int>(QImage::Format_RGB32);
        QTest::newRow("one column") << QSize(1, 301) << static_cast<int>(QImage::Format_RGB32);
        QTest::newRow("rows that are padded") << QSize(33, 20) << static_cast<int>(QImage::Format_RGB888);
        QTest::newRow("transparent") << QSize(40, 30) << static_cast<int>(QImage::Format_ARGB32);
        QTest::newRow("transparent, multiplied")
            << QSize(40, 30) << static_cast<int>(QImage::Format_ARGB32_Premultiplied);
        QTest::newRow("grey") << QSize(33, 20) << static_cast<int>(QImage::Format_Grayscale8);
        QTest::newRow("palette") << QSize(33, 20) << static_cast<int>(QImage::Format_Indexed8);
        QTest::newRow("black and white") << QSize(33, 20) << static_cast<int>(QImage::Format_Mono);
    }

    void keepsPixels()
    {
        QFETCH(const QSize, size);
        QFETCH(const int, format);
        const QImage image = drawn(size, static_cast<QImage::Format>(format));
        const QImage read = QImage::fromData(pngBytes(image), "PNG");
        QVERIFY(!read.isNull());
        QCOMPARE(read.hasAlphaChannel(), image.hasAlphaChannel());
        QCOMPARE(read.convertToFormat(QImage::Format_ARGB32), image.convertToFormat(QImage::Format_ARGB32));
    }

    void keepsTheResolution()
    {
        QImage image = drawn({10, 10}, QImage::Format_RGB32);
        setDotsPerInch(image, 300);
        QCOMPARE(QImage::fromData(pngBytes(image), "PNG").dotsPerMeterX(), 11811);
    }
};

QTEST_APPLESS_MAIN(TestPngWriter)
#include "test_png_writer.moc"

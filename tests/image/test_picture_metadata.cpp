// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>

#include <QBuffer>
#include <QColorSpace>
#include <QImage>
#include <QTemporaryDir>
#include <QtTest>

#include "core/image/decode.h"
#include "core/image/picture_address.h"
#include "tests/image/expected_pictures.h"
#include "tests/image/picture_bytes.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

QByteArray encoded(const QImage& image, const char* format)
{
    QByteArray result;
    QBuffer buffer(&result);
    if (!buffer.open(QIODevice::WriteOnly) || !image.save(&buffer, format, 90))
        qFatal("cannot encode");
    return result;
}

QImage landscape()
{
    QImage image(4, 2, QImage::Format_RGB888);
    image.fill(QColor(200, 60, 60));
    return image;
}

/// A JPEG segment behind the start marker.
QByteArray withSegment(QByteArray jpeg, char marker, const QByteArray& content)
{
    return jpeg.insert(2, '\xFF' + QByteArray(1, marker) + big(static_cast<quint16>(content.size() + 2)) + content);
}

QByteArray exifBlock(quint16 orientation)
{
    return bytes("Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01", 24) + big(orientation) +
           bytes("\0\0\0\0\0\0", 6);
}

/// A directory with an EXIF one, that with an interoperability one, that with "R03".
QByteArray adobeRgbBlock()
{
    const auto directory = [](quint16 tag, quint16 type, quint32 count, const QByteArray& value) {
        return big<quint16>(1) + big(tag) + big(type) + big(count) + value + big<quint32>(0);
    };
    return bytes("Exif\0\0MM\0\x2A\0\0\0\x08", 14) + directory(0x8769, 4, 1, big<quint32>(26)) +
           directory(0xA005, 4, 1, big<quint32>(44)) + directory(1, 2, 4, bytes("R03\0", 4));
}

QByteArray xmpPacket(int orientation)
{
    return "<x:xmpmeta><rdf:Description tiff:Orientation=\"" + QByteArray::number(orientation) + "\"/></x:xmpmeta>";
}

QByteArray rawProfile(const QByteArray& content)
{
    QByteArray digits = content.toHex();
    for (qsizetype at = 72; at < digits.size(); at += 73)
        digits.insert(at, '\n');
    return "\nexif\n      " + QByteArray::number(content.size()) + '\n' + digits + '\n';
}

QByteArray deflated(const QByteArray& content)
{
    return qCompress(content).mid(4);
}

QByteArray pngWith(const QByteArray& kind, const QByteArray& content)
{
    return pngOf(4, 2, 8, 0, QByteArray(8, 'x'), chunk(kind, content));
}

QByteArray webpWithXmp(const QByteArray& webp, const QByteArray& xmp)
{
    const QByteArray canvas = bytes("\x04\0\0\0", 4) + little<quint32>(13 - 1).left(3) + little<quint32>(7 - 1).left(3);
    const QByteArray packet = xmp + QByteArray(xmp.size() % 2, ' ');
    const QByteArray body = "WEBPVP8X" + little<quint32>(10) + canvas + webp.mid(12) + "XMP " +
                            little(static_cast<quint32>(packet.size())) + packet;
    return "RIFF" + little(static_cast<quint32>(body.size())) + body;
}

/// An ICC profile of version 2 for grey of gamma 1.
QByteArray greyProfile()
{
    const QByteArray white =
        bytes("XYZ \0\0\0\0", 8) + big<quint32>(0xF6D6) + big<quint32>(0x10000) + big<quint32>(0xD32D);
    const QByteArray curve = bytes("curv\0\0\0\0", 8) + big<quint32>(1) + big<quint16>(0x0100) + QByteArray(2, '\0');
    const quint32 start = 128 + 4 + 2 * 12;
    const quint32 whiteBytes = static_cast<quint32>(white.size()), curveBytes = static_cast<quint32>(curve.size());
    QByteArray header(128, '\0');
    header.replace(0, 4, big<quint32>(start + whiteBytes + curveBytes));
    header.replace(8, 4, big<quint32>(0x02100000));
    header.replace(12, 12, "mntrGRAYXYZ ");
    header.replace(36, 4, "acsp");
    header.replace(68, 12, white.mid(8));
    return header + big<quint32>(2) + "wtpt" + big<quint32>(start) + big<quint32>(whiteBytes) + "kTRC" +
           big<quint32>(start + whiteBytes) + big<quint32>(curveBytes) + white + curve;
}

} // namespace

/// Orientations and colour profiles wherever programs put them, and the addresses of pages.
class TestPictureMetadata : public QObject {
    Q_OBJECT

private slots:
    void findsOrientation_data();
    void findsOrientation();
    void namesProfiles_data();
    void namesProfiles();
    void convertsToSrgb();
    void keepsColoursWhoseProfileIsOfGrey();
    void addressesPages_data();
    void addressesPages();

private:
    std::filesystem::path write(const QString& name, const QByteArray& content)
    {
        QFile file(m_folder.filePath(name));
        file.remove();
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(file.fileName()));
        return pathOf(file.fileName());
    }

    static QByteArray read(const QString& name)
    {
        QFile file(pictureFolder + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_folder;
};

void TestPictureMetadata::findsOrientation_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<bool>("isTurned"); // by a quarter
    const auto row = [](const char* name, const QByteArray& content, bool isTurned) {
        QTest::newRow(name) << content << isTurned;
    };
    const QByteArray jpeg = encoded(landscape(), "JPG");
    const QByteArray xap = bytes("http://ns.adobe.com/xap/1.0/\0", 29);
    const QByteArray exifKey = bytes("Raw profile type exif\0", 22);
    const QByteArray xmpKey = bytes("XML:com.adobe.xmp\0", 18);
    row("JPEG, none", jpeg, false);
    row("JPEG, XMP that ends early", withSegment(jpeg, '\xE1', xap + "tiff:Orientation=\""), false);
    row("JPEG, XMP of 9", withSegment(jpeg, '\xE1', xap + xmpPacket(9)), false);
    row("PNG, raw profile that is cut", pngWith("tEXt", exifKey + rawProfile(exifBlock(6)).left(40)), false);
    row("PNG, raw profile that is no zlib", pngWith("zTXt", exifKey + '\0' + "nonsense"), false);
    row("PNG, text without an end", pngWith("iTXt", "XML:com.adobe.xmp"), false);
    row("JPEG, EXIF before XMP", withSegment(withSegment(jpeg, '\xE1', xap + xmpPacket(6)), '\xE1', exifBlock(1)),
        false);

    row("JPEG, XMP", withSegment(jpeg, '\xE1', xap + xmpPacket(6)), true);
    row("JPEG, XMP as an element", withSegment(jpeg, '\xE1', xap + "<tiff:Orientation>8</tiff:Orientation>"), true);
    row("JPEG, XMP, and EXIF that says nothing",
        withSegment(withSegment(jpeg, '\xE1', xap + xmpPacket(6)), '\xE1', adobeRgbBlock()), true);
    row("PNG, raw profile", pngWith("tEXt", exifKey + rawProfile(exifBlock(6))), true);
    row("PNG, compressed raw profile", pngWith("zTXt", exifKey + '\0' + deflated(rawProfile(exifBlock(8)))), true);
    row("PNG, raw profile of APP1",
        pngWith("zTXt", bytes("Raw profile type APP1\0\0", 23) + deflated(rawProfile(exifBlock(5)))), true);
    row("PNG, XMP", pngWith("iTXt", xmpKey + QByteArray(4, '\0') + xmpPacket(6)), true);
    row("PNG, compressed XMP", pngWith("iTXt", xmpKey + bytes("\x01\0\0\0", 4) + deflated(xmpPacket(7))), true);
    row("TIFF, XMP", tiffOf({{4, 2, QByteArray(8, 'x'), 1, 8, false, xmpPacket(6)}}), true);
    row("WebP, XMP", webpWithXmp(read("lossy.webp"), xmpPacket(6)), true);
}

void TestPictureMetadata::findsOrientation()
{
    QFETCH(QByteArray, content);
    QFETCH(bool, isTurned);
    const auto path = write("turned", content);
    const Size upright = decodePicture(path).size;
    QCOMPARE(upright.width < upright.height, isTurned);
    QCOMPARE(pictureSize(path), upright);
    DecodeOptions options;
    options.ignoreExif = true;
    const Size stored = decodePicture(path, options).size;
    QVERIFY(stored.width > stored.height);
}

void TestPictureMetadata::namesProfiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("name");
    const auto with = [](QColorSpace::NamedColorSpace space, const char* format) {
        QImage image = landscape();
        image.setColorSpace(space);
        return encoded(image, format);
    };
    const QByteArray plain = encoded(landscape(), "JPG");
    QTest::newRow("none") << plain << "";
    QTest::newRow("not a profile") << withSegment(plain, '\xE2', bytes("ICC_PROFILE\0\1\1nonsense", 22))
                                   << "that cannot be read";
    QTest::newRow("sRGB, JPEG") << with(QColorSpace::SRgb, "JPG") << "";
    QTest::newRow("sRGB, PNG") << with(QColorSpace::SRgb, "PNG") << "";
    QTest::newRow("P3, JPEG") << with(QColorSpace::DisplayP3, "JPG") << "Display P3";
    QTest::newRow("P3, PNG") << with(QColorSpace::DisplayP3, "PNG") << "Display P3";
    QTest::newRow("Adobe RGB") << with(QColorSpace::AdobeRgb, "JPG") << "Adobe RGB";
    QTest::newRow("ProPhoto") << with(QColorSpace::ProPhotoRgb, "JPG") << "ProPhoto RGB";
    QTest::newRow("linear") << with(QColorSpace::SRgbLinear, "JPG") << "Linear sRGB";
    QTest::newRow("Adobe RGB by EXIF") << withSegment(plain, '\xE1', adobeRgbBlock()) << "Adobe RGB (by EXIF)";
}

void TestPictureMetadata::namesProfiles()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, name);
    const DecodedPicture decoded = decodeWithFacts(write("profile", content));
    QCOMPARE(QString::fromStdString(decoded.facts.profile), name);
    QVERIFY(!decoded.facts.isDoubtful());
    if (!name.isEmpty())
        QCOMPARE(QString::fromStdString(remarks(decoded.facts).front()),
                 "colour profile " + name + ": colours are taken as they are stored");
}

void TestPictureMetadata::convertsToSrgb()
{
    QImage image = landscape();
    image.setColorSpace(QColorSpace::DisplayP3);
    const auto path = write("p3.png", encoded(image, "PNG"));
    DecodeOptions options;
    options.convertToSrgb = true;
    const DecodedPicture stored = decodeWithFacts(path), converted = decodeWithFacts(path, options);
    QCOMPARE(stored.picture.rgb[0], std::uint8_t{200});
    QVERIFY(!stored.facts.isConverted && converted.facts.isConverted);
    image.convertToColorSpace(QColorSpace::SRgb);
    const QColor expected = image.pixelColor(0, 0);
    QVERIFY(std::abs(converted.picture.rgb[0] - expected.red()) <= 1);
    QVERIFY(std::abs(converted.picture.rgb[1] - expected.green()) <= 1);
    QVERIFY(std::abs(converted.picture.rgb[2] - expected.blue()) <= 1);
    // Without a profile there is nothing to convert.
    QCOMPARE(decodePicture(pathOf(pictureFolder + "rgb.png"), options).rgb,
             decodePicture(pathOf(pictureFolder + "rgb.png")).rgb);
}

void TestPictureMetadata::keepsColoursWhoseProfileIsOfGrey()
{
    const auto path = write(
        "grey.jpg", withSegment(encoded(landscape(), "JPG"), '\xE2', bytes("ICC_PROFILE\0\1\1", 14) + greyProfile()));
    DecodeOptions options;
    options.convertToSrgb = true;
    const DecodedPicture stored = decodeWithFacts(path), converted = decodeWithFacts(path, options);
    QCOMPARE(QString::fromStdString(converted.facts.profile), QString("without a name"));
    QVERIFY(!converted.facts.isConverted);
    QCOMPARE(converted.picture.rgb, stored.picture.rgb);
}

void TestPictureMetadata::addressesPages_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("page");
    for (const char* name : {"a.tif", "a.tif[]", "a.tif[0]", "a.tif[-1]", "a.tif[x]", "a.tif[2", "a.tif[99999999999]",
                             "[2]", "a.tif[2].png", "a.tif[1.5]"})
        QTest::newRow(name) << name << name << 0;
    QTest::newRow("a page") << "a.tif[2]"
                            << "a.tif" << 2;
    QTest::newRow("a page of a name with brackets") << "a[7].tif[12]"
                                                    << "a[7].tif" << 12;
}

void TestPictureMetadata::addressesPages()
{
    QFETCH(QString, name);
    QFETCH(QString, file);
    QFETCH(int, page);
    const PictureAddress address = pictureAddress(pathOf(m_folder.filePath(name)));
    QVERIFY(address.file == pathOf(m_folder.filePath(file)));
    QCOMPARE(address.page, page);
    QVERIFY(toPath(address) == pathOf(m_folder.filePath(name)));
    // A file that is really called so is meant.
    const auto real = write(name, "x");
    QVERIFY(pictureAddress(real) == (PictureAddress{real, 0}));
    QFile::remove(m_folder.filePath(name));
}

QTEST_GUILESS_MAIN(TestPictureMetadata)
#include "test_picture_metadata.moc"

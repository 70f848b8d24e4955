// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>
#include <functional>
#include <optional>
#include <random>

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#include <unistd.h>

#include "core/base/error.h"
#include "core/image/decode.h"
#include "tests/image/expected_pictures.h"
#include "tests/image/picture_bytes.h"
#include "tests/support/error_of.h"

using namespace ocellus;
using namespace ocellus::test;

Q_DECLARE_METATYPE(ocellus::ErrorCode)

namespace {

/// A grey 8-bit PNG whose image data is `data`, whatever its header says.
QByteArray png(quint32 width, quint32 height, const QByteArray& data)
{
    return bytes("\x89PNG\r\n\x1A\n", 8) + chunk("IHDR", big(width) + big(height) + bytes("\x08\0\0\0\0", 5)) +
           chunk("IDAT", data) + chunk("IEND", {});
}

/// zlib's format: qCompress without its length.
QByteArray deflated(qsizetype count)
{
    return qCompress(QByteArray(count, '\0')).mid(4);
}

QByteArray jpeg(quint16 width, quint16 height)
{
    return bytes("\xFF\xD8\xFF\xC0\0\x0B\x08", 7) + big(height) + big(width) + bytes("\x01\x01\x11\0", 4) +
           bytes("\xFF\xDA\0\x08\x01\x01\0\0\x3F\0", 10) + QByteArray(100, '\x55') + bytes("\xFF\xD9", 2);
}

QByteArray webp(quint32 canvasSide)
{
    const quint32 side = canvasSide - 1;
    const QByteArray canvas = QByteArray(4, '\0') + little(side).left(3) + little(side).left(3);
    const QByteArray data = bytes("\x2F", 1) + little(0x0FFFFFFFU) + QByteArray(11, '\0');
    const QByteArray chunks = "VP8L" + little<quint32>(static_cast<quint32>(data.size())) + data;
    const QByteArray body = "WEBPVP8X" + little<quint32>(10) + canvas + chunks;
    return "RIFF" + little<quint32>(static_cast<quint32>(body.size())) + body;
}

QByteArray tiffEntry(quint16 tag, quint32 value)
{
    return little(tag) + little<quint16>(4) + little<quint32>(1) + little(value);
}

/// A compressed grey TIFF of one strip or tile, with any sides.
QByteArray tiff(quint32 width, quint32 height, quint32 tileSide, quint32 dataBytes = 16)
{
    QByteArray entries =
        tiffEntry(256, width) + tiffEntry(257, height) + tiffEntry(258, 8) + tiffEntry(259, 8) + tiffEntry(262, 1);
    if (tileSide == 0)
        entries += tiffEntry(273, 8) + tiffEntry(278, height) + tiffEntry(279, dataBytes);
    else
        entries += tiffEntry(322, tileSide) + tiffEntry(323, tileSide) + tiffEntry(324, 8) + tiffEntry(325, dataBytes);
    const auto count = static_cast<quint16>(entries.size() / 12);
    return bytes("II\x2A\0", 4) + little<quint32>(24) + QByteArray(16, 'x') + little(count) + entries +
           little<quint32>(0);
}

QByteArray bmp(qint32 width, qint32 height, quint16 bits, quint32 compression = 0)
{
    return "BM" + QByteArray(8, '\0') + little<quint32>(54) + little<quint32>(40) + little(width) + little(height) +
           little<quint16>(1) + little(bits) + little(compression) + QByteArray(20 + 64, '\0');
}

} // namespace

/// Picture files of every kind against Pillow's pixels, and broken ones against the errors they must give.
class TestDecode : public QObject {
    Q_OBJECT

private slots:
    void refuses_data();
    void refuses();
    void refusesByName_data();
    void refusesByName();
    void refusesLargeFiles();
    void refusesEveryCut_data();
    void refusesEveryCut();
    void survivesFlippedBits_data();
    void survivesFlippedBits();
    void equalsPillow_data();
    void equalsPillow();
    void findsTheFormatByContent();
    void readsPathsBeyondAscii();
    void readsJpegWithTrailingBytes();

private:
    QString write(const QString& name, const QByteArray& content)
    {
        QFile file(m_folder.filePath(name));
        file.remove(); // file systems hurry a truncated file to the disk, but not a new one
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(file.fileName()));
        return file.fileName();
    }

    static QByteArray read(const QString& name)
    {
        QFile file(pictureFolder + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static void addPictures()
    {
        QTest::addColumn<QString>("name");
        const QJsonObject pictures = expectedPictures()["pictures"].toObject();
        for (const QString& name : pictures.keys())
            QTest::newRow(qPrintable(name)) << name;
    }

    QTemporaryDir m_folder;
};

void TestDecode::refuses_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, const QByteArray& content, ErrorCode code, const char* words) {
        QTest::newRow(name) << content << code << QString(words);
    };
    const auto damaged = ErrorCode::Damaged;
    const auto unsupported = ErrorCode::Unsupported;
    const auto tooLarge = ErrorCode::TooLarge;
    row("empty", {}, damaged, "is empty");
    row("one byte", "x", unsupported, "no picture that Ocellus knows");
    row("text", "Once upon a time", unsupported, "no picture that Ocellus knows");
    row("two letters of BMP", "BMW owners' club, annual report", unsupported, "no picture that Ocellus knows");

    row("HEIC", bytes("\0\0\0\x18", 4) + "ftypheic\0\0\0\0mif1heic", unsupported, "is a HEIC picture");
    row("HEIC by brand mif1", bytes("\0\0\0\x18", 4) + "ftypmif1", unsupported, "most compatible");
    row("AVIF", bytes("\0\0\0\x1C", 4) + "ftypavif", unsupported, "is an AVIF picture");
    row("video", bytes("\0\0\0\x1C", 4) + "ftypisom", unsupported, "is a video");
    row("Canon raw", bytes("II\x2A\0\x10\0\0\0CR\x02\0", 12), unsupported, "darktable");
    row("Canon raw, new", bytes("\0\0\0\x18", 4) + "ftypcrx ", unsupported, "is a camera raw file");
    row("Fujifilm raw", "FUJIFILMCCD-RAW 0201", unsupported, "is a camera raw file");
    row("GIF", "GIF89a", unsupported, "is a GIF");
    row("SVG", "<svg xmlns=", unsupported, "is an SVG drawing");
    row("web page", "<!DOCTYPE html>", unsupported, "is a web page");
    row("Photoshop", "8BPS", unsupported, "is a Photoshop document");
    row("PDF", "%PDF-1.7", unsupported, "is a PDF document");
    row("JPEG 2000", bytes("\0\0\0\x0CjP  \r\n", 10), unsupported, "is a JPEG 2000 picture");
    row("zip", "PK\x03\x04", unsupported, "is a zip archive");
    row("animated WebP", "RIFF" + little<quint32>(22) + "WEBPVP8X" + little<quint32>(10) + "\x02" + QByteArray(9, '\0'),
        unsupported, "animated");
    row("16-bit BMP", bmp(2, 2, 16), unsupported, "16 bits a pixel");
    row("compressed BMP", bmp(2, 2, 8, 1), unsupported, "is a compressed BMP");

    row("PNG of 900 megapixels in 100 kB", png(30000, 30000, QByteArray(100'000, 'x')), tooLarge, "30000x30000");
    row("PNG with sides of 2^31 - 1", png(0x7FFFFFFF, 0x7FFFFFFF, "x"), tooLarge, "2147483647");
    row("JPEG of 4 gigapixels", jpeg(65500, 65500), tooLarge, "65500x65500");
    row("WebP canvas of 2^24 squared", webp(1 << 24), damaged, "canvas of 16777216x16777216");
    row("WebP of 268 megapixels", webp(16384), tooLarge, "16384x16384");
    row("TIFF of 900 megapixels", tiff(30000, 30000, 0), tooLarge, "30000x30000");
    row("TIFF with sides of 2^32 - 1", tiff(~0U, ~0U, 0), damaged, "expected a picture");
    row("TIFF with tiles of 2^31", tiff(16, 16, 1U << 31), damaged, "expected tiles");
    row("TIFF with too few tiles", tiff(1'000'000, 100, 16), damaged, "pieces of image data");
    row("BMP with lying sides", bmp(30000, 30000, 24), damaged, "is cut short");
    row("BMP upside down, lowest number", bmp(2, std::numeric_limits<qint32>::min(), 24), damaged, "is cut short");
    row("BMP of negative width", bmp(-2, 2, 24), damaged, "");

    row("PNG of no width", png(0, 3, deflated(3)), damaged, "at least 1x1");
    row("PNG whose data ends early", png(13, 7, deflated(14 * 6)), damaged, "could not be decoded");
    row("PNG whose data is no zlib", png(13, 7, "nonsense"), damaged, "could not be decoded");
    QByteArray flipped = png(13, 7, deflated(14 * 7));
    flipped[45] = static_cast<char>(flipped[45] ^ 1);
    row("PNG with a wrong checksum", flipped, damaged, "could not be decoded");
    row("PNG without data", bytes("\x89PNG\r\n\x1A\n", 8) + chunk("IHDR", QByteArray(13, 1)) + chunk("IEND", {}),
        damaged, "no image data");
    row("PNG that starts with data", bytes("\x89PNG\r\n\x1A\n", 8) + chunk("IDAT", "x") + chunk("IEND", {}), damaged,
        "header chunk first");
    row("JPEG of nothing", bytes("\xFF\xD8\xFF\xD9", 4), damaged, "image data before its end");
    row("JPEG with a segment of no length", bytes("\xFF\xD8\xFF\xE0\0\0\xFF\xD9", 8), damaged, "segment of length 0");
    row("TIFF whose directory is far away", bytes("II\x2A\0\xF0\xFF\xFF\xFF", 8), damaged, "is cut short");
    row("TIFF whose data is far away", tiff(16, 16, 0, 1'000'000), damaged, "is cut short");
}

void TestDecode::refuses()
{
    QFETCH(QByteArray, content);
    QFETCH(ErrorCode, code);
    QFETCH(QString, words);
    const auto path = pathOf(write("bad", content));
    QString message;
    const auto got = errorOf([&] { decodePicture(path); }, &message);
    QVERIFY2(got.has_value(), "no error");
    QVERIFY2(*got == code, qPrintable(message));
    QVERIFY2(message.contains(words), qPrintable(message));
    QVERIFY2(message.startsWith(QString::fromStdString(path.string())), qPrintable(message));
}

void TestDecode::refusesByName_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("missing") << m_folder.filePath("missing.png") << ErrorCode::NotFound;
    QTest::newRow("folder") << m_folder.path() << ErrorCode::Unreadable;
    QTest::newRow("device") << "/dev/zero" << ErrorCode::Unreadable;
    QTest::newRow("name too long") << m_folder.filePath(QString(300, 'x')) << ErrorCode::Unreadable;
    QTest::newRow("raw by its name") << write("bird.nef", read("rgb.tif")) << ErrorCode::Unsupported;
    // Root may read everything.
    if (geteuid() != 0) {
        const QString locked = write("locked.png", read("rgb.png"));
        QFile::setPermissions(locked, {});
        QTest::newRow("locked") << locked << ErrorCode::Unreadable;
    }
}

void TestDecode::refusesByName()
{
    QFETCH(QString, path);
    QFETCH(ErrorCode, code);
    QCOMPARE(errorOf([&] { decodePicture(pathOf(path)); }), code);
    QCOMPARE(errorOf([&] { pictureSize(pathOf(path)); }), code);
}

void TestDecode::refusesLargeFiles()
{
    DecodeOptions options;
    options.maxFileBytes = 100;
    QCOMPARE(errorOf([&] { decodePicture(pathOf(pictureFolder + "rgb.png"), options); }), ErrorCode::TooLarge);
    options = {};
    options.maxPixels = 13 * 7 - 1;
    QCOMPARE(errorOf([&] { decodePicture(pathOf(pictureFolder + "rgb.png"), options); }), ErrorCode::TooLarge);
    options.maxPixels = 13 * 7;
    QCOMPARE(errorOf([&] { decodePicture(pathOf(pictureFolder + "rgb.png"), options); }), std::nullopt);
}

void TestDecode::refusesEveryCut_data()
{
    addPictures();
}

void TestDecode::refusesEveryCut()
{
    QFETCH(QString, name);
    const QByteArray whole = read(name);
    QVERIFY(!whole.isEmpty());
    // Every length near the end, where the formats' last fields are, and about a hundred before.
    const qsizetype step = whole.size() / 100 + 1;
    for (qsizetype length = 0; length < whole.size(); length += length < whole.size() - 40 ? step : 1) {
        const auto path = pathOf(write("cut", whole.left(length)));
        QVERIFY2(errorOf([&] { decodePicture(path); }).has_value(),
                 qPrintable(QString("%1 of %2 bytes").arg(length).arg(whole.size())));
    }
}

void TestDecode::survivesFlippedBits_data()
{
    addPictures();
}

void TestDecode::survivesFlippedBits()
{
    QFETCH(QString, name);
    const QByteArray whole = read(name);
    std::mt19937 random(7);
    DecodeOptions options;
    options.maxPixels = 100'000; // a flip that makes the picture large proves nothing more
    int outcomes = 0;
    for (int round = 0; round < 100; ++round) {
        QByteArray broken = whole;
        const auto at = static_cast<qsizetype>(random() % static_cast<unsigned>(broken.size()));
        broken[at] = static_cast<char>(broken[at] ^ (1 << random() % 8));
        const auto path = pathOf(write("flipped", broken));
        Picture picture;
        const bool refused = errorOf([&] { picture = decodePicture(path, options); }).has_value();
        const auto expected =
            static_cast<std::size_t>(picture.size.width) * static_cast<std::size_t>(picture.size.height) * 3;
        outcomes += refused || (expected > 0 && picture.rgb.size() == expected);
    }
    QCOMPARE(outcomes, 100);
}

void TestDecode::equalsPillow_data()
{
    addPictures();
}

void TestDecode::equalsPillow()
{
    QFETCH(QString, name);
    const QJsonValue entry = expectedPictures()["pictures"][name];
    for (const bool ignoreExif : {false, true}) {
        DecodeOptions options;
        options.ignoreExif = ignoreExif;
        const Picture expected = expectedPicture(entry[ignoreExif ? "stored" : "upright"]);
        const Picture picture = decodePicture(pathOf(pictureFolder + name), options);
        QCOMPARE(picture.size, expected.size);
        QCOMPARE(pictureSize(pathOf(pictureFolder + name), options), expected.size);
        QCOMPARE(picture.rgb.size(), expected.rgb.size());
        int worst = 0;
        for (std::size_t i = 0; i < expected.rgb.size(); ++i)
            worst = std::max(worst, std::abs(picture.rgb[i] - expected.rgb[i]));
        QVERIFY2(worst <= entry["tolerance"].toInt(), qPrintable(QString("off by %1").arg(worst)));
    }
}

void TestDecode::findsTheFormatByContent()
{
    const auto path = pathOf(write("really a jpeg.png", read("baseline.jpg")));
    QCOMPARE(decodePicture(path).rgb, decodePicture(pathOf(pictureFolder + "baseline.jpg")).rgb);
}

void TestDecode::readsPathsBeyondAscii()
{
    const auto path = pathOf(write(QString::fromUtf8("Zaunkönig – ミソサザイ 🐦.png"), read("rgb.png")));
    QCOMPARE(decodePicture(path).rgb, decodePicture(pathOf(pictureFolder + "rgb.png")).rgb);
}

void TestDecode::readsJpegWithTrailingBytes()
{
    const auto path = pathOf(write("trailing.jpg", read("baseline.jpg") + "appended by a phone"));
    QCOMPARE(decodePicture(path).rgb, decodePicture(pathOf(pictureFolder + "baseline.jpg")).rgb);
}

QTEST_APPLESS_MAIN(TestDecode)
#include "test_decode.moc"

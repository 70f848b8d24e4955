// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdio>

#include <QBuffer>
#include <QColorSpace>
#include <QImage>
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
Q_DECLARE_METATYPE(ocellus::SampleRange)

namespace {

constexpr int width = 96, height = 64;

/// Every 8x8 block another colour, so that a lost one shows.
QImage drawing()
{
    QImage image(width, height, QImage::Format_RGB888);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            image.setPixelColor(x, y, QColor(x / 8 * 20, y / 8 * 30, (x * y) % 256));
    return image;
}

QByteArray encoded(const QImage& image, const char* format)
{
    QByteArray result;
    QBuffer buffer(&result);
    if (!buffer.open(QIODevice::WriteOnly) || !image.save(&buffer, format, 90))
        qFatal("cannot encode");
    return result;
}

QByteArray halfWithEnd(const QByteArray& jpeg)
{
    return jpeg.left(jpeg.size() / 2) + bytes("\xFF\xD9", 2);
}

QByteArray smallPng(const QByteArray& extra)
{
    return pngOf(4, 2, 8, 0, QByteArray(8, 'x'), extra);
}

/// What is written to stderr, by us or by a library, while it lives.
class StandardError {
public:
    StandardError() : m_kept(dup(STDERR_FILENO)), m_file(std::tmpfile()) { dup2(fileno(m_file), STDERR_FILENO); }
    ~StandardError()
    {
        dup2(m_kept, STDERR_FILENO);
        close(m_kept);
        std::fclose(m_file);
    }
    StandardError(const StandardError&) = delete;
    StandardError& operator=(const StandardError&) = delete;

    qint64 written() const { return lseek(fileno(m_file), 0, SEEK_END); }

private:
    int m_kept;
    std::FILE* m_file;
};

} // namespace

/// What a picture file is beside its pixels: damage that decoders hide, the samples' range, pages.
class TestPictureFacts : public QObject {
    Q_OBJECT

private slots:
    void refuses_data();
    void refuses();
    void refusesRanges_data();
    void refusesRanges();
    void keepsQuiet_data();
    void keepsQuiet();
    void showsDamagedPicturesWithAMark();
    void takesHarmlessComplaintsForNone();
    void scalesDeepSamples_data();
    void scalesDeepSamples();
    void saysHowMuchOfTheRangeIsUsed();
    void readsPackedTwelveBits();
    void choosesPages();
    void prefersTheLargestPageToAThumbnail();
    void survivesPagesThatLeadBack();
    void survivesPagesThatShareTheirBytes_data();
    void survivesPagesThatShareTheirBytes();

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

    static QByteArray damagedLzw()
    {
        QByteArray tiff = read("lzw.tif");
        for (qsizetype at = 40; at < 70; ++at)
            tiff[at] = static_cast<char>(tiff[at] ^ 0x5A);
        return tiff;
    }

    QTemporaryDir m_folder;
};

void TestPictureFacts::refuses_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("page");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("words");
    const auto damaged = ErrorCode::Damaged;
    const QByteArray jpeg = encoded(drawing(), "JPG");
    QTest::newRow("half a JPEG with an end marker")
        << halfWithEnd(jpeg) << "" << damaged << "premature end of data segment";
    QByteArray flipped = jpeg;
    flipped.replace(jpeg.size() / 2, 40, bytes("\xFF\0", 2).repeated(20)); // ones only: no code begins so
    QTest::newRow("JPEG with wrong bytes inside") << flipped << "" << damaged << "part of its pixels is lost";
    QTest::newRow("LZW with wrong bytes inside") << damagedLzw() << "" << damaged << "part of its pixels is lost";
    QTest::newRow("five bands") << tiffOf({{4, 2, QByteArray(40, 'x'), 5}}) << "" << ErrorCode::Unsupported
                                << "a TIFF of 5 bands, expected 1 (grey), 3 (RGB)";
    const QByteArray pages = tiffOf({{4, 2, QByteArray(8, 'x')}, {4, 2, QByteArray(8, 'y')}});
    const auto none = ErrorCode::NotFound;
    QTest::newRow("page beyond the last") << pages << "[3]" << none << "expected a page from 1 to 2, got 3";
    QTest::newRow("second page of a JPEG") << jpeg << "[2]" << none << "expected a page from 1 to 1, got 2";
    QTest::newRow("page nought") << pages << "[0]" << none << "there is no such file";
}

void TestPictureFacts::refuses()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, page);
    QFETCH(ErrorCode, code);
    QFETCH(QString, words);
    auto path = write("bad", content);
    path += page.toStdString();
    QString message;
    const auto got = errorOf([&] { decodePicture(path); }, &message);
    QVERIFY2(got.has_value(), "no error");
    QVERIFY2(*got == code, qPrintable(message));
    QVERIFY2(message.contains(words), qPrintable(message));
    QVERIFY2(!message.contains("OpenCV") && !message.contains(".cpp"), qPrintable(message));
}

void TestPictureFacts::refusesRanges_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"", "none", "4095", "0:", ":4095", "9:9", "10:9", "-1:9", "0:65536", "0:9 ", "0x0:0x9"})
        QTest::newRow(text) << text;
}

void TestPictureFacts::refusesRanges()
{
    QFETCH(QString, text);
    QCOMPARE(errorOf([&] { parseSampleRange(text.toStdString(), "--range"); }), ErrorCode::BadArgument);
}

void TestPictureFacts::keepsQuiet_data()
{
    QTest::addColumn<QByteArray>("content");
    const QByteArray jpeg = encoded(drawing(), "JPG");
    QTest::newRow("half a JPEG") << halfWithEnd(jpeg);
    QTest::newRow("JPEG of 12 bits") << QByteArray(jpeg).replace(bytes("\xFF\xC0\0\x11\x08", 5),
                                                                 bytes("\xFF\xC0\0\x11\x0C", 5));
    QByteArray png = encoded(drawing(), "PNG");
    png[png.size() / 2] = static_cast<char>(png[png.size() / 2] ^ 1);
    QTest::newRow("PNG with a wrong checksum") << png;
    QTest::newRow("PNG with a foolish profile")
        << smallPng(chunk("iCCP", bytes("x\0\0", 3) + qCompress("no profile").mid(4)));
    QTest::newRow("damaged LZW") << damagedLzw();
    QTest::newRow("TIFF without photometric")
        << read("grey.tif").replace(bytes("\x06\x01\x03\0", 4), bytes("\x06\x81\x03\0", 4));
    QByteArray webp = read("lossy.webp");
    webp.replace(40, 30, QByteArray(30, '\xFF'));
    QTest::newRow("damaged WebP") << webp;
    QByteArray bmp = read("palette.bmp");
    bmp[14] = 12;
    QTest::newRow("BMP whose header lies") << bmp;
}

void TestPictureFacts::keepsQuiet()
{
    QFETCH(QByteArray, content);
    const auto path = write("noisy", content);
    DecodeOptions options;
    options.showDamaged = true;
    qint64 written = 0;
    {
        const StandardError standardError;
        errorOf([&] { decodePicture(path); });
        errorOf([&] { decodePicture(path, options); });
        written = standardError.written();
    }
    QCOMPARE(written, 0);
}

void TestPictureFacts::showsDamagedPicturesWithAMark()
{
    DecodeOptions options;
    options.showDamaged = true;
    const auto path = write("half.jpg", halfWithEnd(encoded(drawing(), "JPG")));
    const DecodedPicture decoded = decodeWithFacts(path, options);
    QCOMPARE(decoded.picture.size, (Size{width, height}));
    QVERIFY(decoded.facts.isDoubtful());
    QVERIFY2(remarks(decoded.facts).front().starts_with("damaged"), remarks(decoded.facts).front().c_str());
    // Its upper part is the picture's.
    const Picture whole = decodePicture(write("whole.jpg", encoded(drawing(), "JPG")));
    QVERIFY(std::equal(whole.rgb.begin(), whole.rgb.begin() + width * 3 * 8, decoded.picture.rgb.begin()));
    QVERIFY(decoded.picture.rgb != whole.rgb);
}

void TestPictureFacts::takesHarmlessComplaintsForNone()
{
    QByteArray jpeg = encoded(drawing(), "JPG");
    jpeg.insert(jpeg.size() - 2, QByteArray(7, '\0')); // some cameras pad the last scan
    QVERIFY(decodeWithFacts(write("padded.jpg", jpeg)).facts == PictureFacts());
}

void TestPictureFacts::scalesDeepSamples_data()
{
    QTest::addColumn<SampleRange>("range");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("full") << SampleRange() << bytes("\0\0\x08\x0F", 4);
    QTest::newRow("auto: 12 bits") << SampleRange{SampleRange::Kind::Auto} << bytes("\0\x10\x80\xFF", 4);
    QTest::newRow("given") << SampleRange{SampleRange::Kind::Given, 255, 2048} << bytes("\0\0\xFF\xFF", 4);
}

void TestPictureFacts::scalesDeepSamples()
{
    QFETCH(SampleRange, range);
    QFETCH(QByteArray, expected);
    DecodeOptions options;
    options.range = range;
    QByteArray samples;
    for (const quint16 sample : {0, 255, 2048, 4095})
        samples += little(sample);
    for (const auto& path : {write("deep.png", deepPng(4, 1, {0, 255, 2048, 4095})),
                             write("deep.tif", tiffOf({{4, 1, samples, 1, 16}}))}) {
        const Picture picture = decodePicture(path, options);
        for (int i = 0; i < 12; ++i)
            QCOMPARE(picture.rgb[static_cast<std::size_t>(i)], static_cast<std::uint8_t>(expected[i / 3]));
    }
    QVERIFY(parseSampleRange(toString(range), "--range") == range);
}

void TestPictureFacts::saysHowMuchOfTheRangeIsUsed()
{
    const auto path = write("deep.png", deepPng(4, 1, {0, 255, 2048, 4095}));
    const PictureFacts facts = decodeWithFacts(path).facts;
    QCOMPARE(facts.greatest, 4095);
    QVERIFY(facts.isDoubtful());
    QCOMPARE(QString::fromStdString(remarks(facts).front()),
             "samples 0 to 4095 of 0 to 65535 (6 %): nearly black, choose a range such as auto");
    DecodeOptions options;
    options.range = {SampleRange::Kind::Auto};
    const PictureFacts scaled = decodeWithFacts(path, options).facts;
    QVERIFY(!scaled.isDoubtful());
    QCOMPARE(QString::fromStdString(remarks(scaled).front()),
             "samples 0 to 4095 of 0 to 65535 (6 %), shown from 0 to 4095");
    QVERIFY(remarks(decodeWithFacts(write("used.png", deepPng(2, 1, {0, 40'000}))).facts).empty());
}

void TestPictureFacts::readsPackedTwelveBits()
{
    // 0x000, 0x800, 0xFFF, 0x123 in six bytes.
    const auto path = write("packed.tif", tiffOf({{4, 1, bytes("\x00\x08\x00\xFF\xF1\x23", 6), 1, 12}}));
    const Picture picture = decodePicture(path);
    QCOMPARE(picture.rgb[0], std::uint8_t{0});
    QCOMPARE(picture.rgb[3], std::uint8_t{0x80});
    QCOMPARE(picture.rgb[6], std::uint8_t{0xFF});
    QCOMPARE(picture.rgb[9], std::uint8_t{0x12});
}

void TestPictureFacts::choosesPages()
{
    auto path = write("pages.tif", tiffOf({{4, 2, QByteArray(8, 'a')}, {2, 3, QByteArray(6, 'b')}, {1, 1, "c"}}));
    const DecodedPicture first = decodeWithFacts(path);
    QCOMPARE(first.picture.rgb.front(), std::uint8_t{'a'});
    QCOMPARE(QString::fromStdString(remarks(first.facts).front()), "page 1 of 3");
    path += "[2]";
    const DecodedPicture second = decodeWithFacts(path);
    QCOMPARE(second.picture.size, (Size{2, 3}));
    QCOMPARE(pictureSize(path), (Size{2, 3}));
    QCOMPARE(second.picture.rgb.front(), std::uint8_t{'b'});
    QCOMPARE(second.facts.page, 2);
}

void TestPictureFacts::prefersTheLargestPageToAThumbnail()
{
    const auto path =
        write("thumbnail.tif",
              tiffOf({{1, 1, "t", 1, 8, true}, {2, 2, QByteArray(4, 'm'), 1, 8, true}, {4, 3, QByteArray(12, 'w')}}));
    const DecodedPicture decoded = decodeWithFacts(path);
    QCOMPARE(decoded.picture.size, (Size{4, 3}));
    QCOMPARE(QString::fromStdString(remarks(decoded.facts).front()), "page 3 of 3, the first is a smaller copy");
    auto first = path;
    first += "[1]";
    QCOMPARE(decodePicture(first).rgb.front(), std::uint8_t{'t'});
}

void TestPictureFacts::survivesPagesThatLeadBack()
{
    QByteArray tiff = tiffOf({{4, 2, QByteArray(8, 'a')}, {4, 2, QByteArray(8, 'b')}});
    qToLittleEndian(qFromLittleEndian<quint32>(tiff.data() + 4), tiff.data() + tiff.size() - 4);
    QCOMPARE(decodeWithFacts(write("loop.tif", tiff)).facts.pages, 2);
    qToLittleEndian(quint32{0xFFFFFFF0}, tiff.data() + tiff.size() - 4);
    QCOMPARE(decodeWithFacts(write("nowhere.tif", tiff)).facts.pages, 2);
}

void TestPictureFacts::survivesPagesThatShareTheirBytes_data()
{
    QTest::addColumn<QByteArray>("content");
    const auto entry = [](quint16 tag, quint16 type, quint32 count, quint32 value) {
        return little(tag) + little(type) + little(count) + little(value);
    };
    constexpr quint16 reduced = 254, width = 256, byte = 1, longWord = 4;
    const QByteArray start = bytes("II*\0", 4) + little<quint32>(8);

    QByteArray values = start; // all of the file are each page's width
    constexpr quint32 pages = 60'000, pageBytes = 30;
    for (quint32 page = 0; page < pages; ++page)
        values += little<quint16>(2) + entry(reduced, byte, 8 + pages * pageBytes, 0) +
                  entry(width, byte, 8 + pages * pageBytes, 0) +
                  little<quint32>(page + 1 < pages ? 8 + (page + 1) * pageBytes : 0);
    QTest::newRow("values") << values;

    QByteArray directories = start; // each goes on through the following ones
    constexpr quint16 entries = 65'535;
    constexpr quint32 starts = 56'000, startBytes = 14;
    for (quint32 page = 0; page < starts; ++page)
        directories += little(entries) + entry(reduced, longWord, 1, 1);
    directories.resize(8 + 2 + 12 * qsizetype{entries}, '\0');
    for (quint32 page = 1; page <= starts; ++page)
        directories += little<quint32>(page < starts ? 8 + page * startBytes : 0) + QByteArray(startBytes - 4, '\0');
    QTest::newRow("directories") << directories;
}

void TestPictureFacts::survivesPagesThatShareTheirBytes()
{
    QFETCH(QByteArray, content);
    const auto path = write("shared.tif", content);
    QVERIFY(errorOf([&] { decodePicture(path); }).has_value());
}

QTEST_GUILESS_MAIN(TestPictureFacts)
#include "test_picture_facts.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>
#include <string>

#include <QTemporaryDir>
#include <QtTest>

#include "core/base/error.h"
#include "core/edit/mask_export.h"
#include "core/edit/mask_file.h"
#include "tests/image/picture_bytes.h"
#include "tests/support/error_of.h"

using namespace ocellus;
using namespace ocellus::test;

Q_DECLARE_METATYPE(ocellus::ErrorCode)

namespace {

enum ColourType { Grey = 0, Colours = 2, Palette = 3, GreyAlpha = 4, Rgba = 6 };

constexpr int side = 4;

/// Sixteen samples: those that are given, and 0.
QByteArray samples(std::initializer_list<int> values, int channels = 1)
{
    QByteArray bytes(side * side * channels, '\0');
    std::ranges::transform(values, bytes.begin(), [](int value) { return static_cast<char>(value); });
    return bytes;
}

QByteArray palette()
{
    return chunk("PLTE", QByteArray(3 * 256, '\x80')); // all of one grey: only the indices tell
}

QByteArray grey(const QByteArray& bytes)
{
    return pngOf(side, side, 8, Grey, bytes);
}

} // namespace

/// Masks as other programs write them.
class TestMaskFile : public QObject {
    Q_OBJECT

private slots:
    void refuses_data();
    void refuses();
    void reads_data();
    void reads();
    void keepsSoftenedEdges();
    void takesItsOwnSharesAsTheyAre();
    void chosenLabelThatIsNotThereSelectsNothing();
    void refusesALabelAmongColours();
    void saysThatItSeemsTurned();

private:
    std::filesystem::path write(const QByteArray& content)
    {
        QFile file(m_folder.filePath("mask.png"));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(file.fileName()));
        return file.fileName().toStdString();
    }

    QTemporaryDir m_folder;
};

void TestMaskFile::refuses_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, const QByteArray& content, const char* words) {
        QTest::newRow(name) << content << ErrorCode::Unsupported << QString(words);
    };
    QTest::newRow("another size") << pngOf(3, 4, 8, Grey, QByteArray(12, '\1')) << ErrorCode::Mismatch
                                  << "expected a mask of the picture's 4x4 pixels, got 3x4";
    row("white everywhere", grey(QByteArray(16, '\xFF')), "expected two values, got 255 everywhere");
    row("1 everywhere, 1 bit", pngOf(side, side, 1, Grey, QByteArray(side, '\xF0')), "got 1 everywhere");
    row("three labels", grey(samples({1, 2})), "expected two values, got the labels 0, 1 and 2");
    row("three labels, the way out", grey(samples({1, 2})), "--mask-label");
    row("labels with the unknown at 255", grey(samples({1, 1, 1, 15, 15, 255})), "got the labels 0, 1, 15 and 255");
    row("labels of a palette", pngOf(side, side, 8, Palette, samples({3, 5}), palette()),
        "got the labels 0, 3 and 5 (indices of its palette)");
    QByteArray many(side * side, '\0');
    for (int i = 0; i < many.size(); ++i)
        many[i] = static_cast<char>(i);
    row("sixteen labels", grey(many), "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, ...");
    row("a picture with colours", pngOf(side, side, 8, Colours, samples({255, 0, 0, 0, 255, 0}, 3)),
        "got a picture with colours");
    row("one colour everywhere", pngOf(side, side, 8, Colours, QByteArray(48, '\x20').replace(0, 1, "\x21")),
        "got a picture with colours");
    row("greys and alpha", pngOf(side, side, 8, GreyAlpha, samples({10, 255, 20, 128, 30, 64}, 2)),
        "several colours and an alpha channel");
    row("a cut-out", pngOf(side, side, 8, Rgba, samples({10, 20, 30, 255, 40, 50, 60, 255}, 4)),
        "several colours and an alpha channel");
}

void TestMaskFile::refuses()
{
    QFETCH(QByteArray, content);
    QFETCH(ErrorCode, code);
    QFETCH(QString, words);
    QString message;
    const auto path = write(content);
    const auto got = errorOf([&] { readMask(path, {side, side}); }, &message);
    QVERIFY2(got.has_value(), "no error");
    QVERIFY2(*got == code, qPrintable(message));
    QVERIFY2(message.contains(words), qPrintable(message));
}

void TestMaskFile::reads_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("label");    // -1: none
    QTest::addColumn<int>("selected"); // so many of the first pixels, wholly
    const auto row = [](const char* name, const QByteArray& content, int selected, int label = -1) {
        QTest::newRow(name) << content << label << selected;
    };
    row("nothing", grey(samples({})), 0);
    row("0 and 255", grey(samples({255, 255, 255})), 3);
    row("0 and 1", grey(samples({1, 1})), 2);
    row("3 and 7", grey(QByteArray(16, '\3').replace(0, 2, "\7\7")), 2);
    row("1 bit", pngOf(side, side, 1, Grey, bytes("\xC0\0\0\0", 4)), 2);
    row("16 bits, 0 and 1", pngOf(side, side, 16, Grey, bytes("\0\1\0\1", 4) + QByteArray(28, '\0')), 2);
    row("16 bits, 0 and 65535", pngOf(side, side, 16, Grey, bytes("\xFF\xFF", 2) + QByteArray(30, '\0')), 1);
    row("16 bits, 256 and 512: bytes would be equal below",
        pngOf(side, side, 16, Grey, bytes("\2\0", 2) + bytes("\1\0", 2).repeated(15)), 1);
    row("RGB of equal channels", pngOf(side, side, 8, Colours, samples({1, 1, 1}, 3)), 1);
    row("red on black", pngOf(side, side, 8, Colours, samples({255, 0, 0, 255, 0, 0}, 3)), 2);
    row("a palette's indices 0 and 1", pngOf(side, side, 8, Palette, samples({1, 1, 1}), palette()), 3);
    row("a palette of 4 bits", pngOf(side, side, 4, Palette, bytes("\x11\x10\0\0\0\0\0\0", 8), palette()), 3);
    row("alpha that says nothing",
        pngOf(side, side, 8, GreyAlpha, bytes("\1\xFF", 2) + bytes("\0\xFF", 2).repeated(15)), 1);
    row("white on nothing", pngOf(side, side, 8, GreyAlpha, samples({255, 255, 255, 255}, 2)), 2);
    row("black on nothing", pngOf(side, side, 8, GreyAlpha, samples({0, 255}, 2)), 1);
    row("red on nothing", pngOf(side, side, 8, Rgba, samples({255, 0, 0, 255, 255, 0, 0, 255}, 4)), 2);
    row("TIFF", tiffOf({{side, side, samples({1, 1})}}), 2);
    row("TIFF of 16 bits", tiffOf({{side, side, bytes("\1\0\1\0\1\0", 6) + QByteArray(26, '\0'), 1, 16}}), 3);
    row("a label", grey(samples({2, 2, 1, 5})), 2, 2);
    row("a label where there are two values", grey(samples({1, 1, 1})), 3, 1);
    row("a label of a palette", pngOf(side, side, 8, Palette, samples({9, 9, 4}), palette()), 2, 9);
    row("a label of 16 bits", pngOf(side, side, 16, Grey, bytes("\1\0\2\0", 4) + QByteArray(28, '\0')), 1, 256);
}

void TestMaskFile::reads()
{
    QFETCH(QByteArray, content);
    QFETCH(int, label);
    QFETCH(int, selected);
    const Mask mask = readMask(write(content), {side, side}, label < 0 ? std::nullopt : std::optional(label));
    QVERIFY((mask.pictureSize() == Size{side, side}));
    for (int pixel = 0; pixel < side * side; ++pixel)
        QCOMPARE(int{mask.at(pixel % side, pixel / side)}, pixel < selected ? 255 : 0);
}

void TestMaskFile::keepsSoftenedEdges()
{
    constexpr int width = 40;
    QByteArray content(width * width, '\0');
    content.replace(0, width * 20, QByteArray(width * 20, '\xFF'));
    for (int x = 0; x < width; ++x)
        content[width * 20 + x] = static_cast<char>(20 + x * 5);
    const Mask mask = readMask(write(pngOf(width, width, 8, Grey, content)), {width, width});
    for (int x = 0; x < width; ++x)
        QCOMPARE(int{mask.at(x, 20)}, 20 + x * 5);
}

void TestMaskFile::takesItsOwnSharesAsTheyAre()
{
    const std::filesystem::path path = m_folder.filePath("own.png").toStdString();
    for (const int share : {1, 100, 128}) {
        const Mask mask({side, side}, {1, 1, 2, 2}, std::vector<std::uint8_t>(4, static_cast<std::uint8_t>(share)));
        writeMaskPng(path, mask);
        QVERIFY(readMask(path, {side, side}) == mask);
    }
    writeMaskPng(path, Mask::whole({side, side}));
    QVERIFY(readMask(path, {side, side}) == Mask::whole({side, side}));
}

void TestMaskFile::chosenLabelThatIsNotThereSelectsNothing()
{
    QVERIFY(readMask(write(grey(samples({1, 2}))), {side, side}, 7).empty());
}

void TestMaskFile::refusesALabelAmongColours()
{
    const auto path = write(pngOf(side, side, 8, Colours, samples({255, 0, 0}, 3)));
    QString message;
    QCOMPARE(errorOf([&] { readMask(path, {side, side}, 3); }, &message), ErrorCode::Unsupported);
    QVERIFY2(message.contains("of which 3 is meant, got a picture with colours"), qPrintable(message));
}

void TestMaskFile::saysThatItSeemsTurned()
{
    QString message;
    const auto path = write(pngOf(side, side, 8, Grey, samples({1})));
    QCOMPARE(errorOf([&] { readMask(path, {2, 8}); }, &message), ErrorCode::Mismatch);
    QVERIFY(!message.contains("EXIF"));
    const auto turned = write(pngOf(2, 8, 8, Grey, samples({1})));
    QCOMPARE(errorOf([&] { readMask(turned, {8, 2}); }, &message), ErrorCode::Mismatch);
    QVERIFY2(message.contains("ignore EXIF orientation"), qPrintable(message));
}

QTEST_GUILESS_MAIN(TestMaskFile)
#include "test_mask_file.moc"

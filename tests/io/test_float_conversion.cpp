// SPDX-License-Identifier: GPL-3.0-or-later
#include <bit>
#include <cmath>
#include <limits>

#include <QtTest>

#include "core/io/float_conversion.h"
#include "core/io/text.h"

using namespace ocellus;

namespace {

float fromHalf(std::uint16_t half)
{
    float value = 0;
    convertToFloat32(DType::Float16, reinterpret_cast<const std::byte*>(&half), 1, {&value, 1});
    return value;
}

} // namespace

/// Numbers of other widths, and a stranger's text.
class TestFloatConversion : public QObject {
    Q_OBJECT

private slots:
    void knowsHalfs_data();
    void knowsHalfs();
    void bringsBackEveryHalf();
    void roundsToNearestEven_data();
    void roundsToNearestEven();
    void convertsTheOthers();
    void readsInPieces();
    void knowsUtf8_data();
    void knowsUtf8();
    void shortensExcerpts();
};

void TestFloatConversion::knowsHalfs_data()
{
    QTest::addColumn<quint16>("half");
    QTest::addColumn<float>("value");
    QTest::newRow("one") << quint16{0x3C00} << 1.0F;
    QTest::newRow("minus two") << quint16{0xC000} << -2.0F;
    QTest::newRow("largest") << quint16{0x7BFF} << 65504.0F;
    QTest::newRow("smallest normal") << quint16{0x0400} << 0x1p-14F;
    QTest::newRow("largest subnormal") << quint16{0x03FF} << 1023 * 0x1p-24F;
    QTest::newRow("smallest subnormal") << quint16{0x8001} << -0x1p-24F;
    QTest::newRow("infinite") << quint16{0xFC00} << -std::numeric_limits<float>::infinity();
    QTest::newRow("a third") << quint16{0x3555} << 0.333251953125F;
}

void TestFloatConversion::knowsHalfs()
{
    QFETCH(quint16, half);
    QFETCH(float, value);
    QVERIFY(fromHalf(half) == value);
    QCOMPARE(toFloat16(value), half);
}

void TestFloatConversion::bringsBackEveryHalf()
{
    for (std::uint32_t half = 0; half <= 0xFFFF; ++half) {
        const float value = fromHalf(static_cast<std::uint16_t>(half));
        if (std::isnan(value))
            QVERIFY(std::isnan(fromHalf(toFloat16(value))));
        else
            QCOMPARE(toFloat16(value), static_cast<std::uint16_t>(half));
    }
}

void TestFloatConversion::roundsToNearestEven_data()
{
    QTest::addColumn<float>("value");
    QTest::addColumn<quint16>("half");
    QTest::newRow("tie down to even") << 1.0F + 0x1p-11F << quint16{0x3C00};
    QTest::newRow("tie up to even") << 1.0F + 3 * 0x1p-11F << quint16{0x3C02};
    QTest::newRow("above a tie") << 1.0F + 0x1p-11F + 0x1p-23F << quint16{0x3C01};
    QTest::newRow("below infinity") << 65519.996F << quint16{0x7BFF};
    QTest::newRow("to infinity") << 65520.0F << quint16{0x7C00};
    QTest::newRow("subnormal tie to zero") << 0x1p-25F << quint16{0};
    QTest::newRow("above that tie") << 0x1.8p-25F << quint16{1};
    QTest::newRow("up to the smallest normal") << 0x1p-14F - 0x1p-26F << quint16{0x0400};
    QTest::newRow("minus zero") << -0.0F << quint16{0x8000};
}

void TestFloatConversion::roundsToNearestEven()
{
    QFETCH(float, value);
    QFETCH(quint16, half);
    QCOMPARE(toFloat16(value), half);
}

void TestFloatConversion::convertsTheOthers()
{
    const std::uint16_t brain[3] = {0x3F80, 0x7777, 0xC049}; // 1, something between, about -pi
    float values[2] = {};
    convertToFloat32(DType::BFloat16, reinterpret_cast<const std::byte*>(brain), 2, values);
    QCOMPARE(values[0], 1.0F);
    QCOMPARE(values[1], -3.140625F);

    const double wide[2] = {1.0 / 3.0, -1e300};
    convertToFloat32(DType::Float64, reinterpret_cast<const std::byte*>(wide), 1, values);
    QCOMPARE(values[0], 1.0F / 3.0F);
    QCOMPARE(values[1], -std::numeric_limits<float>::infinity());
    QVERIFY_EXCEPTION_THROWN(convertToFloat32(DType::Int64, reinterpret_cast<const std::byte*>(wide), 1, values),
                             std::exception);
}

void TestFloatConversion::readsInPieces()
{
    // More values than one piece holds, so that the pieces must meet.
    std::vector<std::uint16_t> halves(600'001);
    for (std::size_t i = 0; i < halves.size(); ++i)
        halves[i] = static_cast<std::uint16_t>(i % 0x7C00);
    std::vector<float> values(halves.size());
    readAsFloat32(
        DType::Float16,
        [&](std::uint64_t offset, std::span<std::byte> out) {
            std::memcpy(out.data(), reinterpret_cast<const std::byte*>(halves.data()) + offset, out.size());
        },
        values);
    for (std::size_t i = 0; i < halves.size(); ++i)
        QCOMPARE(values[i], fromHalf(halves[i]));
}

void TestFloatConversion::knowsUtf8_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("valid");
    QTest::newRow("overlong") << QByteArray("\xc0\xaf") << false;
    QTest::newRow("overlong of three") << QByteArray("\xe0\x80\xaf") << false;
    QTest::newRow("overlong of four") << QByteArray("\xf0\x80\x80\xaf") << false;
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << false;
    QTest::newRow("above the last") << QByteArray("\xf4\x90\x80\x80") << false;
    QTest::newRow("cut short") << QByteArray("a\xc3") << false;
    QTest::newRow("without lead") << QByteArray("\x80") << false;
    QTest::newRow("empty") << QByteArray() << true;
    QTest::newRow("one to four bytes") << QByteArray("a\xc3\xa4\xe2\x82\xac\xf0\x9f\xa6\x8b") << true;
}

void TestFloatConversion::knowsUtf8()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, valid);
    QCOMPARE(isUtf8(text.toStdString()), valid);
}

void TestFloatConversion::shortensExcerpts()
{
    QCOMPARE(QString::fromStdString(excerpt("a\nb\x1b\xff\x7f")), QString("a?b???"));
    QCOMPARE(QString::fromStdString(excerpt("\xc3\xa4")), QString::fromUtf8("\xc3\xa4"));
    QCOMPARE(excerpt(std::string(1000, 'x')), std::string(80, 'x') + "...");
    QVERIFY(isUtf8(excerpt(std::string(79, 'x') + "\xc3\xa4")));
}

QTEST_GUILESS_MAIN(TestFloatConversion)
#include "test_float_conversion.moc"

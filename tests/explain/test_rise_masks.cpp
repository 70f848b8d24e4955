// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <string_view>

#include <QTest>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/explain/rise_masks.h"
#include "core/explain/rise_sum.h"
#include "tests/explain/golden_arrays.h"
#include "tests/support/error_of.h"

using namespace ocellus;

class TestRiseMasks : public QObject {
    Q_OBJECT

private slots:
    void refusesBadRecipes_data();
    void refusesBadRecipes();
    void equalsOracleInEveryBit_data();
    void equalsOracleInEveryBit();
    void sumsAsOracle_data();
    void sumsAsOracle();
    void saysNothingWithoutMasks();
    void halvesOfOneSignalAgree();
};

void TestRiseMasks::refusesBadRecipes_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("grid");
    QTest::addColumn<double>("p1");
    QTest::newRow("no pixels") << 0 << 7 << 0.5;
    QTest::newRow("one cell") << 64 << 1 << 0.5;
    QTest::newRow("huge grid") << 64 << 65 << 0.5;
    QTest::newRow("nothing on") << 64 << 7 << 0.0;
    QTest::newRow("all on") << 64 << 7 << 1.0;
    QTest::newRow("not a number") << 64 << 7 << std::nan("");
}

void TestRiseMasks::refusesBadRecipes()
{
    QFETCH(int, width);
    QFETCH(int, grid);
    QFETCH(double, p1);
    QCOMPARE(errorOf([&] { RiseMasks({width, 48}, {grid, p1, 0}); }), std::optional(ErrorCode::BadArgument));
}

void TestRiseMasks::equalsOracleInEveryBit_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("spec");
    for (const auto& path : goldenFiles("rise-masks")) {
        const nlohmann::json specs = GoldenArrays(path).metadata("specs");
        for (const auto& [name, spec] : specs.items())
            QTest::newRow((path.parent_path().filename().string() + " " + name).c_str())
                << QString::fromStdString(path.string()) << QString::fromStdString(name);
    }
}

void TestRiseMasks::equalsOracleInEveryBit()
{
    QFETCH(QString, path);
    QFETCH(QString, spec);
    const GoldenArrays golden(path.toStdString());
    const std::string name = spec.toStdString();
    const nlohmann::json recipe = golden.metadata("specs").at(name);
    const RiseMasks masks({recipe.at("width"), recipe.at("height")},
                          {recipe.at("grid"), recipe.at("p1"), recipe.at("seed")});
    const std::size_t count = recipe.at("count");
    const std::uint64_t first = recipe.at("first");
    std::vector<std::uint8_t> on;
    std::vector<double> shifts;
    std::vector<float> all;
    for (std::size_t i = 0; i < count; ++i) {
        const auto cells = masks.cells(first + i);
        on.insert(on.end(), cells.begin(), cells.end());
        shifts.push_back(masks.shift(first + i).row);
        shifts.push_back(masks.shift(first + i).column);
        const auto mask = masks.mask(first + i);
        all.insert(all.end(), mask.begin(), mask.end());
    }
    QCOMPARE(on, golden.bytes(name + ".on"));
    QCOMPARE(shifts, golden.doubles(name + ".shift"));
    if (golden.has(name + ".masks"))
        QCOMPARE(all, golden.floats(name + ".masks"));
    const std::string_view bytes(reinterpret_cast<const char*>(all.data()), all.size() * sizeof(float));
    QCOMPARE(sha256(bytes), golden.metadata("sha256").at(name).get<std::string>());
}

void TestRiseMasks::sumsAsOracle_data()
{
    QTest::addColumn<QString>("path");
    for (const auto& path : goldenFiles("rise-resnet"))
        QTest::newRow(path.parent_path().filename().c_str()) << QString::fromStdString(path.string());
}

void TestRiseMasks::sumsAsOracle()
{
    QFETCH(QString, path);
    const GoldenArrays golden(path.toStdString());
    const Size size{golden.metadata("image_width"), golden.metadata("image_height")};
    const double p1 = golden.metadata("p1");
    const RiseMasks masks(size, {golden.metadata("grid"), p1, golden.metadata("seed")});
    const std::size_t classes = golden.metadata("classes");
    RiseSum sum(static_cast<std::size_t>(size.width * size.height), classes, p1);
    const std::size_t count = golden.metadata("masks");
    for (std::size_t i = 0; i < count; ++i)
        sum.add(masks.mask(i), golden.row("probabilities", i));
    QCOMPARE(sum.masks(), static_cast<int>(count));
    for (std::size_t c = 0; c < classes; ++c) {
        const double plain = largestDifference(sum.saliency(c, false), golden.row("saliency", c));
        const double centred = largestDifference(sum.saliency(c, true), golden.row("centred", c));
        QVERIFY2(plain <= 1e-6 && centred <= 1e-6, qPrintable(QString("%1 %2").arg(plain).arg(centred)));
    }
}

void TestRiseMasks::saysNothingWithoutMasks()
{
    RiseSum sum(4, 1, 0.5);
    QCOMPARE(sum.saliency(0, true), std::vector<float>(4));
    QCOMPARE(sum.agreement(0), 0.0);
    QCOMPARE(errorOf([&] { sum.add(std::vector<float>(3), std::vector<float>(1)); }),
             std::optional(ErrorCode::Mismatch));
    QCOMPARE(sum.masks(), 0);
}

/// A class that answers to what is seen, the more the further to the right and to the bottom.
void TestRiseMasks::halvesOfOneSignalAgree()
{
    const RiseMasks masks({32, 32}, {});
    RiseSum sum(32 * 32, 1, 0.5);
    for (std::uint64_t i = 0; i < 2000; ++i) {
        const std::vector<float> mask = masks.mask(i);
        double seen = 0;
        for (std::size_t pixel = 0; pixel < mask.size(); ++pixel)
            seen += static_cast<double>(mask[pixel]) * static_cast<double>(pixel / 32 + pixel % 32);
        sum.add(mask, std::vector<float>{static_cast<float>(seen / (32 * 32 * 62))});
    }
    QVERIFY2(sum.agreement(0) > 0.9, qPrintable(QString::number(sum.agreement(0))));
    const std::vector<float> map = sum.saliency(0, true);
    const auto peak = std::ranges::max_element(map) - map.begin();
    QVERIFY2(peak / 32 > 20 && peak % 32 > 20, qPrintable(QString::number(peak)));
}

QTEST_APPLESS_MAIN(TestRiseMasks)
#include "test_rise_masks.moc"

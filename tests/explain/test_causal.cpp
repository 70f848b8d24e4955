// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <set>

#include <QTest>

#include "core/base/error.h"
#include "core/explain/causal_curve.h"
#include "core/model/formula_source.h"
#include "tests/explain/golden_arrays.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

std::vector<float> formulaInput(Size size)
{
    std::vector<float> values(3 * static_cast<std::size_t>(size.width * size.height));
    fillByFormula("image", -2, 2, values);
    return values;
}

} // namespace

class TestCausal : public QObject {
    Q_OBJECT

private slots:
    void refusesBadOrders();
    void ordersAndBlursAsOracle_data();
    void ordersAndBlursAsOracle();
    void tiesGoByIndexAndNanLast();
    void everyPixelIsInOneGroup_data();
    void everyPixelIsInOneGroup();
    void curveGoesFromEndToEnd_data();
    void curveGoesFromEndToEnd();
    void spreadsWhatIsAround();
    void stopsWhenAsked();
    void areasAreTrapezoids();
};

void TestCausal::refusesBadOrders()
{
    const std::vector<float> map(12);
    const std::vector<std::size_t> order{0, 1, 2, 3};
    const std::vector<std::size_t> twice{0, 1, 1, 3};
    const std::vector<std::size_t> beyond{0, 1, 2, 4};
    const std::vector<std::size_t> few{0, 1};
    const Size size{4, 3};
    for (const auto& action : std::vector<std::function<void()>>{
             [&] { groupsByPixel(map, 0); }, [&] { groupsByCell(order, 2, 2, size, 0); },
             [&] { groupsByCell(twice, 2, 2, size, 1); }, [&] { groupsByCell(beyond, 2, 2, size, 1); },
             [&] { groupsByCell(few, 2, 2, size, 1); },
             [&] {
                 groupsByCell(order, 2, 2, {0, 3}, 1);
             },
             [&] { groupsByCell(order, 2, 2, size, 1, 0); }, [&] { substrateOf("black"); },
             [&] { areaUnder(std::vector<double>{1}); }})
        QCOMPARE(errorOf(action), std::optional(ErrorCode::BadArgument));
}

void TestCausal::ordersAndBlursAsOracle_data()
{
    QTest::addColumn<QString>("path");
    for (const auto& path : goldenFiles("causal-"))
        QTest::newRow(path.parent_path().filename().c_str()) << QString::fromStdString(path.string());
}

void TestCausal::ordersAndBlursAsOracle()
{
    QFETCH(QString, path);
    const GoldenArrays golden(path.toStdString());
    for (const auto& [map, order] : {std::pair{"saliency", "order"}, std::pair{"rough", "rough_order"}}) {
        const std::vector<std::size_t> got = fallingOrder(golden.floats(map));
        QCOMPARE(std::vector<double>(got.begin(), got.end()), golden.doubles(order));
    }
    const double kernel = largestDifference(riseBlurKernel(), golden.floats("kernel"));
    QVERIFY2(kernel <= 1e-7, qPrintable(QString::number(kernel)));
    const Size size{golden.metadata("image_width"), golden.metadata("image_height")};
    const double blurred = largestDifference(riseBlurred(formulaInput(size), size), golden.floats("blurred"));
    QVERIFY2(blurred <= 1e-6, qPrintable(QString::number(blurred)));
    const nlohmann::json areas = golden.metadata("areas");
    for (const auto& [name, area] : areas.items())
        QVERIFY(std::abs(areaUnder(golden.doubles(name)) - area.get<double>()) <= 1e-5);
}

void TestCausal::tiesGoByIndexAndNanLast()
{
    const std::vector<float> map{1, std::nanf(""), 2, 1, -HUGE_VALF, 2};
    QCOMPARE(fallingOrder(map), (std::vector<std::size_t>{2, 5, 0, 3, 4, 1}));
}

void TestCausal::everyPixelIsInOneGroup_data()
{
    QTest::addColumn<int>("perStep");
    QTest::addColumn<int>("stride");
    QTest::newRow("one a step") << 1 << 0;
    QTest::newRow("four a step") << 4 << 0;
    QTest::newRow("strided") << 1 << 16;
    QTest::newRow("strided so that cells stay empty") << 2 << 40;
}

void TestCausal::everyPixelIsInOneGroup()
{
    QFETCH(int, perStep);
    QFETCH(int, stride);
    std::vector<std::size_t> order(15);
    std::iota(order.rbegin(), order.rend(), std::size_t{0});
    const PixelGroups groups = groupsByCell(order, 3, 5, {77, 50}, static_cast<std::size_t>(perStep),
                                            stride > 0 ? std::optional(stride) : std::nullopt);
    QCOMPARE(groups.size(), static_cast<std::size_t>((15 + perStep - 1) / perStep));
    std::set<std::size_t> seen;
    std::size_t count = 0;
    for (const auto& group : groups) {
        seen.insert(group.begin(), group.end());
        count += group.size();
    }
    QCOMPARE(count, std::size_t{77 * 50});
    QCOMPARE(seen.size(), count);
}

void TestCausal::curveGoesFromEndToEnd_data()
{
    QTest::addColumn<QString>("substrate");
    QTest::addColumn<std::size_t>("atOnce");
    for (const char* name : {"zero", "mean", "blur", "inpainting"})
        QTest::newRow(name) << QString(name) << std::size_t{1};
    QTest::newRow("four at once") << QString("inpainting") << std::size_t{4};
    QTest::newRow("all at once") << QString("blur") << std::size_t{64};
}

/// A judge that says how many pixels are the picture's own.
void TestCausal::curveGoesFromEndToEnd()
{
    QFETCH(QString, substrate);
    const Substrate with = substrateOf(substrate.toStdString());
    const Size size{8, 6};
    const std::vector<float> input = formulaInput(size);
    std::vector<float> map(48);
    std::iota(map.begin(), map.end(), 0.0F);
    const PixelGroups groups = groupsByPixel(map, 5);
    const auto own = [&](std::span<const float> picture) {
        int same = 0;
        for (std::size_t i = 0; i < 48; ++i)
            same += picture[i] == input[i] ? 1 : 0;
        return same / 48.0;
    };
    QFETCH(std::size_t, atOnce);
    std::size_t most = 0;
    const JudgeScore judge = [&](std::vector<std::vector<float>> pictures) {
        most = std::max(most, pictures.size());
        std::vector<double> scores;
        std::ranges::transform(pictures, std::back_inserter(scores), own);
        return scores;
    };
    const std::vector<double> deletion =
        causalCurve(CausalMode::Deletion, with, input, size, groups, judge, {}, atOnce);
    const std::vector<double> insertion =
        causalCurve(CausalMode::Insertion, with, input, size, groups, judge, {}, atOnce);
    QCOMPARE(most, std::min(atOnce, std::size_t{11}));
    QCOMPARE(deletion.size(), std::size_t{11});
    QCOMPARE(deletion.front(), 1.0);
    QCOMPARE(deletion.back(), 0.0);
    QCOMPARE(insertion.front(), 0.0);
    QCOMPARE(insertion.back(), 1.0);
    for (std::size_t i = 0; i < deletion.size(); ++i)
        QCOMPARE(deletion[i] + insertion[i], 1.0);
    const std::vector<float> third = causalPicture(CausalMode::Deletion, with, input, size, groups, 3);
    QCOMPARE(own(third), deletion[3]);
}

void TestCausal::spreadsWhatIsAround()
{
    const Size size{9, 7};
    std::vector<float> input(3 * 63, 2.0F);
    std::vector<unsigned char> missing(63);
    for (std::size_t i = 20; i < 40; ++i) {
        missing[i] = 1;
        input[i] = input[63 + i] = input[126 + i] = 100;
    }
    for (const float value : spreadInto(input, missing, size))
        QVERIFY(std::abs(value - 2.0F) < 1e-5F);
    std::ranges::fill(missing, static_cast<unsigned char>(1));
    QCOMPARE(spreadInto(input, missing, size), substrateOfWhole(Substrate::Mean, input, size));
    missing.pop_back();
    QCOMPARE(errorOf([&] { spreadInto(input, missing, size); }), std::optional(ErrorCode::Mismatch));
}

void TestCausal::stopsWhenAsked()
{
    const Size size{4, 4};
    const std::vector<float> input = formulaInput(size);
    std::stop_source stop;
    int asked = 0;
    const JudgeScore judge = [&](const std::vector<std::vector<float>>& pictures) {
        if (++asked == 3)
            stop.request_stop();
        return std::vector<double>(pictures.size(), 0.5);
    };
    const PixelGroups groups = groupsByPixel(std::vector<float>(16), 1);
    QCOMPARE(errorOf([&] {
                 causalCurve(CausalMode::Deletion, Substrate::Zero, input, size, groups, judge,
                             Progress(stop.get_token()));
             }),
             std::optional(ErrorCode::Cancelled));
    QCOMPARE(asked, 3);
}

void TestCausal::areasAreTrapezoids()
{
    QCOMPARE(areaUnder(std::vector<double>{1, 0}), 0.5);
    QCOMPARE(areaUnder(std::vector<double>{1, 1, 0}), 0.75);
}

QTEST_APPLESS_MAIN(TestCausal)
#include "test_causal.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include <QTest>

#include "core/analysis/bilinear.h"
#include "core/analysis/map_in_mask.h"
#include "core/analysis/part_hits.h"
#include "core/analysis/rank_correlation.h"
#include "core/analysis/structural_similarity.h"
#include "core/base/error.h"
#include "tests/explain/golden_arrays.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

/// Stretched bilinearly over the picture, half-pixel centres.
std::vector<float> stretched(std::span<const float> map, int rows, int columns, Size size)
{
    const auto samples = [](int cells, int pixels) {
        std::vector<BetweenCells> all;
        for (int pixel = 0; pixel < pixels; ++pixel)
            all.push_back(betweenCells((pixel + 0.5) * cells / pixels - 0.5, cells));
        return all;
    };
    return sampled(map, static_cast<std::size_t>(columns), samples(columns, size.width), samples(rows, size.height));
}

} // namespace

class TestMapMeasures : public QObject {
    Q_OBJECT

private slots:
    void refusesWhatDoesNotFit();
    void refusesMapsWithoutMass();
    void localisesAsOracle_data();
    void localisesAsOracle();
    void findsPartsAsOracle_data();
    void findsPartsAsOracle();
    void comparesMapsAsOracle_data();
    void comparesMapsAsOracle();
    void correlatesRanks();
    void smallGridsHaveNoStructure();
    void consistencyAsksForEnoughPictures();
    void centralMapPeaksInTheMiddle();
};

void TestMapMeasures::refusesWhatDoesNotFit()
{
    const std::vector<float> map(6);
    const std::vector<std::uint8_t> mask(5);
    const std::vector<double> cover(5);
    for (const auto& action : std::vector<std::function<void()>>{
             [&] {
                 maskCoverage(mask, {3, 2}, 1, 1);
             },
             [&] {
                 pointsInto(map, mask, {3, 2});
             },
             [&] {
                 pointsInto(map, mask, {5, 1});
             },
             [&] { massInMask(map, cover); }, [&] { rankCorrelation(map, std::vector<float>(5)); },
             [&] { rankCorrelation(std::vector<float>(1), std::vector<float>(1)); },
             [&] { structuralSimilarity(map, map, 2, 4); },
             [&] {
                 partHits(map, 2, 4, {}, {9, 9});
             },
             [&] {
                 partConsistency({{1, 0}}, {{1}});
             },
             [&] { partStability({{1}}, {}); }})
        QCOMPARE(errorOf(action), std::optional(ErrorCode::Mismatch));
}

void TestMapMeasures::refusesMapsWithoutMass()
{
    const std::vector<double> cover{0.5, 0};
    for (const auto& map : {std::vector<float>{0, 0}, {1, -1}, {std::nanf(""), 1}})
        QCOMPARE(errorOf([&] { massInMask(map, cover); }), std::optional(ErrorCode::BadArgument));
    QCOMPARE(errorOf([] {
                 massInMask(std::vector<float>{1, 1}, std::vector<double>{0, 0});
             }),
             std::optional(ErrorCode::BadArgument));
}

void TestMapMeasures::localisesAsOracle_data()
{
    QTest::addColumn<QString>("path");
    for (const auto& path : goldenFiles("localisation"))
        QTest::newRow(path.parent_path().filename().c_str()) << QString::fromStdString(path.string());
}

void TestMapMeasures::localisesAsOracle()
{
    QFETCH(QString, path);
    const GoldenArrays golden(path.toStdString());
    const std::vector<std::uint8_t> mask = golden.bytes("mask");
    const Size size{static_cast<int>(golden.shape("mask")[1]), static_cast<int>(golden.shape("mask")[0])};
    const auto shape = golden.shape("maps");
    const int rows = static_cast<int>(shape[1]);
    const int columns = static_cast<int>(shape[2]);
    const int stride = golden.metadata("stride");
    const std::vector<double> covered = maskCoverage(mask, size, rows, columns);
    const std::vector<double> strided = maskCoverage(mask, size, rows, columns, stride);
    QVERIFY(largestDifference(covered, golden.doubles("coverage")) <= 1e-9);
    QVERIFY(largestDifference(strided, golden.doubles("coverage_strided")) <= 1e-9);
    for (std::size_t i = 0; i < static_cast<std::size_t>(shape[0]); ++i) {
        const std::vector<float> map = golden.row("maps", i);
        for (const auto& [name, cover] : {std::pair{"energy", &covered}, std::pair{"energy_strided", &strided}}) {
            const MassInMask mass = massInMask(map, *cover);
            const double difference =
                largestDifference(std::vector{mass.share, mass.lift},
                                  GoldenArrays::plane(golden.doubles(name), static_cast<std::size_t>(shape[0]), i));
            QVERIFY2(difference <= 1e-9, qPrintable(QString("%1 %2").arg(name).arg(difference)));
        }
        const std::vector<float> pixels = stretched(map, rows, columns, size);
        const std::vector<double> expected =
            GoldenArrays::plane(golden.doubles("pointing"), static_cast<std::size_t>(shape[0]), i);
        QCOMPARE(pointsInto(pixels, mask, size, 0), expected[0] != 0);
        QCOMPARE(pointsInto(pixels, mask, size), expected[1] != 0);
    }
    const auto noise = golden.shape("noise");
    QCOMPARE(stabilityNoise({static_cast<int>(noise[2]), static_cast<int>(noise[1])}, golden.metadata("noise_seed")),
             golden.floats("noise"));
}

void TestMapMeasures::findsPartsAsOracle_data()
{
    localisesAsOracle_data();
}

void TestMapMeasures::findsPartsAsOracle()
{
    QFETCH(QString, path);
    const GoldenArrays golden(path.toStdString());
    const auto shape = golden.shape("points");
    const auto pictures = static_cast<std::size_t>(shape[0]);
    const std::vector<double> table = golden.doubles("points");
    std::vector<PartHits> hits;
    std::vector<PartHits> noisy;
    std::vector<PartHits> visible;
    for (std::size_t i = 0; i < pictures; ++i) {
        const std::vector<double> points = GoldenArrays::plane(table, pictures, i);
        std::vector<PartPlace> places;
        PartHits& seen = visible.emplace_back();
        for (std::size_t part = 0; part < points.size(); part += 3) {
            places.push_back(
                {static_cast<int>(points[part]), static_cast<int>(points[part + 1]), points[part + 2] > 0});
            seen.push_back(places.back().visible);
        }
        const auto grid = golden.shape("part_maps");
        const auto hitsOf = [&](const char* name) {
            return partHits(golden.row(name, i), static_cast<int>(grid[1]), static_cast<int>(grid[2]), places,
                            {224, 224});
        };
        hits.push_back(hitsOf("part_maps"));
        noisy.push_back(hitsOf("part_maps_noisy"));
        QCOMPARE(hits.back(), GoldenArrays::plane(golden.bytes("hits"), pictures, i));
        QCOMPARE(noisy.back(), GoldenArrays::plane(golden.bytes("hits_noisy"), pictures, i));
    }
    const double share = partConsistency(hits, visible).share;
    QCOMPARE(share >= 0.8, golden.metadata("consistent").get<bool>());
    QCOMPARE(share >= 1.0, golden.metadata("consistent_at_1").get<bool>());
    QVERIFY(std::abs(partStability(hits, noisy) - golden.metadata("stability").get<double>()) <= 1e-9);
}

void TestMapMeasures::comparesMapsAsOracle_data()
{
    QTest::addColumn<QString>("path");
    for (const auto& path : goldenFiles("sanity-"))
        QTest::newRow((path.parent_path().filename().string() + " " + path.stem().string()).c_str())
            << QString::fromStdString(path.string());
}

void TestMapMeasures::comparesMapsAsOracle()
{
    QFETCH(QString, path);
    const GoldenArrays golden(path.toStdString());
    for (const std::string name : {"attention", "hirescam"}) {
        const auto shape = golden.shape(name);
        const std::vector<float> first = golden.row(name, 0);
        for (std::size_t i = 0; i < static_cast<std::size_t>(shape[0]); ++i) {
            const std::vector<float> other = golden.row(name, i);
            const double spearman = rankCorrelation(first, other) - golden.doubles(name + ".spearman")[i];
            const double ssim =
                structuralSimilarity(first, other, static_cast<int>(shape[1]), static_cast<int>(shape[2])).value() -
                golden.doubles(name + ".ssim")[i];
            QVERIFY2(std::abs(spearman) <= 1e-9 && std::abs(ssim) <= 1e-9,
                     qPrintable(QString("%1 %2: %3 %4").arg(name.c_str()).arg(i).arg(spearman).arg(ssim)));
        }
    }
}

void TestMapMeasures::correlatesRanks()
{
    QCOMPARE(rankCorrelation(std::vector<float>{1, 2, 3}, std::vector<float>{10, 200, 3000}), 1.0);
    QCOMPARE(rankCorrelation(std::vector<float>{1, 2, 3}, std::vector<float>{3, 2, 1}), -1.0);
    QVERIFY(std::isnan(rankCorrelation(std::vector<float>{1, 1, 1}, std::vector<float>{3, 2, 1})));
    QVERIFY(std::isnan(rankCorrelation(std::vector<float>{1, std::nanf(""), 1}, std::vector<float>{3, 2, 1})));
    QVERIFY(std::abs(rankCorrelationSpread(63) - 0.127) < 1e-3);
}

void TestMapMeasures::smallGridsHaveNoStructure()
{
    const std::vector<float> map(42);
    QVERIFY(!structuralSimilarity(map, map, 6, 7).has_value());
    QCOMPARE(structuralSimilarity(std::vector<float>(49), std::vector<float>(49), 7, 7), std::optional(1.0));
}

void TestMapMeasures::consistencyAsksForEnoughPictures()
{
    const std::vector<PartHits> hits{{1, 0}, {0, 1}, {0, 1}, {0, 0}};
    const std::vector<PartHits> visible{{1, 0}, {0, 1}, {0, 1}, {0, 1}};
    QCOMPARE(partConsistency(hits, visible).part, 0);
    const PartConsistency often = partConsistency(hits, visible, 2);
    QCOMPARE(often.part, 1);
    QCOMPARE(often.seen, 3);
    QCOMPARE(partConsistency(hits, visible, 5).part, -1);
    QCOMPARE(partConsistency({}, {}).share, 0.0);
}

void TestMapMeasures::centralMapPeaksInTheMiddle()
{
    const std::vector<float> map = centralMap(3, 5);
    QCOMPARE(std::ranges::max_element(map) - map.begin(), 7);
    QCOMPARE(map[0], map[14]);
}

QTEST_APPLESS_MAIN(TestMapMeasures)
#include "test_map_measures.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <numeric>

#include <QTest>

#include "core/analysis/rank_correlation.h"
#include "core/base/error.h"
#include "core/explain/rise_fit.h"
#include "core/explain/rise_sum.h"

using namespace ocellus;

namespace {

constexpr Size size{56, 42};
constexpr std::size_t pixels = 56 * 42;
const RiseRecipe recipe{7, 0.5, 11};

/// Like a network that wants to see one place, and knows nothing else: its probability rises with what is seen there.
float probability(const std::vector<float>& mask, Cell place = {10, 30})
{
    float seen = 0;
    for (int y = place.row; y < place.row + 8; ++y)
        for (int x = place.column; x < place.column + 14; ++x)
            seen += mask[static_cast<std::size_t>(y * size.width + x)] / (8 * 14);
    return 1 / (1 + std::exp(-8 * (seen - 0.5F)));
}

template <class Estimate, class Score>
void fill(Estimate& estimate, std::uint64_t seed, int masks, Score score)
{
    const RiseMasks drawn(size, {recipe.grid, recipe.p1, seed});
    for (int i = 0; i < masks; ++i) {
        const std::vector<float> mask = drawn.mask(static_cast<std::uint64_t>(i));
        estimate.add(mask, std::vector<float>{score(mask)});
    }
}

template <class Estimate>
void fill(Estimate& estimate, std::uint64_t seed, int masks)
{
    fill(estimate, seed, masks, [](const std::vector<float>& mask) { return probability(mask); });
}

} // namespace

class TestRiseFit : public QObject {
    Q_OBJECT

private slots:
    void refusesOtherSizes()
    {
        RiseFit fit(size, recipe, 2);
        QVERIFY_EXCEPTION_THROWN(fit.add(std::vector<float>(3), std::vector<float>(2)), Error);
        QVERIFY_EXCEPTION_THROWN(fit.add(std::vector<float>(pixels), std::vector<float>(1)), Error);
        QCOMPARE(fit.masks(), 0);
        QCOMPARE(fit.saliency(1), std::vector<float>(pixels));
        QCOMPARE(fit.agreement(0), 0.0);
    }

    void aClassThatNothingChangesHasAFlatMap()
    {
        RiseFit fit(size, recipe, 1);
        const RiseMasks masks(size, recipe);
        for (std::uint64_t i = 0; i < 40; ++i)
            fit.add(masks.mask(i), std::vector<float>{0.25F});
        for (const float value : fit.saliency(0))
            QVERIFY(std::abs(value) < 1e-5F);
    }

    void likenessIsTheMasksCovariance()
    {
        const RiseMasks masks(size, recipe);
        const std::vector<double> down = masks.likeness(size.height, 6), across = masks.likeness(size.width, 8);
        constexpr int draws = 4000;
        const std::size_t y = 13, x = 40, band = 2, column = 5; // rows 14 to 20, columns 35 to 41
        double product = 0;
        for (int i = 0; i < draws; ++i) {
            const std::vector<float> mask = masks.mask(static_cast<std::uint64_t>(i));
            double mean = 0;
            for (std::size_t v = 14; v < 21; ++v)
                for (std::size_t u = 35; u < 42; ++u)
                    mean += (static_cast<double>(mask[v * 56 + u]) - 0.5) / 49;
            product += mean * (static_cast<double>(mask[y * 56 + x]) - 0.5) / draws;
        }
        const double exact = 0.25 * down[y * 6 + band] * across[x * 8 + column];
        QVERIFY2(std::abs(product - exact) < 0.05 * exact, qPrintable(QString("%1 %2").arg(product).arg(exact)));
    }

    /// A linear fit leaves most of it over, and that is noise to the map.
    void tellsMoreWhereOnePlaceCountsOnlyWithAnother()
    {
        constexpr int masks = 500;
        std::vector<std::vector<float>> plain, refined;
        for (std::uint64_t seed = 1; seed <= 2; ++seed) {
            RiseFit fit(size, recipe, 1);
            fill(fit, seed, masks, [](const std::vector<float>& mask) {
                return probability(mask, {10, 30}) * probability(mask, {24, 6});
            });
            plain.push_back(fit.saliency(0));
            refined.push_back(fit.refined(0));
        }
        const double before = rankCorrelation(plain[0], plain[1]), after = rankCorrelation(refined[0], refined[1]);
        QVERIFY2(after > before && after > 0.85, qPrintable(QString("%1 %2").arg(before).arg(after)));
        // It is the same map.
        for (const std::vector<float>& map : refined)
            QVERIFY(rankCorrelation(map, plain[0]) > 0.8);
        const float highest = std::ranges::max(plain[0]), other = std::ranges::max(refined[0]);
        QVERIFY2(std::abs(other - highest) < 0.25F * highest, qPrintable(QString("%1 %2").arg(other).arg(highest)));
    }

    void isAsItWasOfFewMasksAndWhereNothingChanges()
    {
        RiseFit few(size, recipe, 1), flat(size, recipe, 1);
        fill(few, 1, 40);
        QCOMPARE(few.refined(0), few.saliency(0));
        fill(flat, 1, 320, [](const std::vector<float>&) { return 0.25F; });
        for (const float value : flat.refined(0))
            QVERIFY(std::abs(value) < 1e-5F);
    }

    /// It tends to the same map as the sum, and is nearer to it after a few masks.
    void isNearerToWhatTheSumTendsTo()
    {
        RiseSum limit(pixels, 1, recipe.p1);
        fill(limit, 1, 6000);
        const std::vector<float> map = limit.saliency(0, true);
        RiseSum sum(pixels, 1, recipe.p1);
        RiseFit fit(size, recipe, 1);
        fill(sum, 2, 200);
        fill(fit, 2, 200);
        const double ofSum = rankCorrelation(sum.saliency(0, true), map), ofFit = rankCorrelation(fit.saliency(0), map);
        QVERIFY2(ofFit > ofSum + 0.2, qPrintable(QString("%1 %2").arg(ofFit).arg(ofSum)));
        QVERIFY(fit.agreement(0) > sum.agreement(0));
        // In size too.
        const float highest = std::ranges::max(map), ofFew = std::ranges::max(fit.saliency(0));
        QVERIFY2(std::abs(ofFew - highest) < 0.25F * highest, qPrintable(QString("%1 %2").arg(ofFew).arg(highest)));
    }
};

QTEST_APPLESS_MAIN(TestRiseFit)
#include "test_rise_fit.moc"

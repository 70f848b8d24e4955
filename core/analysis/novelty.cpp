// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/novelty.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "core/analysis/unusualness.h"
#include "core/base/error.h"
#include "core/base/random.h"

namespace ocellus {

namespace {

constexpr int bootstrapSamples = 1'000;

std::vector<double> resampled(std::span<const double> values, RandomStream& random)
{
    std::vector<double> sample(values.size());
    for (double& value : sample)
        value = values[static_cast<std::size_t>(random.below(static_cast<int>(values.size())))];
    return sample;
}

double shareUpTo(std::span<const double> values, double threshold)
{
    const auto count = std::ranges::count_if(values, [threshold](double value) { return value <= threshold; });
    return values.empty() ? 0 : static_cast<double>(count) / static_cast<double>(values.size());
}

} // namespace

std::string_view toString(NoveltyScore score)
{
    switch (score) {
    case NoveltyScore::Energy: return "energy";
    case NoveltyScore::MaxLogit: return "max_logit";
    case NoveltyScore::MaxProbability: return "max_probability";
    case NoveltyScore::OutputDistance: return "output_distance";
    }
    return "";
}

std::optional<NoveltyScore> noveltyScoreFromName(std::string_view name)
{
    for (const NoveltyScore score : noveltyScores)
        if (toString(score) == name)
            return score;
    return std::nullopt;
}

std::optional<double> noveltyOf(NoveltyScore score, std::span<const float> logits)
{
    if (score == NoveltyScore::OutputDistance)
        return std::nullopt;
    const double least = energy(logits); // -log sum exp; checks the logits too
    if (score == NoveltyScore::Energy)
        return least;
    const double highest = *std::ranges::max_element(logits);
    return score == NoveltyScore::MaxLogit ? -highest : -std::exp(highest + least);
}

OutputReference::OutputReference(int classes, int dimensions)
    : m_dimensions(static_cast<std::size_t>(dimensions)),
      m_classes(static_cast<std::size_t>(classes), Sum{0, std::vector<double>(m_dimensions)}),
      m_all{0, std::vector<double>(m_dimensions)},
      m_squares(m_dimensions)
{
}

void OutputReference::add(int classIndex, std::span<const float> output)
{
    Sum& own = m_classes.at(static_cast<std::size_t>(classIndex));
    ++own.n;
    ++m_all.n;
    for (std::size_t i = 0; i < m_dimensions; ++i) {
        own.values[i] += output[i];
        m_all.values[i] += output[i];
        m_squares[i] += static_cast<double>(output[i]) * output[i];
    }
}

void OutputReference::finish()
{
    // The square about the classes' means is that about 0, less each mean's.
    m_deviations = m_squares;
    for (Sum& own : m_classes)
        for (std::size_t i = 0; i < m_dimensions && own.n > 0; ++i) {
            own.values[i] /= own.n;
            m_deviations[i] -= own.n * own.values[i] * own.values[i];
        }
    constexpr double least = 1e-12;
    for (std::size_t i = 0; i < m_dimensions && m_all.n > 0; ++i) {
        m_all.values[i] /= m_all.n;
        m_deviations[i] = std::sqrt(std::max(m_deviations[i] / m_all.n, least));
    }
}

std::optional<double> OutputReference::distance(int classIndex, std::span<const float> output) const
{
    const Sum& own = m_classes.at(static_cast<std::size_t>(classIndex));
    return distanceFrom(own.n > 0 ? own : m_all, 1, output);
}

std::optional<double> OutputReference::distanceWithout(int classIndex, std::span<const float> output) const
{
    const Sum& own = m_classes.at(static_cast<std::size_t>(classIndex));
    // Without x, the mean of n moves from x by n / (n - 1) of what it was away.
    return own.n > 1 ? distanceFrom(own, own.n / (own.n - 1.0), output) : distanceFrom(m_all, 1, output);
}

std::optional<double> OutputReference::distanceFrom(const Sum& mean, double weight, std::span<const float> output) const
{
    if (m_all.n < 2 || m_deviations.empty())
        return std::nullopt;
    double sum = 0;
    for (std::size_t i = 0; i < m_dimensions; ++i) {
        const double deviation = (output[i] - mean.values[i]) / m_deviations[i];
        sum += deviation * deviation;
    }
    return weight * std::sqrt(sum / static_cast<double>(m_dimensions));
}

double areaUnderRoc(std::span<const double> known, std::span<const double> unusual)
{
    if (known.empty() || unusual.empty())
        return 0.5;
    std::vector<double> sorted(known.begin(), known.end());
    std::ranges::sort(sorted);
    double higher = 0;
    for (const double value : unusual) {
        const auto [first, last] = std::ranges::equal_range(sorted, value);
        higher += static_cast<double>(first - sorted.begin()) + 0.5 * static_cast<double>(last - first);
    }
    return higher / (static_cast<double>(known.size()) * static_cast<double>(unusual.size()));
}

double thresholdFor(std::vector<double> known, double coverage)
{
    if (known.empty() || !(coverage > 0 && coverage <= 1))
        throw Error(ErrorCode::BadArgument, "threshold", "expected known pictures and a coverage above 0 up to 1");
    std::ranges::sort(known);
    const auto rank = static_cast<std::size_t>(std::ceil(coverage * static_cast<double>(known.size())));
    return known[std::clamp<std::size_t>(rank, 1, known.size()) - 1];
}

Separation separationOf(std::span<const double> fitted, std::span<const double> known, std::span<const double> unusual,
                        double coverage, std::uint64_t seed)
{
    Separation result;
    result.area = areaUnderRoc(known, unusual);
    result.threshold = thresholdFor({fitted.begin(), fitted.end()}, coverage);
    result.coverage = shareUpTo(known, result.threshold);
    result.falseAlarms = shareUpTo(unusual, result.threshold);
    if (known.empty() || unusual.empty())
        return result;
    RandomStream random(seed);
    std::vector<double> areas(bootstrapSamples);
    for (double& area : areas) {
        const std::vector<double> sample = resampled(known, random);
        area = areaUnderRoc(sample, resampled(unusual, random));
    }
    std::ranges::sort(areas);
    constexpr std::size_t tail = bootstrapSamples / 40; // 2.5 percent
    result.interval = {areas[tail], areas[bootstrapSamples - 1 - tail]};
    return result;
}

std::vector<CoveragePoint> coverageCurve(std::span<const double> scores, const std::vector<bool>& isCorrect)
{
    std::vector<std::size_t> order(scores.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, {}, [&scores](std::size_t i) { return scores[i]; });
    std::vector<CoveragePoint> points;
    constexpr int steps = 10;
    std::size_t taken = 0;
    int correct = 0;
    for (int step = 1; step <= steps && !order.empty(); ++step) {
        const std::size_t until = std::max<std::size_t>(order.size() * static_cast<std::size_t>(step) / steps, 1);
        for (; taken < until; ++taken)
            correct += isCorrect[order[taken]];
        points.push_back({static_cast<double>(step) / steps, static_cast<double>(correct) / static_cast<double>(taken),
                          static_cast<int>(taken)});
    }
    return points;
}

} // namespace ocellus

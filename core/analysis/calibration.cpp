// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/calibration.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

#include "core/analysis/evaluation.h"
#include "core/base/error.h"
#include "core/base/random.h"

namespace ocellus {

namespace {

PictureOutcome outcomeAt(const LabelledLogits& picture, double temperature)
{
    std::vector<float> logits = picture.logits;
    for (float& logit : logits)
        logit = static_cast<float>(logit / temperature);
    return outcomeOf(logits, picture.trueClass);
}

double lossAt(std::span<const LabelledLogits> pictures, double temperature)
{
    double sum = 0;
    for (const LabelledLogits& picture : pictures)
        sum += outcomeAt(picture, temperature).loss;
    return sum / static_cast<double>(pictures.size());
}

} // namespace

Reliability reliabilityOf(std::span<const LabelledLogits> pictures, double temperature, int bins)
{
    if (!(temperature > 0) || !std::isfinite(temperature) || bins < 1)
        throw Error(ErrorCode::BadArgument, "calibration",
                    "expected a positive temperature and bins, got " + std::to_string(temperature) + " and " +
                        std::to_string(bins));
    Reliability result;
    result.n = static_cast<int>(pictures.size());
    std::vector<int> correct(static_cast<std::size_t>(bins));
    result.bins.resize(static_cast<std::size_t>(bins));
    for (const LabelledLogits& picture : pictures) {
        const PictureOutcome outcome = outcomeAt(picture, temperature);
        const int bin = std::clamp(static_cast<int>(std::ceil(outcome.probability * bins)) - 1, 0, bins - 1);
        ReliabilityBin& into = result.bins[static_cast<std::size_t>(bin)];
        ++into.n;
        into.confidence += outcome.probability;
        correct[static_cast<std::size_t>(bin)] += outcome.isCorrect();
        result.loss += outcome.loss / result.n;
    }
    for (std::size_t i = 0; i < result.bins.size(); ++i) {
        ReliabilityBin& bin = result.bins[i];
        bin.low = static_cast<double>(i) / bins;
        bin.high = static_cast<double>(i + 1) / bins;
        bin.interval = wilsonInterval(correct[i], bin.n);
        if (bin.n == 0)
            continue;
        bin.confidence /= bin.n;
        bin.accuracy = static_cast<double>(correct[i]) / bin.n;
        result.error += std::abs(bin.accuracy - bin.confidence) * bin.n / result.n;
    }
    return result;
}

double fittedTemperature(std::span<const LabelledLogits> pictures)
{
    if (pictures.empty())
        return 1;
    // The loss has one minimum in 1 / T; golden sections of log T close in on it.
    constexpr double golden = 0.6180339887498949;
    constexpr double widest = 20;
    constexpr int steps = 40;
    double low = -std::log(widest);
    double high = std::log(widest);
    const auto loss = [&](double logarithm) { return lossAt(pictures, std::exp(logarithm)); };
    double left = high - golden * (high - low);
    double right = low + golden * (high - low);
    double atLeft = loss(left);
    double atRight = loss(right);
    for (int step = 0; step < steps; ++step) {
        if (atLeft < atRight) {
            high = std::exchange(right, left);
            atRight = atLeft;
            left = high - golden * (high - low);
            atLeft = loss(left);
        } else {
            low = std::exchange(left, right);
            atLeft = atRight;
            right = low + golden * (high - low);
            atRight = loss(right);
        }
    }
    return std::exp((low + high) / 2);
}

std::vector<bool> drawnHalf(std::size_t count, std::uint64_t seed)
{
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), 0);
    RandomStream random{seed, count};
    for (std::size_t left = count; left > 1; --left)
        std::swap(order[left - 1], order[static_cast<std::size_t>(random.below(static_cast<int>(left)))]);
    std::vector<bool> isFirst(count);
    for (std::size_t i = 0; i < count / 2; ++i)
        isFirst[order[i]] = true;
    return isFirst;
}

std::optional<Calibration> calibrate(const std::vector<LabelledLogits>& pictures, std::uint64_t seed)
{
    if (pictures.size() < static_cast<std::size_t>(Calibration::fewest))
        return std::nullopt;
    const std::vector<bool> isFitted = drawnHalf(pictures.size(), seed);
    std::vector<LabelledLogits> fitted, reported;
    for (std::size_t i = 0; i < pictures.size(); ++i)
        (isFitted[i] ? fitted : reported).push_back(pictures[i]);
    Calibration result;
    result.fitted = static_cast<int>(fitted.size());
    result.temperature = fittedTemperature(fitted);
    result.before = reliabilityOf(reported);
    result.after = reliabilityOf(reported, result.temperature);
    return result;
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/rise_fit.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

#include "core/analysis/rank_correlation.h"
#include "core/base/error.h"
#include "core/explain/ridge_fit.h"
#include "core/explain/rise_surrogate.h"

namespace ocellus {

namespace {

constexpr int bandsMoreThanCells = 3; ///< finer than a mask's cells, of which the shift is another each time
constexpr int fewestMasks = 3, fewestForSurrogate = 300;
constexpr std::size_t folds = 3;
constexpr int rounds = 3;          ///< in which parts are weighed by what they came to
constexpr double leastRoom = 0.02; ///< of the mean square of the weights

/// How much a part may be worth, as its own neighbourhood tells: their mean square, 1 in the mean. None where all is 0.
std::vector<double> roomOf(const std::vector<double>& weights, std::size_t bands)
{
    std::vector<double> room(weights.size());
    double mean = 0;
    for (std::size_t y = 0; y < bands; ++y)
        for (std::size_t x = 0; x < bands; ++x) {
            double sum = 0;
            int count = 0;
            for (std::size_t v = y > 0 ? y - 1 : 0; v < std::min(bands, y + 2); ++v)
                for (std::size_t u = x > 0 ? x - 1 : 0; u < std::min(bands, x + 2); ++u, ++count)
                    sum += weights[v * bands + u] * weights[v * bands + u];
            room[y * bands + x] = sum / count;
            mean += sum / count / static_cast<double>(weights.size());
        }
    if (!(mean > 0))
        return {};
    for (double& value : room)
        value = std::sqrt(value / mean + leastRoom);
    return room;
}

} // namespace

RiseFit::RiseFit(Size size, const RiseRecipe& recipe, std::size_t classes)
    : m_size(size),
      m_bands(static_cast<std::size_t>(std::min({recipe.grid + bandsMoreThanCells, size.width, size.height}))),
      m_p1(recipe.p1),
      m_masks(size, recipe),
      m_scores(classes)
{
    m_down = m_masks.likeness(size.height, static_cast<int>(m_bands));
    m_across = m_masks.likeness(size.width, static_cast<int>(m_bands));
}

std::vector<double> RiseFit::partsOf(std::span<const float> mask) const
{
    const auto height = static_cast<std::size_t>(m_size.height), width = static_cast<std::size_t>(m_size.width);
    std::vector<std::size_t> across(width); // each column's band
    for (std::size_t x = 0; x < width; ++x)
        across[x] = x * m_bands / width;
    std::vector<double> sums(m_bands * m_bands), pixels(m_bands * m_bands);
    for (std::size_t y = 0; y < height; ++y) {
        const std::size_t row = y * m_bands / height * m_bands;
        for (std::size_t x = 0; x < width; ++x) {
            sums[row + across[x]] += static_cast<double>(mask[y * width + x]);
            ++pixels[row + across[x]];
        }
    }
    for (std::size_t part = 0; part < sums.size(); ++part)
        sums[part] = sums[part] / pixels[part] - m_p1;
    return sums;
}

void RiseFit::add(std::span<const float> mask, std::span<const float> scores)
{
    const auto pixels = static_cast<std::size_t>(m_size.width) * static_cast<std::size_t>(m_size.height);
    if (mask.size() != pixels || scores.size() != m_scores.size())
        throw Error(ErrorCode::Mismatch, "mask",
                    "expected " + std::to_string(pixels) + " pixels and " + std::to_string(m_scores.size()) +
                        " classes");
    m_parts.push_back(partsOf(mask));
    for (std::size_t c = 0; c < scores.size(); ++c)
        m_scores[c].push_back(static_cast<double>(scores[c]));
}

template <class Chosen>
RiseFit::Observed RiseFit::observed(std::size_t position, Chosen isChosen) const
{
    Observed chosen;
    for (std::size_t mask = 0; mask < m_parts.size(); ++mask)
        if (isChosen(mask)) {
            chosen.parts.push_back(&m_parts[mask]);
            chosen.scores.push_back(m_scores.at(position)[mask]);
        }
    return chosen;
}

/// What each part of the picture is worth. Most of a picture is worth next to nothing, so a part is held back the more
/// the less it and its neighbours came to before (as the adaptive lasso does, H. Zou 2006, JASA 101:1418).
std::vector<double> RiseFit::weights(const Observed& masks) const
{
    const Moments moments = momentsOf(masks.parts, masks.scores);
    const std::size_t n = moments.right.size();
    std::vector<double> weights = ridgeFit(moments);
    for (int round = 0; round < rounds; ++round) {
        const std::vector<double> room = roomOf(weights, m_bands);
        if (room.empty())
            break;
        Moments scaled = moments;
        for (std::size_t i = 0; i < n; ++i) {
            scaled.right[i] *= room[i];
            for (std::size_t j = 0; j < n; ++j)
                scaled.covariance[i * n + j] *= room[i] * room[j];
        }
        weights = ridgeFit(scaled);
        for (std::size_t i = 0; i < n; ++i)
            weights[i] *= room[i];
    }
    return weights;
}

/// Every `step`th pixel of the map, row by row.
std::vector<float> RiseFit::mapOf(const std::vector<double>& weights, std::size_t step) const
{
    const auto height = static_cast<std::size_t>(m_size.height), width = static_cast<std::size_t>(m_size.width);
    const std::size_t pixels = height * width;
    std::vector<float> map((pixels + step - 1) / step);
    std::vector<double> lines(height * m_bands); // of each row of pixels, by band across
    for (std::size_t y = 0; y < height; ++y)
        for (std::size_t down = 0; down < m_bands; ++down)
            for (std::size_t across = 0; across < m_bands; ++across)
                lines[y * m_bands + across] += m_down[y * m_bands + down] * weights[down * m_bands + across];
    for (std::size_t at = 0; at < map.size(); ++at) {
        const std::size_t y = at * step / width, x = at * step % width;
        double sum = 0;
        for (std::size_t across = 0; across < m_bands; ++across)
            sum += lines[y * m_bands + across] * m_across[x * m_bands + across];
        map[at] = static_cast<float>((1 - m_p1) * sum);
    }
    return map;
}

std::vector<float> RiseFit::saliency(std::size_t position) const
{
    const Observed all = observed(position, [](std::size_t) { return true; });
    return mapOf(masks() < fewestMasks ? std::vector<double>(m_bands * m_bands) : weights(all), 1);
}

/// From the end of the sequence, which nobody reaches; each with its complement, so that whatever is even in a mask
/// says nothing.
const std::vector<RiseFit::Parts>& RiseFit::furtherMasks()
{
    constexpr std::uint64_t first = std::uint64_t{1} << 40, pairs = 1000;
    for (std::uint64_t i = m_further.size() / 2; i < pairs; ++i) {
        m_further.push_back(partsOf(m_masks.mask(first + i)));
        m_further.push_back(m_further.back());
        for (double& part : m_further.back())
            part = 1 - 2 * m_p1 - part; // both less p1
    }
    return m_further;
}

std::vector<float> RiseFit::refined(std::size_t position, const Progress& progress)
{
    if (masks() < fewestForSurrogate)
        return saliency(position);
    Observed rest = observed(position, [](std::size_t) { return true; });
    Observed further;
    for (const Parts& parts : furtherMasks())
        further.parts.push_back(&parts);
    further.scores.resize(further.parts.size());
    for (std::size_t fold = 0; fold < folds; ++fold) {
        progress.throwIfStopped();
        // Masks come in fours where complements are taken, which belong together.
        const auto isInFold = [fold](std::size_t mask) { return mask / 4 % folds == fold; };
        const Observed others = observed(position, [&](std::size_t mask) { return !isInFold(mask); });
        const std::vector<double> room = roomOf(weights(others), m_bands);
        if (room.empty()) // nothing is worth anything
            return saliency(position);
        const RiseSurrogate surrogate(others.parts, others.scores, room);
        for (std::size_t mask = 0; mask < rest.parts.size(); ++mask)
            if (isInFold(mask))
                rest.scores[mask] -= surrogate.at(*rest.parts[mask]);
        progress.throwIfStopped();
        for (std::size_t mask = 0; mask < further.parts.size(); ++mask)
            further.scores[mask] += surrogate.at(*further.parts[mask]) / folds;
    }
    std::vector<double> all = leastSquaresFit(momentsOf(further.parts, further.scores));
    // Of what the surrogate missed every part is as likely to be worth something.
    std::ranges::transform(all, ridgeFit(momentsOf(rest.parts, rest.scores)), all.begin(), std::plus());
    return mapOf(all, 1);
}

double RiseFit::agreement(std::size_t position) const
{
    if (masks() < 2 * fewestMasks)
        return 0;
    constexpr std::size_t enough = 8000;
    const auto pixels = static_cast<std::size_t>(m_size.width) * static_cast<std::size_t>(m_size.height);
    const std::size_t step = (pixels / enough) | 1U; // odd, so that they do not stand in columns
    const auto half = [&](std::size_t which) {
        return mapOf(weights(observed(position, [which](std::size_t mask) { return mask % 2 == which; })), step);
    };
    return rankCorrelation(half(0), half(1));
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/rise_sum.h"

#include <string>

#include "core/analysis/rank_correlation.h"
#include "core/base/error.h"

namespace ocellus {

namespace {

/// Every few pixels of a large map; an odd step, so that they do not stand in columns.
std::vector<float> thinned(const std::vector<float>& map)
{
    constexpr std::size_t enough = 8000;
    const std::size_t step = (map.size() / enough) | 1U;
    std::vector<float> some;
    for (std::size_t pixel = 0; pixel < map.size(); pixel += step)
        some.push_back(map[pixel]);
    return some;
}

} // namespace

RiseSum::RiseSum(std::size_t pixels, std::size_t classes, double p1) : m_p1(p1)
{
    for (Half& half : m_halves) {
        half.mask.resize(pixels);
        half.weighed.assign(classes, std::vector<double>(pixels));
        half.probability.resize(classes);
    }
}

void RiseSum::add(std::span<const float> mask, std::span<const float> probabilities)
{
    Half& half = m_halves[static_cast<std::size_t>(masks() % 2)];
    if (mask.size() != half.mask.size() || probabilities.size() != half.probability.size())
        throw Error(ErrorCode::Mismatch, "mask",
                    "expected " + std::to_string(half.mask.size()) + " pixels and " +
                        std::to_string(half.probability.size()) + " classes");
    ++half.masks;
    for (std::size_t i = 0; i < mask.size(); ++i)
        half.mask[i] += static_cast<double>(mask[i]);
    for (std::size_t c = 0; c < probabilities.size(); ++c) {
        const auto p = static_cast<double>(probabilities[c]);
        half.probability[c] += p;
        for (std::size_t i = 0; i < mask.size(); ++i)
            half.weighed[c][i] += p * static_cast<double>(mask[i]);
    }
}

std::vector<float> RiseSum::saliencyOf(const Half& half, std::size_t position, bool centred, double p1)
{
    const std::vector<double>& weighed = half.weighed.at(position);
    std::vector<float> map(weighed.size());
    if (half.masks == 0)
        return map;
    const double mean = centred ? half.probability[position] / half.masks : 0;
    for (std::size_t i = 0; i < map.size(); ++i)
        map[i] = static_cast<float>((weighed[i] - mean * half.mask[i]) / (half.masks * p1));
    return map;
}

std::vector<float> RiseSum::saliency(std::size_t position, bool centred) const
{
    Half whole = m_halves[0];
    const Half& other = m_halves[1];
    whole.masks += other.masks;
    whole.probability.at(position) += other.probability[position];
    for (std::size_t i = 0; i < whole.mask.size(); ++i) {
        whole.mask[i] += other.mask[i];
        whole.weighed[position][i] += other.weighed[position][i];
    }
    return saliencyOf(whole, position, centred, m_p1);
}

double RiseSum::agreement(std::size_t position) const
{
    if (m_halves[1].masks < 2)
        return 0;
    return rankCorrelation(thinned(saliencyOf(m_halves[0], position, true, m_p1)),
                           thinned(saliencyOf(m_halves[1], position, true, m_p1)));
}

} // namespace ocellus

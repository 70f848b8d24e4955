// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/rise_fit.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>

#include "core/analysis/rank_correlation.h"
#include "core/base/error.h"

namespace ocellus {

namespace {

constexpr int bandsMoreThanCells = 3; ///< finer than a mask's cells, of which the shift is another each time
constexpr int fewestMasks = 3;
constexpr double leastPenalty = 1e-3, penaltyStep = 3.1622776601683795; ///< of the mean variance of a part
constexpr int penalties = 13;

/// A symmetric positive definite matrix [n, n] as L L^T; false where it is none. Only lower triangles are looked at.
bool factorise(std::vector<double>& matrix, std::size_t n)
{
    for (std::size_t j = 0; j < n; ++j)
        for (std::size_t i = j; i < n; ++i) {
            double sum = matrix[i * n + j];
            for (std::size_t k = 0; k < j; ++k)
                sum -= matrix[i * n + k] * matrix[j * n + k];
            if (i == j && !(sum > 0))
                return false;
            matrix[i * n + j] = i == j ? std::sqrt(sum) : sum / matrix[j * n + j];
        }
    return true;
}

std::vector<double> solved(const std::vector<double>& factor, std::vector<double> right)
{
    const std::size_t n = right.size();
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < i; ++k)
            right[i] -= factor[i * n + k] * right[k];
        right[i] /= factor[i * n + i];
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t k = i + 1; k < n; ++k)
            right[i] -= factor[k * n + i] * right[k];
        right[i] /= factor[i * n + i];
    }
    return right;
}

/// Of the inverse of L L^T: the squares of L's own inverse.
double traceOfInverse(const std::vector<double>& factor, std::size_t n)
{
    double trace = 0;
    std::vector<double> column(n);
    for (std::size_t j = 0; j < n; ++j)
        for (std::size_t i = j; i < n; ++i) {
            double sum = i == j ? 1 : 0;
            for (std::size_t k = j; k < i; ++k)
                sum -= factor[i * n + k] * column[k];
            column[i] = sum / factor[i * n + i];
            trace += column[i] * column[i];
        }
    return trace;
}

double dot(const std::vector<double>& a, const std::vector<double>& b)
{
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += a[i] * b[i];
    return sum;
}

} // namespace

RiseFit::RiseFit(Size size, const RiseRecipe& recipe, std::size_t classes)
    : m_size(size),
      m_bands(static_cast<std::size_t>(std::min({recipe.grid + bandsMoreThanCells, size.width, size.height}))),
      m_p1(recipe.p1)
{
    const RiseMasks masks(size, recipe);
    m_down = masks.likeness(size.height, static_cast<int>(m_bands));
    m_across = masks.likeness(size.width, static_cast<int>(m_bands));
    const std::size_t parts = m_bands * m_bands;
    for (Half& half : m_halves) {
        half.parts.resize(parts);
        half.products.resize(parts * parts);
        half.probability.resize(classes);
        half.squares.resize(classes);
        half.weighed.assign(classes, std::vector<double>(parts));
    }
}

std::vector<double> RiseFit::partsOf(std::span<const float> mask) const
{
    const auto height = static_cast<std::size_t>(m_size.height), width = static_cast<std::size_t>(m_size.width);
    std::vector<double> sums(m_bands * m_bands), pixels(m_bands * m_bands);
    for (std::size_t y = 0; y < height; ++y)
        for (std::size_t x = 0; x < width; ++x) {
            const std::size_t part = y * m_bands / height * m_bands + x * m_bands / width;
            sums[part] += static_cast<double>(mask[y * width + x]) - m_p1;
            ++pixels[part];
        }
    for (std::size_t part = 0; part < sums.size(); ++part)
        sums[part] /= pixels[part];
    return sums;
}

void RiseFit::add(std::span<const float> mask, std::span<const float> probabilities)
{
    Half& half = m_halves[static_cast<std::size_t>(masks() % 2)];
    const auto pixels = static_cast<std::size_t>(m_size.width) * static_cast<std::size_t>(m_size.height);
    if (mask.size() != pixels || probabilities.size() != half.probability.size())
        throw Error(ErrorCode::Mismatch, "mask",
                    "expected " + std::to_string(pixels) + " pixels and " + std::to_string(half.probability.size()) +
                        " classes");
    const std::vector<double> parts = partsOf(mask);
    ++half.masks;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        half.parts[i] += parts[i];
        for (std::size_t j = 0; j <= i; ++j)
            half.products[i * parts.size() + j] += parts[i] * parts[j];
    }
    for (std::size_t c = 0; c < probabilities.size(); ++c) {
        const auto p = static_cast<double>(probabilities[c]);
        half.probability[c] += p;
        half.squares[c] += p * p;
        for (std::size_t i = 0; i < parts.size(); ++i)
            half.weighed[c][i] += p * parts[i];
    }
}

/// What each part of the picture is worth.
std::vector<double> RiseFit::weights(const Half& half, std::size_t position) const
{
    const std::size_t n = half.parts.size();
    const double masks = half.masks;
    const double mean = half.probability.at(position) / masks;
    const double variance = half.squares[position] - masks * mean * mean;
    std::vector<double> covariance = half.products, right = half.weighed[position];
    double size = 0;
    for (std::size_t i = 0; i < n; ++i) {
        right[i] -= mean * half.parts[i];
        for (std::size_t j = 0; j <= i; ++j)
            covariance[i * n + j] -= half.parts[i] * half.parts[j] / masks;
        size += covariance[i * n + i] / static_cast<double>(n);
    }
    std::vector<double> best(n);
    double least = std::numeric_limits<double>::infinity();
    for (int step = 0; step < penalties; ++step) {
        const double penalty = size * leastPenalty * std::pow(penaltyStep, step);
        std::vector<double> factor = covariance;
        for (std::size_t i = 0; i < n; ++i)
            factor[i * n + i] += penalty;
        if (!factorise(factor, n))
            continue;
        std::vector<double> fitted = solved(factor, right);
        // |p - fit|^2, with (covariance + penalty) fitted = right.
        const double rest = variance - dot(fitted, right) - penalty * dot(fitted, fitted);
        const double freedom = static_cast<double>(n) - penalty * traceOfInverse(factor, n);
        const double left = masks - 1 - freedom;
        const double score = left > 0 ? rest / (left * left) : least;
        if (score < least) {
            least = score;
            best = std::move(fitted);
        }
    }
    return best;
}

/// Every `step`th pixel of the map, row by row.
std::vector<float> RiseFit::mapOf(const Half& half, std::size_t position, std::size_t step) const
{
    const auto height = static_cast<std::size_t>(m_size.height), width = static_cast<std::size_t>(m_size.width);
    const std::size_t pixels = height * width;
    std::vector<float> map((pixels + step - 1) / step);
    if (half.masks < fewestMasks)
        return map;
    const std::vector<double> weights = this->weights(half, position);
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
    Half whole = m_halves[0];
    const Half& other = m_halves[1];
    const auto add = [](std::vector<double>& to, const std::vector<double>& what) {
        std::ranges::transform(to, what, to.begin(), std::plus());
    };
    whole.masks += other.masks;
    add(whole.parts, other.parts);
    add(whole.products, other.products);
    add(whole.probability, other.probability);
    add(whole.squares, other.squares);
    add(whole.weighed.at(position), other.weighed.at(position));
    return mapOf(whole, position, 1);
}

double RiseFit::agreement(std::size_t position) const
{
    if (m_halves[1].masks < fewestMasks)
        return 0;
    constexpr std::size_t enough = 8000;
    const auto pixels = static_cast<std::size_t>(m_size.width) * static_cast<std::size_t>(m_size.height);
    const std::size_t step = (pixels / enough) | 1U; // odd, so that they do not stand in columns
    return rankCorrelation(mapOf(m_halves[0], position, step), mapOf(m_halves[1], position, step));
}

} // namespace ocellus

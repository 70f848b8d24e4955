// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/rise_surrogate.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ocellus {

namespace {

constexpr double leastRoom = 0.22; ///< of the largest: what has less moves the kernel by a twentieth of that
constexpr double noise = 0.4;      ///< of the kernel at no distance; what evidence chooses on most pictures
constexpr double width = 2;        ///< of the mean squared distance

/// Solves (matrix + noise) x = right by Cholesky; `matrix` [n, n] symmetric positive semidefinite is used up.
std::vector<double> solvedWithNoise(std::vector<double>& matrix, std::vector<double> right)
{
    const std::size_t n = right.size();
    for (std::size_t j = 0; j < n; ++j) {
        double* const row = matrix.data() + j * n;
        for (std::size_t i = 0; i <= j; ++i) {
            const double* const other = matrix.data() + i * n;
            const double sum = row[i] - std::inner_product(row, row + i, other, 0.0);
            row[i] = i == j ? std::sqrt(sum + noise) : sum / other[i];
        }
        right[j] = (right[j] - std::inner_product(row, row + j, right.begin(), 0.0)) / row[j];
    }
    for (std::size_t j = n; j-- > 0;) {
        right[j] /= matrix[j * n + j];
        for (std::size_t i = 0; i < j; ++i)
            right[i] -= matrix[j * n + i] * right[j];
    }
    return right;
}

} // namespace

RiseSurrogate::RiseSurrogate(const std::vector<const std::vector<double>*>& points, std::vector<double> scores,
                             const std::vector<double>& room)
{
    const double most = *std::ranges::max_element(room);
    for (std::size_t part = 0; part < room.size(); ++part)
        if (room[part] > leastRoom * most) {
            m_parts.push_back(part);
            m_scales.push_back(room[part]);
        }
    const std::size_t n = points.size(), parts = m_parts.size();
    for (const std::vector<double>* point : points) {
        const std::vector<float> values = scaled(*point);
        m_points.insert(m_points.end(), values.begin(), values.end());
    }
    m_width = 0; // the kernel is the bare distance
    std::vector<double> matrix(n * n);
    double distance = 0;
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < i; ++j) {
            matrix[i * n + j] = kernel(&m_points[i * parts], &m_points[j * parts]);
            distance += 2 * matrix[i * n + j] / static_cast<double>(n * n);
        }
    m_width = width * distance;
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < i; ++j)
            matrix[i * n + j] = m_width > 0 ? std::exp(-matrix[i * n + j] / m_width) : 1;
        matrix[i * n + i] = 1;
    }
    m_mean = std::accumulate(scores.begin(), scores.end(), 0.0) / static_cast<double>(n);
    for (double& score : scores)
        score -= m_mean;
    m_factors = solvedWithNoise(matrix, std::move(scores));
}

std::vector<float> RiseSurrogate::scaled(const std::vector<double>& point) const
{
    std::vector<float> values;
    for (std::size_t i = 0; i < m_parts.size(); ++i)
        values.push_back(static_cast<float>(point[m_parts[i]] * m_scales[i]));
    return values;
}

/// Before the width is known the squared distance.
double RiseSurrogate::kernel(const float* a, const float* b) const
{
    float distance = 0;
    for (std::size_t i = 0; i < m_parts.size(); ++i)
        distance += (a[i] - b[i]) * (a[i] - b[i]);
    return m_width > 0 ? std::exp(-static_cast<double>(distance) / m_width) : static_cast<double>(distance);
}

double RiseSurrogate::at(const std::vector<double>& point) const
{
    const std::vector<float> values = scaled(point);
    double sum = m_mean;
    for (std::size_t i = 0; i < m_factors.size(); ++i)
        sum += m_factors[i] * kernel(values.data(), &m_points[i * m_parts.size()]);
    return sum;
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/ridge_fit.h"

#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <utility>

namespace ocellus {

namespace {

constexpr double leastPenalty = 1e-3, penaltyStep = 3.1622776601683795; ///< of the mean variance of a part
constexpr int penalties = 13;

double dot(const std::vector<double>& a, const std::vector<double>& b)
{
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += a[i] * b[i];
    return sum;
}

/// A symmetric matrix [n, n] as Q T Q^T with T tridiagonal (A. S. Householder 1958, J. ACM 5:339), so that adding to
/// its diagonal and solving costs no more than a vector does.
class Tridiagonal {
public:
    Tridiagonal(std::vector<double> matrix, std::size_t n) : m_n(n), m_reflections(n > 2 ? n - 2 : 0)
    {
        for (std::size_t k = 0; k + 2 < n; ++k)
            reflect(matrix, k);
        for (std::size_t i = 0; i < n; ++i) {
            m_diagonal.push_back(matrix[i * n + i]);
            if (i > 0)
                m_below.push_back(matrix[i * n + i - 1]);
        }
    }

    /// Q^T x.
    std::vector<double> turned(std::vector<double> x) const
    {
        for (const std::vector<double>& v : m_reflections)
            mirror(x, v);
        return x;
    }

    /// Q x.
    std::vector<double> turnedBack(std::vector<double> x) const
    {
        for (auto v = m_reflections.rbegin(); v != m_reflections.rend(); ++v)
            mirror(x, *v);
        return x;
    }

    /// (T + shift)^-1, applied to `right`, and its trace; nothing where that is not positive definite.
    struct Solved {
        std::vector<double> x;
        double trace = 0;
    };
    std::optional<Solved> solved(double shift, std::vector<double> right) const
    {
        std::vector<double> down(m_n), up(m_n); // pivots from either end
        for (std::size_t i = 0; i < m_n; ++i) {
            down[i] = m_diagonal[i] + shift - (i > 0 ? m_below[i - 1] * m_below[i - 1] / down[i - 1] : 0);
            if (!(down[i] > 0))
                return std::nullopt;
        }
        Solved result;
        for (std::size_t i = m_n; i-- > 0;) {
            up[i] = m_diagonal[i] + shift - (i + 1 < m_n ? m_below[i] * m_below[i] / up[i + 1] : 0);
            result.trace += 1 / (down[i] + up[i] - m_diagonal[i] - shift);
        }
        for (std::size_t i = 1; i < m_n; ++i)
            right[i] -= m_below[i - 1] / down[i - 1] * right[i - 1];
        for (std::size_t i = m_n; i-- > 0;)
            right[i] = (right[i] - (i + 1 < m_n ? m_below[i] * right[i + 1] : 0)) / down[i];
        result.x = std::move(right);
        return result;
    }

private:
    static void mirror(std::vector<double>& x, const std::vector<double>& v)
    {
        const std::size_t first = x.size() - v.size();
        double sum = 0;
        for (std::size_t i = 0; i < v.size(); ++i)
            sum += v[i] * x[first + i];
        for (std::size_t i = 0; i < v.size(); ++i)
            x[first + i] -= 2 * sum * v[i];
    }

    /// Clears column `k` below the place under the diagonal: A becomes H A H with H = 1 - 2 v v^T.
    void reflect(std::vector<double>& matrix, std::size_t k)
    {
        const std::size_t first = k + 1, size = m_n - first;
        std::vector<double> v(size);
        double length = 0;
        for (std::size_t i = 0; i < size; ++i) {
            v[i] = matrix[(first + i) * m_n + k];
            length += v[i] * v[i];
        }
        v[0] += std::copysign(std::sqrt(length), v[0]);
        const double norm = std::sqrt(dot(v, v));
        if (!(norm > 0))
            return;
        for (double& value : v)
            value /= norm;
        std::vector<double> product(size); // A v - (v^T A v) v
        for (std::size_t i = 0; i < size; ++i)
            for (std::size_t j = 0; j < size; ++j)
                product[i] += matrix[(first + i) * m_n + first + j] * v[j];
        const double along = dot(v, product);
        for (std::size_t i = 0; i < size; ++i)
            product[i] -= along * v[i];
        for (std::size_t i = 0; i < size; ++i)
            for (std::size_t j = 0; j < size; ++j)
                matrix[(first + i) * m_n + first + j] -= 2 * (v[i] * product[j] + product[i] * v[j]);
        matrix[first * m_n + k] = -std::copysign(std::sqrt(length), matrix[first * m_n + k]);
        m_reflections[k] = std::move(v);
    }

    std::size_t m_n;
    std::vector<double> m_diagonal, m_below;
    std::vector<std::vector<double>> m_reflections; ///< of the last rows each; empty: none
};

/// Of a part in the mean.
double sizeOf(const Moments& moments)
{
    const std::size_t n = moments.right.size();
    double size = 0;
    for (std::size_t i = 0; i < n; ++i)
        size += moments.covariance[i * n + i] / static_cast<double>(n);
    return size;
}

} // namespace

Moments momentsOf(const std::vector<const std::vector<double>*>& observed, const std::vector<double>& scores)
{
    const std::size_t n = observed.front()->size();
    const auto count = static_cast<double>(observed.size());
    std::vector<double> middle(n);
    double mean = 0;
    for (std::size_t k = 0; k < observed.size(); ++k) {
        mean += scores[k] / count;
        for (std::size_t i = 0; i < n; ++i)
            middle[i] += (*observed[k])[i] / count;
    }
    Moments moments{std::vector<double>(n * n), std::vector<double>(n), 0, count};
    std::vector<double> parts(n);
    for (std::size_t k = 0; k < observed.size(); ++k) {
        const double score = scores[k] - mean;
        moments.variance += score * score;
        for (std::size_t i = 0; i < n; ++i)
            parts[i] = (*observed[k])[i] - middle[i];
        for (std::size_t i = 0; i < n; ++i) {
            moments.right[i] += score * parts[i];
            for (std::size_t j = 0; j <= i; ++j)
                moments.covariance[i * n + j] += parts[i] * parts[j];
        }
    }
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < i; ++j)
            moments.covariance[j * n + i] = moments.covariance[i * n + j];
    return moments;
}

std::vector<double> leastSquaresFit(const Moments& moments)
{
    const std::size_t n = moments.right.size();
    const Tridiagonal matrix(moments.covariance, n);
    const auto fitted = matrix.solved(leastPenalty * sizeOf(moments), matrix.turned(moments.right));
    return fitted ? matrix.turnedBack(fitted->x) : std::vector<double>(n);
}

std::vector<double> ridgeFit(const Moments& moments)
{
    const std::size_t n = moments.right.size();
    const double size = sizeOf(moments);
    const Tridiagonal matrix(moments.covariance, n);
    const std::vector<double> right = matrix.turned(moments.right);
    std::vector<double> best(n);
    double least = std::numeric_limits<double>::infinity();
    for (int step = 0; step < penalties; ++step) {
        const double penalty = size * leastPenalty * std::pow(penaltyStep, step);
        auto fitted = matrix.solved(penalty, right);
        if (!fitted)
            continue;
        // |p - fit|^2, with (covariance + penalty) fitted = right.
        const double rest = moments.variance - dot(fitted->x, right) - penalty * dot(fitted->x, fitted->x);
        const double freedom = static_cast<double>(n) - penalty * fitted->trace;
        const double left = moments.count - 1 - freedom;
        const double score = left > 0 ? rest / (left * left) : least;
        if (score < least) {
            least = score;
            best = std::move(fitted->x);
        }
    }
    return matrix.turnedBack(best);
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace ocellus {

/// What a class's score comes to for masks that nobody asked the model about, learnt from some that it was asked about:
/// regression with a Gaussian kernel over the parts of the picture that count (C. E. Rasmussen and C. K. I. Williams
/// 2006, Gaussian Processes for Machine Learning, section 2.2).
class RiseSurrogate {
public:
    /// `points` [n] of [D], `scores` [n], and how much room each of the D parts has, from 0; parts that have next to
    /// none do not count.
    RiseSurrogate(const std::vector<const std::vector<double>*>& points, std::vector<double> scores,
                  const std::vector<double>& room);

    double at(const std::vector<double>& point) const;

private:
    std::vector<float> scaled(const std::vector<double>& point) const;
    double kernel(const float* a, const float* b) const;

    std::vector<std::size_t> m_parts;
    std::vector<double> m_scales;
    std::vector<float> m_points; ///< [n, parts]
    std::vector<double> m_factors;
    double m_mean = 0;
    double m_width = 1; ///< twice the kernel's variance
};

} // namespace ocellus

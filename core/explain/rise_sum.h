// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace ocellus {

/// RISE's map of some classes as its masks come in (Petsiuk et al. 2018): sum over masks of p * mask / (masks * p1).
///
/// `centred` takes the mean of p off first: in the limit the same map but for a constant, with a fraction of the noise.
/// Masks are dealt out to two halves in turn, so that they can be compared.
class RiseSum {
public:
    /// `pixels` a mask, `classes` probabilities with each; `p1` is the share of cells that are on.
    RiseSum(std::size_t pixels, std::size_t classes, double p1);

    /// Throws Error(Mismatch) for other numbers of pixels or classes.
    void add(std::span<const float> mask, std::span<const float> probabilities);

    int masks() const { return m_halves[0].masks + m_halves[1].masks; }

    /// [pixels] of the class at this position; zeros before the first mask.
    std::vector<float> saliency(std::size_t position, bool centred) const;

    /// Rank correlation of the two halves' centred maps of the class, -1 to 1; 0 before each has two masks. Of large
    /// maps some thousand pixels are compared: the others are hardly different from their neighbours.
    double agreement(std::size_t position) const;

private:
    struct Half {
        int masks = 0;
        std::vector<double> mask;                 ///< sum of the masks, [pixels]
        std::vector<std::vector<double>> weighed; ///< by class: sum of p * mask
        std::vector<double> probability;          ///< by class: sum of p
    };

    static std::vector<float> saliencyOf(const Half& half, std::size_t position, bool centred, double p1);

    double m_p1;
    std::array<Half, 2> m_halves;
};

} // namespace ocellus

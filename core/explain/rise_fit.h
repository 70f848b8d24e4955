// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "core/explain/rise_masks.h"

namespace ocellus {

/// RISE's map of some classes from fewer masks: what the class's probability is worth, by the best linear fit to how
/// much of each part of the picture the masks let through.
///
/// RISE's centred sum tends to cov(p, mask(x)) / p1, and only the linear part of p has any covariance with the masks;
/// so the fit's covariance with mask(x), which is known exactly (see RiseMasks::likeness), tends to the same map. Left
/// out is the noise of masks that happen to go together. The fit is penalised (A. E. Hoerl and R. W. Kennard 1970,
/// Technometrics 12:55), as much as generalised cross-validation says (G. H. Golub, M. Heath and G. Wahba 1979,
/// Technometrics 21:215).
///
/// Masks are dealt out to two halves in turn, so that they can be compared.
class RiseFit {
public:
    RiseFit(Size size, const RiseRecipe& recipe, std::size_t classes);

    /// Throws Error(Mismatch) for other numbers of pixels or classes.
    void add(std::span<const float> mask, std::span<const float> probabilities);

    int masks() const { return m_halves[0].masks + m_halves[1].masks; }

    /// [height, width] of the class at this position; zeros before there are three masks.
    std::vector<float> saliency(std::size_t position) const;

    /// Rank correlation of the two halves' maps of the class, -1 to 1; 0 before each has three masks.
    double agreement(std::size_t position) const;

private:
    /// Sums over masks, of which any number can be added up.
    struct Half {
        int masks = 0;
        std::vector<double> parts;    ///< [D]
        std::vector<double> products; ///< [D, D], the lower triangle
        std::vector<double> probability, squares;
        std::vector<std::vector<double>> weighed; ///< by class: [D]
    };

    std::vector<double> partsOf(std::span<const float> mask) const;
    std::vector<double> weights(const Half& half, std::size_t position) const;
    std::vector<float> mapOf(const Half& half, std::size_t position, std::size_t step) const;

    Size m_size;
    std::size_t m_bands; ///< along each side: D is their square
    double m_p1;
    std::vector<double> m_down, m_across; ///< likeness() of the two sides
    std::array<Half, 2> m_halves;
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/base/progress.h"
#include "core/explain/rise_masks.h"

namespace ocellus {

/// RISE's map of some classes from fewer masks: what the class's score p (its probability, or what else is told of it)
/// is worth, by the best linear fit to how much of each part of the picture the masks let through.
///
/// RISE's centred sum tends to cov(p, mask(x)) / p1, and only the linear part of p has any covariance with the masks;
/// so the fit's covariance with mask(x), which is known exactly (see RiseMasks::likeness), tends to the same map. Left
/// out is the noise of masks that happen to go together. The fit is penalised (see ridgeFit()), and again with less
/// room for the parts that came to little.
///
/// Masks are dealt out to two halves in turn, so that they can be compared.
class RiseFit {
public:
    RiseFit(Size size, const RiseRecipe& recipe, std::size_t classes);

    /// Throws Error(Mismatch) for other numbers of pixels or classes.
    void add(std::span<const float> mask, std::span<const float> scores);

    int masks() const { return static_cast<int>(m_parts.size()); }

    /// [height, width] of the class at this position; zeros before there are three masks.
    std::vector<float> saliency(std::size_t position) const;

    /// The same for the last time, from hundreds of masks: a second's work. Most of what is left of the noise are
    /// scores that no linear fit explains, as where a mark counts only if the other is seen. What a surrogate of the
    /// model says of those is taken off, and the linear part of the surrogate itself, which can be asked about
    /// thousands of masks, is put in its place: a control variate. No mask's score has a share in the surrogate that it
    /// is compared with (cross-fitting), so that the map tends to what saliency() does however bad that is.
    /// Throws Error(Cancelled).
    std::vector<float> refined(std::size_t position, const Progress& progress = {});

    /// Rank correlation of the two halves' maps of the class, -1 to 1; 0 before each has three masks.
    double agreement(std::size_t position) const;

private:
    using Parts = std::vector<double>; ///< [D]
    /// Masks and the class's scores with them.
    struct Observed {
        std::vector<const Parts*> parts;
        std::vector<double> scores;
    };

    Parts partsOf(std::span<const float> mask) const;
    template <class Chosen>
    Observed observed(std::size_t position, Chosen isChosen) const;
    std::vector<double> weights(const Observed& masks) const;
    const std::vector<Parts>& furtherMasks();
    std::vector<float> mapOf(const std::vector<double>& weights, std::size_t step) const;

    Size m_size;
    std::size_t m_bands; ///< along each side: D is their square
    double m_p1;
    std::vector<double> m_down, m_across; ///< likeness() of the two sides
    RiseMasks m_masks;
    std::vector<Parts> m_parts;                ///< of each mask so far
    std::vector<std::vector<double>> m_scores; ///< by class
    std::vector<Parts> m_further;              ///< of masks that the model is not asked about
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/explain/causal_curve.h"
#include "core/explain/model_probe.h"
#include "core/explain/source_map.h"

namespace ocellus {

/// How insertion and deletion are measured. Without all of it an area means nothing.
struct FaithfulnessRecipe {
    enum class Unit {
        Cells, ///< of the explained model's grid, whatever the map's own
        Pixels ///< of the judge's input
    };

    Unit unit = Unit::Cells;
    std::size_t perStep = 1; ///< cells or pixels at a time
    Substrate deletion = Substrate::Zero;
    Substrate insertion = Substrate::Blur;
    int randomOrders = 20;
    std::uint64_t seed = 0;

    bool operator==(const FaithfulnessRecipe&) const = default;
};

/// "cells, 1 a step, deletion zero, insertion blur"
std::string toString(const FaithfulnessRecipe& recipe);

/// Both curves of one order, with the areas under them.
struct CausalPair {
    std::vector<double> deletion;
    std::vector<double> insertion;
    double deletionArea = 0;  ///< the lower, the better
    double insertionArea = 0; ///< the higher, the better
};

/// Insertion and deletion of one picture before one judge: of maps, and of the orders that know nothing of the model.
///
/// The score is the probability, by the judge, of the class that it gives the untouched picture itself.
class FaithfulnessMeasure {
public:
    /// `judge` outlives it; `input` is the picture through the judge's preprocessing; `grid` are the explained model's
    /// cells on the picture. Asks the judge once.
    FaithfulnessMeasure(ModelProbe& judge, const ModelInput& input, const CellGeometry& grid,
                        const FaithfulnessRecipe& recipe, const Progress& progress = {});

    int judgedClass() const { return m_class; }
    double probability() const { return m_probability; } ///< of the untouched picture
    std::size_t steps() const;                           ///< of each curve; it has one value more

    /// Throws Error: BadArgument for a map with a value that is not finite, Cancelled, Device, as all of these.
    CausalPair of(const SourceMap& map, const Progress& progress = {}) const;
    CausalPair reversed(const SourceMap& map, const Progress& progress = {}) const;
    /// The middle of the picture first.
    CausalPair centre(const Progress& progress = {}) const;
    /// The n-th order drawn at random.
    CausalPair random(int n, const Progress& progress = {}) const;

    /// The map's mean over the pixels of each of the grid's cells, or with Unit::Pixels its values at each pixel,
    /// between cells' centres mixed bilinearly.
    std::vector<float> unitValues(const SourceMap& map) const;

    // The pixels that are exchanged at each step, for playing the curve.
    PixelGroups groups(const SourceMap& map) const;
    PixelGroups reversedGroups(const SourceMap& map) const;
    PixelGroups centreGroups() const;
    PixelGroups randomGroups(int n) const;

private:
    PixelGroups grouped(const std::vector<std::size_t>& order) const;
    CausalPair pair(const PixelGroups& groups, const Progress& progress) const;
    std::size_t units() const;

    ModelProbe& m_judge;
    const ModelInput& m_input;
    CellGeometry m_grid;
    FaithfulnessRecipe m_recipe;
    std::vector<std::size_t> m_owners; ///< the cell of each pixel, or the pixel itself
    int m_class = 0;
    double m_probability = 0;
};

} // namespace ocellus

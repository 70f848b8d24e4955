// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/explain/evidence_trial.h"
#include "core/explain/faithfulness.h"

namespace ocellus {

/// How curves are measured before a user, who waits: coarser than over a folder.
struct CurveRecipe {
    int steps = 8;          ///< of a curve, at most; 2 and more
    int randomOrders = 159; ///< enough to tell among eight heads
    Substrate deletion = Substrate::Zero;
    Substrate insertion = Substrate::Blur;
    std::uint64_t seed = 0;

    /// "deletion=zero insertion=blur random=159 seed=0 steps=8"
    std::string text() const;
    /// Throws Error(BadArgument).
    static CurveRecipe of(std::string_view text);

    bool operator==(const CurveRecipe&) const = default;
};

/// What all curves of one picture share: the judge's own class, and the curves of orders that know nothing of it, which
/// are walked once.
class CurveGround {
public:
    /// The model judges itself, cell by cell of a map's grid.
    CurveGround(std::shared_ptr<const ModelInput> input, const CellGeometry& grid, const CurveRecipe& recipe);

    const CurveRecipe& recipe() const { return m_recipe; }
    const ModelInput& input() const { return *m_input; }
    Substrate substrate(CausalMode mode) const;
    /// Asks the judge once. Throws as FaithfulnessMeasure.
    const FaithfulnessMeasure& measure(ModelProbe& probe, const Progress& progress);

private:
    friend class CurveTrial;

    std::shared_ptr<const ModelInput> m_input;
    CellGeometry m_grid;
    CurveRecipe m_recipe;
    std::optional<FaithfulnessMeasure> m_measure;
    std::map<std::pair<CausalMode, int>, std::vector<double>> m_curves; ///< of random orders, and of the centre as -1
    std::map<std::pair<CausalMode, bool>, double> m_ends;               ///< of any curve: true for its beginning
};

/// A map's insertion or deletion curve, beside those of random orders, of the picture's middle and of the map reversed.
class CurveTrial : public EvidenceTrial {
public:
    /// Throws Error(BadArgument) for a map in which no place stands out.
    CurveTrial(std::shared_ptr<CurveGround> ground, SourceMap map, CausalMode mode);

    std::size_t steps() const override { return m_todo; }
    std::size_t done() const override { return m_done; }
    void step(ModelProbe& probe, const Progress& progress) override;
    Finding finding() const override;

private:
    /// Which order a curve is of: the map, the map reversed, or as in CurveGround.
    static constexpr int ofMap = -3, ofReversed = -2, ofCentre = -1;

    bool isShared(int order) const { return order >= ofCentre; }
    PixelGroups groupsOf(int order, const FaithfulnessMeasure& measure) const;
    double scoreAt(std::size_t point, const FaithfulnessMeasure& measure, ModelProbe& probe, const Progress& progress);
    const std::vector<double>& curve(int order) const;

    std::shared_ptr<CurveGround> m_ground;
    SourceMap m_map;
    CausalMode m_mode;
    std::vector<int> m_orders; ///< that are to be walked
    std::size_t m_points;      ///< of a curve
    std::size_t m_todo;
    std::size_t m_done = 0;
    PixelGroups m_groups; ///< of the order that is walked now
    std::vector<double> m_walked;
    std::map<int, std::vector<double>> m_own;
};

} // namespace ocellus

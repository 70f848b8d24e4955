// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/explain/evidence_trial.h"
#include "core/explain/source_map.h"
#include "core/explain/source_settings.h"
#include "core/explain/substrate.h"
#include "core/image/model_input.h"

namespace ocellus {

/// How the most looked-at part of a picture is taken away.
struct CoverRecipe {
    double share = 0.05; ///< of the cells, above 0 and below 0.5
    int controls = 199;  ///< regions of the same shape elsewhere: enough to tell among eight heads
    int enough = 10;     ///< controls that did as much end the test; 0: it goes on to the last
    Substrate substrate = Substrate::Zero;
    bool onAnimal = true; ///< controls lie on the animal as the part does, else anywhere
    std::uint64_t seed = 0;

    /// "controls=199 enough=10 place=animal seed=0 share=0.05 substrate=zero"
    std::string text() const;
    /// Throws Error(BadArgument).
    static CoverRecipe of(std::string_view text);

    bool operator==(const CoverRecipe&) const = default;
};

/// Covers the cells with a map's highest values, on the map's own grid, then the same shape, also mirrored, elsewhere
/// on it (around its edges), overlapping less than half. Once `enough` controls did as much it stops: their share of
/// those that were asked about is p as it stands (J. Besag and P. Clifford 1991, Biometrika 78:301).
class CoverTrial : public EvidenceTrial {
public:
    /// `animal` says of each of the map's cells how much of it is on the animal, 0 to 1: a control lies there as much
    /// as the part itself, or by half. Asked for only where the recipe wants it; without one, or where it covers
    /// nothing, the recipe that is told of is that of anywhere. Where no place is left there are no controls and p is
    /// 1. Throws Error: BadArgument for a recipe out of its ranges or a map in which no place stands out, Mismatch for
    /// another number of cells.
    CoverTrial(std::shared_ptr<const ModelInput> input, SourceMap map, const CoverRecipe& recipe,
               const std::vector<double>& animal = {});

    std::size_t steps() const override { return m_controls.size() + 2; }
    std::size_t done() const override { return m_isOver ? steps() : m_done; }
    void step(ModelProbe& probe, const Progress& progress) override;
    Finding finding() const override;

private:
    using Region = std::set<std::size_t>; ///< cells

    void drawControls(const std::vector<double>& animal);
    std::vector<float> covered(const Region& region) const;

    std::shared_ptr<const ModelInput> m_input;
    SourceMap m_map;
    CoverRecipe m_recipe;
    std::vector<float> m_whole;        ///< covered everywhere
    std::vector<std::size_t> m_owners; ///< the cell of each pixel
    Region m_region;
    std::vector<Region> m_controls;
    std::size_t m_done = 0;
    bool m_isOver = false;
    double m_logit = 0; ///< of the untouched picture
    Finding m_finding;
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/explain/curve_trial.h"
#include "core/explain/evidence_sheet.h"
#include "core/explain/evidence_trial.h"
#include "core/explain/source_table.h"

namespace ocellus {

/// The maps of one class in one picture, and the tests that they can be put to.
class EvidenceBench {
public:
    struct Subject {
        std::shared_ptr<const Picture> picture; ///< with its edits
        PreprocessOptions preprocess;
        std::shared_ptr<const ModelInput> input; ///< the picture through it
        std::shared_ptr<const Encoding> encoding;
        std::shared_ptr<const Decoding> decoding; ///< of all classes, nothing taken away
        int classIndex = 0;
        int layer = 0; ///< from 0; of the maps that are of one, see isOfLayer()
        /// Maps that are there already, of one class and `knownSource`, as EvidenceMap has it: making some takes
        /// hundreds of passes, and they come out the same.
        std::shared_ptr<const std::vector<SourceMap>> known = nullptr;
        std::string knownSource = {};
    };

    explicit EvidenceBench(Subject subject);

    /// On the grid of its own. Throws as ExplanationSource::maps(), and BadArgument for a source or a head that is not
    /// there.
    SourceMap map(const EvidenceMap& map, Engine& engine, ModelProbe& probe, const Progress& progress) const;

    /// Of the map, with `settings` as Finding's. All maps are asked about on the model's own cells, so that what they
    /// come to can be compared. Null where no place of the map stands out, and for what takes no steps. Throws Error:
    /// BadArgument for settings that the test does not know, and as map().
    std::unique_ptr<EvidenceTrial> trial(const EvidenceMap& map, EvidenceTest test, const std::string& settings,
                                         Engine& engine, ModelProbe& probe, const Progress& progress);

    /// At once. Nothing where the map cannot be asked that: as trial(), or it is of no head of the last layer.
    std::optional<Finding> importance(const EvidenceMap& map, Engine& engine) const;

    /// Whichever test it is, from its first step to the last.
    std::optional<Finding> finding(const EvidenceMap& map, EvidenceTest test, const std::string& settings,
                                   Engine& engine, ModelProbe& probe, const Progress& progress);

    /// What the model is asked about along the map's curve, inputs [3, height, width].
    std::vector<std::vector<float>> curvePictures(const EvidenceMap& map, CausalMode mode, const CurveRecipe& recipe,
                                                  Engine& engine, ModelProbe& probe, const Progress& progress) const;

private:
    const std::vector<double>& animalOn(const SourceMap& map);
    SourceMap onModelsGrid(SourceMap map, const ModelDescription& model) const;

    Subject m_subject;
    SourceTable m_table;
    std::optional<std::vector<double>> m_animal;                   ///< share of each cell
    std::map<std::string, std::shared_ptr<CurveGround>> m_grounds; ///< by recipe
};

} // namespace ocellus

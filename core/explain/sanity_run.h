// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/explain/randomisation.h"
#include "core/explain/source_table.h"

namespace ocellus {

/// A picture that a sanity check looks at.
struct SanityPicture {
    std::string name;
    Picture picture;
};

/// How alike a source's map of the changed network is to that of the trained one, over the pictures.
struct SanityComparison {
    std::string stage;
    int pictures = 0; ///< with an order in both maps; the means are over these
    double spearman = 0;
    double low = 0, high = 0;   ///< 95 % of its bootstrap draws
    std::optional<double> ssim; ///< none where the grid is smaller than SSIM's window
    bool canMove = true;        ///< false where the map cannot depend on what was randomised
};

/// What a source's maps lose as the network under it is randomised from the top down.
struct SanitySource {
    std::string label; ///< "gradcam", or of one head "head 3"
    std::size_t cells = 0;
    std::vector<SanityComparison> stages; ///< cascading: each with all before it
};

/// The whole check of one model.
struct SanityReport {
    std::string modelHash;
    std::string settings; ///< assumptionsText() of the model
    std::string deciding; ///< stage, as decidingStage()
    std::uint64_t seed = 0;
    int pictures = 0;
    std::vector<SanitySource> sources;
};

/// The newer one, with those sources of an earlier check of the same model by the same stages and weights that it has
/// not itself. `pictures` is then the smaller number: that of each stage stands beside it.
SanityReport joined(SanityReport newer, const SanityReport& earlier);

/// The stage by whose end a map must have lost its likeness: the decoder's last, Prompt-CAM's prompts, or without them
/// the last of the backbone.
std::string decidingStage(const ModelConfig& config);

enum class SanityVerdict { Passed, Failed, Untested };

/// "pass", "fail" or "not tested".
std::string_view toString(SanityVerdict verdict);

/// Passed where the rank correlation at the stage is below 0.3; untested where no picture's map had an order.
SanityVerdict verdictOf(const SanitySource& source, const std::string& stage);

/// Cascading randomisation of a checkpoint: each stage's network is written to a temporary file and opened like any
/// other, so that every source can be checked. `classes`: the trained network's best of each picture.
class SanityRun {
public:
    /// `report` is told the fraction of the whole. Throws what opening and the sources throw, Unreadable where the
    /// temporary folder refuses, and Cancelled.
    SanityRun(std::filesystem::path checkpoint, EngineOptions options, std::uint64_t seed = 0);

    SanityReport run(const std::vector<SanityPicture>& pictures, const PreprocessOptions& preprocess,
                     const std::vector<SourceText>& sources, const Progress& progress = {},
                     const std::function<void(double)>& report = {});

private:
    using Maps = std::vector<std::vector<SourceMap>>; ///< [source and head][picture]

    Maps mapsOf(Engine& engine, const std::vector<SanityPicture>& pictures, const PreprocessOptions& preprocess,
                const std::vector<SourceText>& sources, std::vector<int>& classes, const Progress& progress) const;

    std::filesystem::path m_checkpoint;
    EngineOptions m_options;
    std::uint64_t m_seed;
    SourceTable m_table;
};

} // namespace ocellus

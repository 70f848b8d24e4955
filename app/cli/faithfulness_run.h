// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <stop_token>
#include <vector>

#include "app/cli/source_choice.h"
#include "core/data/labelled_pictures.h"
#include "core/explain/faithfulness.h"
#include "core/explain/faithfulness_table.h"
#include "core/image/decode.h"

namespace ocellus {

/// Measures pictures one after the other; one that fails is reported and the rest goes on.
class FaithfulnessRun {
public:
    struct Settings {
        FaithfulnessRecipe recipe;
        PreprocessOptions preprocess;
        PreprocessOptions judgePreprocess;
        DecodeOptions decode;
        bool wrongToo = false;    ///< pictures that the model or the judge names wrongly
        std::optional<int> limit; ///< pictures that are measured at most
    };

    /// Both engines have a model, the sources have maps of the first; all outlive the run.
    FaithfulnessRun(Engine& engine, Engine& judge, const SourceChoice& sources, Settings settings);

    /// Adds every picture that the table does not have yet. False where one failed or a stop was asked for.
    bool measureAll(const std::vector<LabelledPicture>& pictures, FaithfulnessTable& table,
                    const std::stop_token& stop);

private:
    std::vector<FaithfulnessRow> measure(const LabelledPicture& picture, const Progress& progress);
    std::vector<FaithfulnessRow> rowsOf(const FaithfulnessMeasure& measure, const FaithfulnessRow& common,
                                        const std::vector<std::vector<SourceMap>>& maps,
                                        const Progress& progress) const;

    Engine& m_engine;
    ModelProbe m_probe;
    ModelProbe m_judge;
    const SourceChoice& m_sources;
    Settings m_settings;
};

} // namespace ocellus

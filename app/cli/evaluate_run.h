// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/cli/picture_measure.h"
#include "app/cli/terminal_progress.h"
#include "core/analysis/evaluation.h"
#include "core/data/class_table.h"
#include "core/data/labelled_pictures.h"
#include "core/engine/engine.h"
#include "core/image/decode.h"
#include "core/image/preprocess.h"

namespace ocellus {

/// Names pictures of known classes one after the other with an open model; one that fails is reported and left out.
class EvaluateRun {
public:
    struct Settings {
        ClassTable table;
        PreprocessOptions preprocess;
        DecodeOptions decode;
    };

    struct Result {
        Evaluation evaluation;
        std::vector<std::string> leftOut; ///< pictures that failed
        RemarkCounts remarks;
        int measureFailures = 0; ///< pictures that were named, but not counted by a measure that failed
        double seconds = 0;
        std::vector<double> energies; ///< of every picture that was named, see energy()
    };

    /// The engine has a model; it and the measures outlive the run.
    EvaluateRun(Engine& engine, Settings settings, std::vector<PictureMeasure*> measures);

    /// Writes a line of CSV for each picture to `picturesPath`, when all is done. Nothing, and no file, after a stop.
    /// Throws Error(Unreadable) where the file cannot be written.
    std::optional<Result> evaluateAll(const std::vector<LabelledPicture>& pictures,
                                      const std::filesystem::path& picturesPath, const std::stop_token& stop);

private:
    PictureOutcome evaluate(const LabelledPicture& picture, TerminalProgress& terminal, const std::stop_token& stop,
                            Result& result);
    void measure(const NamedPicture& named, TerminalProgress& terminal, const Progress& progress, Result& result);
    std::string csvLine(const LabelledPicture& picture, const PictureOutcome& outcome) const;

    Engine& m_engine;
    Settings m_settings;
    std::vector<PictureMeasure*> m_measures;
};

} // namespace ocellus

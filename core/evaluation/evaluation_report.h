// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/analysis/evaluation.h"
#include "core/analysis/unusualness.h"
#include "core/data/skipped_files.h"
#include "core/engine/engine.h"
#include "core/evaluation/comparison_report.h"
#include "core/evaluation/data_classes.h"
#include "core/evaluation/trust_report.h"
#include "core/image/decode.h"
#include "core/image/preprocess_options.h"

namespace ocellus {

/// An evaluation with what it was made of.
struct EvaluationReport {
    Evaluation evaluation;
    ModelDescription model;
    DataClasses matched; ///< the model's classes, and by what the folders were found among them
    std::filesystem::path data;
    PreprocessOptions preprocess;
    std::string device;
    double seconds = 0;               ///< from the first picture's file to the last one's logits
    std::vector<std::string> leftOut; ///< pictures that could not be evaluated
    DecodeOptions decode;
    RemarkCounts remarks;
    SkippedFiles skipped;           ///< what lies in the data set and was not taken for a picture of a class
    std::vector<std::string> notes; ///< how other files were read where that is not plain
    EnergyReference energies;       ///< of the pictures that were named
    int kept = 0;                   ///< of these, what an earlier run had named: `seconds` is not of them
    TrustReport trust;
    std::optional<ComparisonReport> comparison; ///< with another checkpoint
    std::string datasetHash, crop;              ///< of a data set's file; empty: a folder, whole pictures

    const ClassTable& table() const { return matched.table; }

    const std::string& nameOf(int classIndex) const;
    double picturesPerSecond() const;
    /// Classes of the model of which no picture was evaluated.
    std::vector<int> classesWithoutPictures() const;
};

/// Sentences without a full stop that keep a zero, or numbers of the wrong classes, from looking like a result.
std::vector<std::string> doubtsOf(const Evaluation& evaluation, const DataClasses& classes);

/// The totals: acc@1, acc@5 (percent), loss, n and what they are of.
nlohmann::ordered_json totals(const EvaluationReport& report);

/// pictures.csv: its first line, and that of one picture.
std::string evaluatedPicturesHeader();
std::string evaluatedPictureLine(const LabelledPicture& picture, const PictureOutcome& outcome,
                                 const ClassTable& table);

/// Writes evaluation.json (totals and every class), classes.csv, confusion.csv, confused_pairs.csv and what
/// writeTrust() and writeChanged() write below `folder`, each whole or not at all. Throws Error(Unreadable).
void writeEvaluation(const std::filesystem::path& folder, const EvaluationReport& report);

} // namespace ocellus

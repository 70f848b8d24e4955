// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/prediction_table.h"
#include "core/dataset/dataset.h"
#include "core/dataset/sorted_folders.h"

namespace ocellus {

/// One new picture: what the model takes it for, and what a human says of it.
struct PredictedPicture {
    std::filesystem::path path;
    NamedPrediction prediction;      ///< with CheckedName where a human has looked at it
    std::optional<int> checkedClass; ///< that one's class of the model, where it has it
    std::string failure;             ///< why there is no prediction; empty where there is one

    bool isNamed() const { return failure.empty(); }
    bool isChecked() const { return prediction.checked.has_value(); }
    /// A human says something else than the model.
    bool isCorrected() const { return isChecked() && checkedClass != prediction.classIndex; }
};

/// New pictures with what they were named as and corrected to, and what named them.
struct PredictionSheet {
    std::filesystem::path folder; ///< that they lie below
    std::filesystem::path checkpoint;
    PredictionSource source;
    ClassTable table;
    KeptTrust trust; ///< what was unusual by
    std::vector<PredictedPicture> pictures;
    std::size_t planned = 0; ///< more than there are where it was stopped

    std::size_t checked() const;
};

/// A human says that the picture shows that class.
void check(PredictedPicture& picture, const ClassTable& table, int classIndex);
/// Or what no class of the model is called. Throws Error(BadArgument) for an empty name.
void check(PredictedPicture& picture, const std::string& name);

/// What a human has said of a picture stays when it is named anew, by whatever model.
void keepChecks(PredictedPicture& picture, const PredictedPicture& before, const ClassTable& table);

/// The table with Darwin Core's terms, a line a picture: one that was not read has no name.
std::string csvOf(const PredictionSheet& sheet);
/// Those that a human has looked at, each of the class that the human says: to be trained on. Throws Error(NotFound)
/// where there are none.
Dataset datasetOf(const PredictionSheet& sheet);
/// Where each picture that was named is to be put, for planSorting().
std::vector<SortedPicture> sortingOf(const PredictionSheet& sheet);

/// For a file of unsaved work.
std::string textOf(const PredictionSheet& sheet);
/// Throws Error(Damaged), naming `source`, for what textOf() has not written.
PredictionSheet sheetIn(const std::string& text, const std::string& source);

} // namespace ocellus

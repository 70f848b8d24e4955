// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/data/class_table.h"
#include "core/data/skipped_files.h"
#include "core/experiment/experiment_summary.h"
#include "core/image/decode.h"

namespace ocellus {

/// What an experiment was made of.
struct ExperimentReport {
    ModelDescription model;
    ClassTable table;
    std::string source; ///< the pictures' folder, or how many were given
    PreprocessOptions preprocess;
    DecodeOptions decode;
    EditRecipe recipe;
    int controls = 0;
    bool onAnimal = true;
    std::uint64_t seed = 1;
    std::string foldersMatchedBy;   ///< "name", "index" or "order"; empty where the true classes are not known
    SkippedFiles skippedFiles;      ///< what lies among the pictures and was not taken
    std::vector<std::string> notes; ///< how other files were read where that is not plain
    std::size_t planned = 0;        ///< pictures; fewer are in the summary after a stop
    ExperimentSummary summary;

    bool isWhole() const { return static_cast<std::size_t>(summary.pictures) == planned; }
};

/// The header of pictures.csv, with its line end.
std::string experimentHeader();

/// One line of pictures.csv: what is not known stays empty.
std::string experimentLine(const ExperimentRow& row, const ClassTable& table);

nlohmann::ordered_json asJson(const ExperimentReport& report);

/// The same as a page of Markdown, for people.
std::string asMarkdown(const ExperimentReport& report);

} // namespace ocellus

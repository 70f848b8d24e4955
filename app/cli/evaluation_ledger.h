// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/analysis/evaluation.h"
#include "core/image/picture_facts.h"

namespace ocellus {

/// All that an evaluation takes from one picture.
struct EvaluatedPicture {
    PictureOutcome outcome;
    double energy = 0; ///< see energy()
    PictureFacts facts;
    std::string hash; ///< of the file's content, the model and all that the outcome depends on
};

/// What `evaluate` has found out picture by picture, as CSV with every digit, so that a later run need not ask again.
/// Not for people, who read pictures.csv.
namespace EvaluationLedger {

std::string header();
/// `picture` is its path below the data's folder.
std::string line(const std::string& picture, const EvaluatedPicture& evaluated);

/// By picture; empty where there is no such file. Throws Error: Unreadable, TooLarge, Damaged.
std::map<std::string, EvaluatedPicture> read(const std::filesystem::path& path);

} // namespace EvaluationLedger

} // namespace ocellus

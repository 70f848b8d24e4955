// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/analysis/kept_trust.h"
#include "core/data/class_table.h"

namespace ocellus {

/// What a human says that a picture shows.
struct CheckedName {
    std::string scientific; ///< never empty
    std::string vernacular; ///< or empty

    bool operator==(const CheckedName&) const = default;
};

/// What a model takes one picture for.
struct NamedPrediction {
    std::string picture; ///< its path below the folder
    int classIndex = 0;
    double probability = 0;
    std::optional<int> second; ///< the next class; none of a model with one
    double secondProbability = 0;
    std::optional<bool> isUnusual; ///< unlike anything the model was trained on; nothing where nothing is known
    std::string remark;            ///< on the file, or empty
    std::optional<CheckedName> checked = {}; ///< nothing: no human has looked at it
};

/// Of the logits of all classes. Throws Error: BadArgument without logits, Damaged for one that is not finite.
NamedPrediction predictionOf(std::string picture, std::span<const float> logits, const KeptTrust& trust);

/// What stands on every line of a table of predictions.
struct PredictionSource {
    std::string program; ///< "Ocellus 0.1.0"
    std::string model;   ///< the file's name, and what is assumed or given of it
    std::string modelHash;
    std::string date; ///< ISO 8601
};

/// A class's names as a human's word: the Latin one where the table has it.
CheckedName checkedName(const ClassTable& table, int classIndex);

/// The name that Darwin Core's scientificName gets: the Latin one where the table has it, else the name as shown.
std::string scientificName(const ClassTable& table, int classIndex);

/// The first line: Darwin Core's terms (https://dwc.tdwg.org/terms/) associatedMedia, scientificName, vernacularName,
/// identifiedBy, dateIdentified, identificationVerificationStatus and identificationRemarks, and probability,
/// secondBest, secondProbability and unusual beside them.
std::string predictionHeader();
/// One picture's line. Its status is "unverified" where no human has looked at it; else "verified", the names are the
/// human's, and the remarks tell what the model took it for.
std::string predictionLine(const NamedPrediction& prediction, const ClassTable& table, const PredictionSource& source);
/// The line of a picture that could not be read: its name and why, so that none is missing without a word.
std::string unreadLine(const std::string& picture, const std::string& why);

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/analysis/novelty_study.h"
#include "core/analysis/paired_outcomes.h"
#include "core/data/class_table.h"

namespace ocellus {

/// How two models named one picture, by the classes' names.
struct NamedTwice {
    std::string picture, trueClass, first, second;
    bool firstIsRight = false, secondIsRight = false;

    /// The two may call one class otherwise.
    bool isChanged() const { return !(firstIsRight && secondIsRight) && first != second; }
};

/// How one model named pictures: what two of them are compared by.
struct NamedPictures {
    const ClassTable& table;
    std::vector<std::string> names;         ///< of the pictures
    std::vector<const AskedPicture*> asked; ///< as many
};

/// Two models on the same pictures.
struct ComparisonReport {
    std::string against, againstHash; ///< the second model's file and its SHA-256
    std::vector<NamedTwice> pictures; ///< those that both named
    PairedOutcomes outcomes;

    void add(NamedTwice picture);
    /// Named otherwise by the second than by the first.
    int changed() const;
};

/// Of the pictures that both were asked about, in the first one's order, by their names.
ComparisonReport comparisonOf(const NamedPictures& first, const NamedPictures& second);

/// Adds `against` to an evaluation's JSON.
void addTo(nlohmann::ordered_json& evaluation, const ComparisonReport& report);
/// A line "against" for people.
std::string asText(const ComparisonReport& report);
/// Writes changed.csv: the pictures that the two name differently. Throws Error(Unreadable).
void writeChanged(const std::filesystem::path& path, const ComparisonReport& report);

} // namespace ocellus

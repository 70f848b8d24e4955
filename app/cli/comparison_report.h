// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/analysis/paired_outcomes.h"

namespace ocellus {

/// How two models named one picture, by the classes' names.
struct NamedTwice {
    std::string picture, trueClass, first, second;
    bool firstIsRight = false, secondIsRight = false;
};

/// Two models on the same pictures.
struct ComparisonReport {
    std::string against, againstHash; ///< the second model's file and its SHA-256
    std::vector<NamedTwice> pictures; ///< those that both named
    PairedOutcomes outcomes;

    void add(NamedTwice picture);
};

/// Adds `against` to an evaluation's JSON.
void addTo(nlohmann::ordered_json& evaluation, const ComparisonReport& report);
/// A line "against" for people.
std::string asText(const ComparisonReport& report);
/// Writes changed.csv: the pictures that the two name differently. Throws Error(Unreadable).
void writeChanged(const std::filesystem::path& path, const ComparisonReport& report);

} // namespace ocellus

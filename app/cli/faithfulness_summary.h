// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>

#include "core/explain/faithfulness_table.h"
#include "ui/figures/faithfulness_report.h"

namespace ocellus {

/// What the pictures of a table come to, for programs and for readers.
class FaithfulnessSummaries {
public:
    /// `settings` is all that the numbers depend on; `seed` that of the intervals.
    FaithfulnessSummaries(const FaithfulnessTable& table, nlohmann::ordered_json settings, std::uint64_t seed);

    /// The settings with n, the means and the differences.
    nlohmann::ordered_json json() const;

    /// Lines of cells between tabs.
    std::string text() const;

    /// For a report.
    FaithfulnessResults results() const;

private:
    nlohmann::ordered_json m_settings;
    int m_measured;
    int m_leftOut;
    std::vector<FaithfulnessSummary> m_summaries;
    std::vector<FaithfulnessDifference> m_differences;
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "core/experiment/control_statistics.h"

namespace ocellus {

/// The areas of one order of one picture, a line of the table.
struct FaithfulnessRow {
    std::string picture;
    int classIndex = 0;     ///< that the maps are of
    int judgedClass = 0;    ///< the judge's own
    double probability = 0; ///< of it in the untouched picture
    std::string order;      ///< a source, "reversed SOURCE", "random 7", "centre", or "left out"
    double insertion = 0;
    double deletion = 0;

    bool operator==(const FaithfulnessRow&) const = default;
};

/// What an order's pictures come to; of the random ones, each picture's mean.
struct FaithfulnessSummary {
    std::string order;   ///< without number: "random"
    bool isNull = false; ///< it knows nothing of the model, or is a map turned round
    BootstrapMean insertion;
    BootstrapMean deletion;
};

/// One source less another in the same pictures.
struct FaithfulnessDifference {
    std::string first, second;
    BootstrapMean insertion;
    BootstrapMean deletion;
};

/// Rows of many pictures, picture by picture, kept in a CSV file so that a run that was stopped goes on.
class FaithfulnessTable {
public:
    /// The order of the last row of a picture, and that of the only one of a picture that is not measured.
    static constexpr const char* lastOrder = "centre";
    static constexpr const char* leftOut = "left out";
    static constexpr const char* randomOrder = "random"; ///< in summaries and differences

    /// Empty, or what the file has of whole pictures; the rest of it is cut away. Throws Error: Damaged for a file that
    /// is none of ours, Unreadable.
    explicit FaithfulnessTable(std::filesystem::path path);

    bool has(const std::string& picture) const { return m_done.contains(picture); }
    const std::vector<FaithfulnessRow>& rows() const { return m_rows; }

    /// Appends one picture's rows to table and file at once. Throws Error: BadArgument where they do not end as a
    /// picture does, Unreadable where the disk refuses.
    void add(const std::vector<FaithfulnessRow>& rows);

    /// Takes another file's pictures, but for those that are here. Throws as the constructor; the file stays as it is.
    void merge(const std::filesystem::path& other);

    int leftOutCount() const;                                             ///< pictures that are named wrongly
    int measured() const;                                                 ///< pictures, without those left out
    std::vector<FaithfulnessSummary> summaries(std::uint64_t seed) const; ///< in the order of the first picture
    /// Every source with every later one, then every source with the random orders and with the centre.
    std::vector<FaithfulnessDifference> differences(std::uint64_t seed) const;

private:
    std::filesystem::path m_path;
    std::vector<FaithfulnessRow> m_rows;
    std::set<std::string> m_done;
};

} // namespace ocellus

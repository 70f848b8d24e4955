// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/csv_reader.h"

namespace ocellus {

/// What gives the classes of a CSV their indices.
struct IndexColumn {
    std::vector<std::int64_t> values; ///< as written, one a record; none: the order of the lines
    std::string description;          ///< "index in the column class_id", "classes in the order of the lines"
};

/// True for headings, as headingKey gives them, that promise a class's index: index, id, class_id, label_id, ...
bool isIndexHeading(std::string_view key);

/// Finds it by what the columns hold: a permutation of 0 to C - 1 or 1 to C is an index wherever it stands. A heading
/// that promises an index comes before a column without one, as pandas writes it.
/// Throws Error(Damaged) for a promised index that is none, and where two readings give a class two names: with both.
IndexColumn findIndexColumn(const std::string& source, const std::vector<std::string>& header,
                            const std::vector<CsvReader::Record>& records, std::size_t nameColumn);

} // namespace ocellus

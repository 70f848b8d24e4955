// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/base/error.h"
#include "core/data/csv_columns.h"
#include "core/dataset/dataset_opening.h"

namespace ocellus {

/// A table whose headings do not tell which column names the pictures, or the species: whoever knows is to say.
class UnclearTable : public Error {
public:
    static constexpr std::size_t MostRows = 6;

    /// `classHeading` is of the column that is known to tell the species, or empty. Throws what previewCsv throws.
    UnclearTable(const std::filesystem::path& table, const std::string& classHeading, const std::string& detail);

    const std::filesystem::path& table() const { return m_table; }
    const CsvPreview& preview() const { return m_preview; }
    /// The columns that are likely; empty where nothing tells.
    const TableColumns& guess() const { return m_guess; }

private:
    std::filesystem::path m_table;
    CsvPreview m_preview;
    TableColumns m_guess;
};

} // namespace ocellus

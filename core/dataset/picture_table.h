// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/dataset/dataset_opening.h"

namespace ocellus {

/// One line of a table of pictures or records, as written.
struct TableRow {
    std::size_t line = 0;
    std::string picture; ///< path, file name or URL; empty where the table has none
    std::string record;  ///< number of the record, or empty
    std::string className;
    std::string split;
    std::vector<std::string> groups; ///< of PictureTable::groups
};

/// A table of pictures or records with its columns told by their headings.
struct PictureTable {
    std::vector<TableRow> rows;
    std::vector<std::string> groups; ///< headings of columns that may tell specimens apart
    std::string reading;             ///< "pictures in image_url, species in scientific_name; tabs", for people
    std::string classHeading;        ///< of the column that tells the species; empty where none does
    bool hasPictures = false, hasRecords = false, hasClasses = false, hasSplits = false;

    /// Enough to make a data set of.
    bool isOfPictures() const { return hasClasses && (hasPictures || hasRecords); }
};

/// Reads what it finds; headings are compared in any case, with underscores or spaces, GBIF's, iNaturalist's and those
/// in common use. Throws what readCsvColumns throws; BadArgument for a column of `columns` that is not there.
PictureTable readTable(const std::filesystem::path& path, const TableColumns& columns);

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/split_file.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "core/base/error.h"
#include "core/data/csv_columns.h"
#include "core/data/csv_reader.h"
#include "core/data/part_points.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

/// The pictures of val, and all others that the file names.
std::map<std::string, bool> isValidation(const fs::path& csv)
{
    const CsvColumns read =
        readCsvColumns(csv, "split", {{"picture", {"file", "filename", "path"}}, {"split", {"set"}}});
    std::map<std::string, bool> result;
    for (const CsvRow& row : read.rows) {
        const std::string split = headingKey(row.fields[1]);
        if (split != "val" && split != "train")
            throwBadLine(csv, row.line, "expected train or val, got \"" + row.fields[1] + "\"");
        if (!result.emplace(PartPoints::nameOf(row.fields[0]), split == "val").second)
            throwBadLine(csv, row.line, "expected each picture once, got " + row.fields[0] + " again");
    }
    return result;
}

} // namespace

void keepValidation(LabelledListing& listing, const fs::path& csv, const fs::path& data)
{
    const std::map<std::string, bool> known = isValidation(csv);
    const fs::path ofParent = fs::canonical(data).filename();
    std::set<std::string> found;
    std::erase_if(listing.pictures, [&](const LabelledPicture& picture) {
        const fs::path& relative = picture.file.relative;
        for (const fs::path& candidate : {relative, ofParent / relative}) {
            const auto line = known.find(PartPoints::nameOf(candidate.generic_string()));
            if (line != known.end() && line->second)
                return !found.insert(line->first).second;
        }
        listing.skipped.add("not in val by the split", relative.generic_string());
        return true;
    });
    const auto missing =
        std::ranges::find_if(known, [&found](const auto& line) { return line.second && !found.contains(line.first); });
    if (missing != known.end())
        throw Error(ErrorCode::Mismatch, csv.string(),
                    "expected the pictures of its val below " + data.string() + ", but " + missing->first +
                        " is not among them",
                    "Give the data and the split of one training run");
    if (listing.pictures.empty())
        throw Error(ErrorCode::Mismatch, csv.string(), "expected pictures of val, got none");
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/picture_table.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/error.h"
#include "core/data/csv_columns.h"
#include "core/data/csv_reader.h"
#include "core/data/name_text.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

/// What headings promise, the best first. GBIF's and iNaturalist's "class" is a taxon such as Aves, and comes last.
const std::vector<std::string> pictureHeadings{
    "file",       "filename", "file name", "path",       "file path",  "filepath",  "image",     "image path",
    "image file", "picture",  "photo",     "identifier", "access uri", "accessuri", "image url", "url",
    "image name", "datei",    "dateiname", "bild",       "foto",       "fichier",   "archivo",   "imagen"};
const std::vector<std::string> recordHeadings{"gbifid", "coreid", "id", "occurrenceid", "occurrence id"};
const std::vector<std::string> classHeadings{"species",
                                             "scientific name",
                                             "scientificname",
                                             "taxon species name",
                                             "species name",
                                             "taxon name",
                                             "taxon",
                                             "latin name",
                                             "label",
                                             "class name",
                                             "category",
                                             "common name",
                                             "class",
                                             "name",
                                             "art",
                                             "espèce",
                                             "espece",
                                             "especie"};
const std::vector<std::string> splitHeadings{"split", "set", "subset"};
const std::vector<std::string> groupHeadings{
    "gbifid",      "specimen",     "specimen id",    "individual",     "individual id", "individualid", "organismid",
    "organism id", "occurrenceid", "catalognumber",  "catalog number", "observer",      "recordedby",   "recorded by",
    "user login",  "user id",      "observation id", "eventid",        "event id",      "eventdate",    "observed on",
    "date",        "locality",     "site",           "camera",         "group"};

constexpr std::size_t mostGroupBytes = 200;

/// Columns asked of a file, and where each ended.
class Wanted {
public:
    std::size_t add(const std::string& heading)
    {
        m_columns.push_back({heading, {}, true});
        return m_columns.size() - 1;
    }
    const std::vector<WantedColumn>& columns() const { return m_columns; }

private:
    std::vector<WantedColumn> m_columns;
};

/// Columns of one meaning, the best first.
struct Meaning {
    std::vector<std::size_t> places;

    Meaning(Wanted& wanted, const std::vector<std::string>& headings, const std::string& chosen)
    {
        if (!chosen.empty())
            places.push_back(wanted.add(chosen));
        else
            for (const std::string& heading : headings)
                places.push_back(wanted.add(heading));
    }
    void keepPresent(const CsvColumns& read)
    {
        std::erase_if(places, [&read](std::size_t place) { return !read.present[place]; });
    }
    /// The first that is not empty.
    std::string in(const CsvRow& row) const
    {
        for (const std::size_t place : places)
            if (!row.fields[place].empty())
                return row.fields[place];
        return {};
    }
};

void requireChosen(const fs::path& path, const std::string& chosen, const Meaning& meaning)
{
    if (!chosen.empty() && meaning.places.empty())
        throw Error(ErrorCode::BadArgument, chosen,
                    "expected a column of " + path.string() + ", got none of that name");
}

std::string reading(const Wanted& wanted, const Meaning& pictures, const Meaning& records, const Meaning& classes,
                    const std::string& dialect)
{
    const auto first = [&](const Meaning& meaning) { return wanted.columns()[meaning.places.front()].name; };
    std::string text;
    if (!pictures.places.empty())
        text += "pictures in the column " + first(pictures);
    else if (!records.places.empty())
        text += "pictures by the numbers in " + first(records);
    if (!classes.places.empty())
        text += (text.empty() ? "species in " : ", species in ") + first(classes);
    return text + (dialect.empty() ? "" : "; " + dialect);
}

} // namespace

PictureTable readTable(const fs::path& path, const TableColumns& columns)
{
    Wanted wanted;
    Meaning pictures(wanted, pictureHeadings, columns.picture);
    Meaning records(wanted, recordHeadings, {});
    Meaning classes(wanted, classHeadings, columns.className);
    Meaning splits(wanted, splitHeadings, columns.split);
    std::vector<std::string> groupNames = columns.groups;
    std::ranges::copy_if(groupHeadings, std::back_inserter(groupNames), [&](const std::string& heading) {
        return std::ranges::none_of(columns.groups,
                                    [&](const std::string& own) { return headingKey(own) == headingKey(heading); });
    });
    Meaning groups(wanted, groupNames, {});

    const CsvColumns read = readCsvColumns(path, "table of pictures", wanted.columns(), TextEncodings::WithWindows1252);
    for (std::size_t i = 0; i < columns.groups.size(); ++i)
        if (!read.present[groups.places[i]])
            throw Error(ErrorCode::BadArgument, columns.groups[i],
                        "expected a column of " + path.string() + ", got none of that name");
    for (Meaning* meaning : {&pictures, &records, &classes, &splits, &groups})
        meaning->keepPresent(read);
    requireChosen(path, columns.picture, pictures);
    requireChosen(path, columns.className, classes);
    requireChosen(path, columns.split, splits);
    groups.places.resize(std::min(groups.places.size(), mostDatasetColumns));

    PictureTable table;
    table.hasPictures = !pictures.places.empty();
    table.hasRecords = !records.places.empty();
    table.hasClasses = !classes.places.empty();
    table.hasSplits = !splits.places.empty();
    if (table.hasClasses)
        table.classHeading = wanted.columns()[classes.places.front()].name;
    table.reading = reading(wanted, pictures, records, classes, read.dialect);
    for (const std::size_t place : groups.places)
        table.groups.push_back(wanted.columns()[place].name);
    for (const CsvRow& row : read.rows) {
        TableRow& own = table.rows.emplace_back();
        own.line = row.line;
        own.picture = pictures.in(row);
        own.record = records.in(row);
        own.className = normalised(classes.in(row));
        own.split = splits.in(row);
        for (const std::size_t place : groups.places)
            own.groups.push_back(row.fields[place].substr(0, mostGroupBytes));
    }
    return table;
}

} // namespace ocellus

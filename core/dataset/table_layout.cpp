// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "core/base/error.h"
#include "core/data/csv_columns.h"
#include "core/data/csv_reader.h"
#include "core/dataset/dataset_layouts.h"
#include "core/dataset/local_pictures.h"
#include "core/dataset/picture_table.h"
#include "core/dataset/unclear_table.h"
#include "core/io/text.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

/// Records and their pictures, as the two programs call them.
constexpr std::array<std::pair<const char*, std::array<const char*, 3>>, 3> archives{
    {{"occurrence.txt", {"multimedia.txt", "multimedia.csv", nullptr}},
     {"observations.csv", {"media.csv", "images.csv", "multimedia.csv"}},
     {"occurrence.csv", {"multimedia.csv", "media.csv", nullptr}}}};

/// The table of pictures beside that of records.
std::optional<fs::path> mediaOf(const fs::path& records)
{
    std::error_code absent;
    for (const auto& [name, media] : archives)
        for (const char* other : media)
            if (records.filename() == name && other && fs::is_regular_file(records.parent_path() / other, absent))
                return records.parent_path() / other;
    return std::nullopt;
}

bool isTable(const fs::path& path)
{
    const std::string extension = headingKey(path.extension().string());
    return extension == ".csv" || extension == ".tsv" || extension == ".tab";
}

/// The bytes of a text, cut before a letter that would not be whole.
std::string cut(const std::string& text, std::size_t bytes)
{
    return validUtf8(text.substr(0, bytes), "");
}

/// Turns the rows of a table into pictures of the data set.
class TableWalk {
public:
    TableWalk(const fs::path& path, const TableColumns& columns, const std::stop_token& stop)
        : m_path(path),
          m_table(readTable(path, columns)),
          m_local(path.parent_path(), listImages(path.parent_path(), stop))
    {
        requireColumns();
        if (const std::optional<fs::path> media = mediaOf(path))
            readMedia(*media);
    }

    LayoutPictures walk()
    {
        m_result.columns = m_table.groups;
        m_result.notes.push_back(m_path.filename().string() + ": " + m_table.reading);
        for (const TableRow& row : m_table.rows)
            take(row);
        if (m_result.pictures.empty())
            throw Error(ErrorCode::NotFound, m_path.string(),
                        "expected the pictures of the table below " + m_path.parent_path().string() +
                            ", found none of " + std::to_string(m_table.rows.size()) + " among " +
                            std::to_string(m_local.count()) + " pictures" +
                            (m_result.skipped.empty() ? "" : "; " + m_result.skipped.sentence()),
                        "Put the pictures into that folder under the names in the table, the last part of their URLs, "
                        "or the records' numbers (123.jpg, 123_1.jpg)");
        return std::move(m_result);
    }

private:
    void requireColumns() const
    {
        if (!m_table.isOfPictures())
            throw UnclearTable(m_path, m_table.classHeading,
                               std::string("expected a column of ") +
                                   (m_table.hasClasses ? "pictures (file, image_url, identifier, ...)"
                                                       : "species (species, scientificName, label, ...)") +
                                   ", got none");
    }

    void readMedia(const fs::path& media)
    {
        const CsvColumns read = readCsvColumns(
            media, "table of pictures",
            {{"gbifID", {"coreid", "id"}}, {"identifier", {"accessURI"}, true}, {"references", {}, true}});
        for (const CsvRow& row : read.rows)
            m_media[row.fields[0]].push_back(row.fields[1].empty() ? row.fields[2] : row.fields[1]);
        m_table.reading += "; pictures of the records in " + media.filename().string();
    }

    void take(const TableRow& row)
    {
        const std::string place = "line " + std::to_string(row.line);
        if (row.className.empty() || row.className.size() > mostClassNameBytes)
            return m_result.skipped.add("without a species", place);
        const std::set<fs::path> files = filesOf(row);
        if (files.empty())
            return m_result.skipped.add(m_local.isAmbiguous(row.picture) ? "with a name that several files have"
                                                                         : "not in the folder",
                                        place + (row.picture.empty() ? "" : ": " + excerpt(row.picture)));
        const std::optional<PictureSplit> split = splitOf(row);
        for (const fs::path& file : files)
            if (m_taken.insert(file).second)
                add(file, row, split.value_or(PictureSplit::Unset));
            else
                m_result.skipped.add("of a picture that another line has", place);
    }

    std::set<fs::path> filesOf(const TableRow& row) const
    {
        std::set<fs::path> files;
        if (fs::path found = m_local.find(row.picture); !found.empty())
            files.insert(std::move(found));
        if (const auto media = m_media.find(row.record); media != m_media.end())
            for (const std::string& reference : media->second)
                if (fs::path found = m_local.find(reference); !found.empty())
                    files.insert(std::move(found));
        if (files.empty() && !row.record.empty())
            for (fs::path& found : m_local.ofRecord(row.record))
                files.insert(std::move(found));
        return files;
    }

    std::optional<PictureSplit> splitOf(const TableRow& row) const
    {
        const std::optional<PictureSplit> split = splitFromWord(row.split);
        if (!split && !row.split.empty())
            throwBadLine(m_path, row.line, "expected train, val or test, got \"" + excerpt(row.split) + "\"");
        return split;
    }

    void add(const fs::path& file, const TableRow& row, PictureSplit split)
    {
        DatasetPicture& picture = m_result.pictures.emplace_back();
        picture.path = file;
        picture.className = row.className;
        picture.split = split;
        for (const std::string& value : row.groups)
            picture.columns.push_back(cut(value, value.size()));
    }

    fs::path m_path;
    PictureTable m_table;
    LocalPictures m_local;
    std::map<std::string, std::vector<std::string>> m_media; ///< by number of the record
    std::set<fs::path> m_taken;
    LayoutPictures m_result;
};

std::vector<fs::path> tablesIn(const fs::path& folder)
{
    std::vector<fs::path> tables;
    std::error_code failure;
    for (fs::directory_iterator entry(folder, failure); !failure && entry != fs::directory_iterator();
         entry.increment(failure))
        if (isTable(entry->path()) && reasonToSkip(entry->path(), FileKind::File).empty())
            tables.push_back(entry->path());
    return tables;
}

} // namespace

std::optional<fs::path> recordsOfArchive(const fs::path& folder)
{
    std::error_code absent;
    for (const auto& [name, media] : archives)
        if (fs::is_regular_file(folder / name, absent) &&
            (mediaOf(folder / name) || fs::is_regular_file(folder / "meta.xml", absent)))
            return folder / name;
    return std::nullopt;
}

LayoutPictures readPictureTable(const fs::path& table, const TableColumns& columns, const std::stop_token& stop)
{
    return TableWalk(table, columns, stop).walk();
}

std::optional<fs::path> pictureTableIn(const fs::path& folder)
{
    std::vector<fs::path> tables;
    for (const fs::path& table : tablesIn(folder)) {
        try {
            if (readTable(table, {}).isOfPictures())
                tables.push_back(table);
        } catch (const Error&) { // some other program's table
        }
    }
    return tables.size() == 1 ? std::optional(tables.front()) : std::nullopt;
}

void requireClearTable(const fs::path& folder)
{
    const std::vector<fs::path> tables = tablesIn(folder);
    if (tables.size() != 1)
        return;
    std::optional<UnclearTable> unclear;
    try {
        const PictureTable known = readTable(tables.front(), {});
        if (!known.isOfPictures())
            unclear.emplace(tables.front(), known.classHeading,
                            "expected a column of pictures and one of species, got none of them by name");
    } catch (const Error&) { // some other program's table
    }
    if (unclear && !unclear->guess().picture.empty())
        throw UnclearTable(*unclear);
}

} // namespace ocellus

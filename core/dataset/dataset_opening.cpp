// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/dataset_opening.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "core/base/error.h"
#include "core/dataset/dataset_layouts.h"
#include "core/io/text.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

std::size_t classesIn(const std::vector<DatasetPicture>& pictures)
{
    std::set<std::string_view> names;
    for (const DatasetPicture& picture : pictures)
        names.insert(picture.className);
    return names.size();
}

LayoutPictures readFolder(const fs::path& folder, const TableColumns& columns, const std::stop_token& stop)
{
    if (isCubFolder(folder))
        return readCubFolder(folder, stop);
    if (const std::optional<fs::path> records = recordsOfArchive(folder))
        return readPictureTable(*records, columns, stop);
    const std::optional<fs::path> table = pictureTableIn(folder);
    LayoutPictures result = readClassFolders(listImages(folder, stop));
    // An export's pictures lie in one folder, or beside the table: no folder of theirs is a class.
    if (table && classesIn(result.pictures) < 2)
        return readPictureTable(*table, columns, stop);
    if (classesIn(result.pictures) < 2)
        requireClearTable(folder);
    if (table)
        result.notes.push_back("the folders are the classes; " + table->filename().string() +
                               " has species too: open the table itself to take those");
    return result;
}

LayoutPictures readSource(const fs::path& source, const TableColumns& columns, const std::stop_token& stop)
{
    std::error_code failure;
    const fs::file_status status = fs::status(source, failure);
    if (fs::is_directory(status))
        return readFolder(source, columns, stop);
    if (!fs::exists(status))
        throw Error(ErrorCode::NotFound, source.string(), "there is no such folder or table");
    if (looksLikePicture(source) || holdsPicture(source))
        throw Error(ErrorCode::Unsupported, source.string(), "is a picture, expected a folder or a table",
                    "Open the folder that it lies in");
    return readPictureTable(source, columns, stop);
}

/// Gives each picture its columns among those of all sources.
void join(Dataset& dataset, LayoutPictures& source)
{
    const auto placesIn = [](std::vector<std::string>& all, const std::vector<std::string>& own, std::size_t most) {
        std::vector<std::size_t> places;
        for (const std::string& name : own) {
            auto found = std::ranges::find(all, name);
            if (found == all.end() && all.size() < most)
                found = all.insert(all.end(), name);
            places.push_back(static_cast<std::size_t>(found - all.begin()));
        }
        return places;
    };
    const std::vector<std::size_t> columns = placesIn(dataset.columns, source.columns, mostDatasetColumns);
    const std::vector<std::size_t> parts = placesIn(dataset.parts, source.parts, mostDatasetParts);
    for (DatasetPicture& picture : source.pictures) {
        std::vector<std::string> values(dataset.columns.size());
        for (std::size_t i = 0; i < picture.columns.size(); ++i)
            if (columns[i] < values.size())
                values[columns[i]] = std::move(picture.columns[i]);
        picture.columns = std::move(values);
        for (PartPoint& point : picture.parts)
            point.part = parts[point.part];
        std::erase_if(picture.parts, [&](const PartPoint& point) { return point.part >= dataset.parts.size(); });
    }
}

/// Paths become absolute, each file is taken once, and what no data set's file could name is left out.
class Collector {
public:
    explicit Collector(OpenedDataset& opened) : m_opened(opened)
    {
        for (const DatasetPicture& picture : opened.dataset.pictures)
            m_seen.insert(picture.path);
    }

    void take(LayoutPictures source, const std::string& name)
    {
        join(m_opened.dataset, source);
        m_opened.skipped.add(source.skipped);
        for (std::string& note : source.notes)
            m_opened.notes.push_back(m_isOne ? std::move(note) : name + ": " + note);
        for (DatasetPicture& picture : source.pictures) {
            picture.path = fs::absolute(picture.path).lexically_normal();
            if (!isUtf8(picture.path.string()) || !isUtf8(picture.className))
                m_opened.skipped.add("name that is no UTF-8", validUtf8(picture.path.string(), "?"));
            else if (!m_seen.insert(picture.path).second)
                m_opened.skipped.add("listed already under another name", picture.path.string());
            else
                m_opened.dataset.pictures.push_back(std::move(picture));
        }
        if (m_opened.dataset.pictures.size() > mostDatasetPictures)
            throw Error(ErrorCode::TooLarge, name,
                        "expected at most " + std::to_string(mostDatasetPictures) + " pictures");
    }
    void setOneSource(bool isOne) { m_isOne = isOne; }

private:
    OpenedDataset& m_opened;
    std::set<fs::path> m_seen;
    bool m_isOne = true;
};

} // namespace

OpenedDataset openDataset(const std::vector<fs::path>& sources, const TableColumns& columns, const Progress& progress)
{
    return addSources({}, sources, columns, progress);
}

OpenedDataset addSources(Dataset dataset, const std::vector<fs::path>& sources, const TableColumns& columns,
                         const Progress& progress)
{
    if (sources.empty())
        throw Error(ErrorCode::BadArgument, "data set", "expected a folder or a table, got none");
    const std::size_t before = dataset.pictures.size();
    OpenedDataset opened{std::move(dataset), {}, {}};
    Collector collector(opened);
    collector.setOneSource(sources.size() == 1);
    for (std::size_t i = 0; i < sources.size(); ++i) {
        progress.at(Stage::Read, static_cast<double>(i) / static_cast<double>(sources.size()));
        const fs::path source = fs::absolute(sources[i]).lexically_normal();
        if (std::ranges::find(opened.dataset.sources, source) == opened.dataset.sources.end())
            opened.dataset.sources.push_back(source);
        collector.take(readSource(sources[i], columns, progress.stopToken()), sources[i].string());
    }
    for (DatasetPicture& picture : opened.dataset.pictures) // of sources before one that brought further columns
        picture.columns.resize(opened.dataset.columns.size());
    if (opened.dataset.pictures.size() == before)
        throw Error(ErrorCode::NotFound, sources.front().string(),
                    "expected pictures in folders of their classes, or a table that names them, found none" +
                        (opened.skipped.empty() ? "" : "; " + opened.skipped.sentence()),
                    "Give each class a folder of its own, or open the table that tells the species");
    progress.at(Stage::Read, 1);
    return opened;
}

} // namespace ocellus

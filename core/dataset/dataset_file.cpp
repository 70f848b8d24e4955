// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/dataset_file.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/data/name_text.h"
#include "core/data/text_file.h"
#include "core/dataset/dataset_steps_json.h"
#include "core/io/atomic_file.h"
#include "core/io/strict_json.h"

namespace ocellus {

using nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr int maxDepth = 6;
constexpr std::size_t maxValues = 60'000'000;
constexpr std::size_t mostPathBytes = 4'096;
constexpr std::size_t mostValueBytes = 1'000; ///< of a column, or a column's name
constexpr std::size_t mostSources = 10'000;
constexpr std::size_t mostPartsOfPicture = 1'000;
constexpr int mostSide = 1'000'000;

json relativePath(const fs::path& path, const fs::path& folder)
{
    const fs::path relative = path.lexically_relative(folder);
    return (relative.empty() ? path : relative).generic_string();
}

json jsonOf(const DatasetPicture& picture, const fs::path& folder)
{
    json value{{"file", relativePath(picture.path, folder)}, {"class", picture.className}};
    if (picture.split != PictureSplit::Unset)
        value["split"] = toString(picture.split);
    if (picture.box)
        value["box"] = jsonOf(*picture.box);
    if (!picture.parts.empty()) {
        json& parts = value["parts"] = json::array();
        for (const PartPoint& point : picture.parts)
            parts.push_back({point.part, point.place.x, point.place.y});
    }
    if (std::ranges::any_of(picture.columns, [](const std::string& text) { return !text.empty(); }))
        value["columns"] = picture.columns;
    if (picture.size.width > 0)
        value["size"] = {picture.size.width, picture.size.height};
    if (!picture.sha256.empty()) {
        value["sha256"] = picture.sha256;
        value["bytes"] = picture.bytes;
    }
    return value;
}

/// A list with an element a line, so that two versions of a file can be compared.
template <typename Elements, typename Write>
void writeList(AtomicFile& file, const char* key, const Elements& elements, Write write, const char* end)
{
    file.write(std::string(" \"") + key + "\": [");
    const char* before = "\n  ";
    for (const auto& element : elements) {
        file.write(before + json(write(element)).dump());
        before = ",\n  ";
    }
    file.write(std::string("\n ]") + end);
}

/// Reads a data set's file, and names the place of what it refuses.
class DatasetReader {
public:
    explicit DatasetReader(const fs::path& path) : m_json(path.string()), m_folder(fs::absolute(path).parent_path()) {}

    Dataset read(const std::string& text)
    {
        const json all = m_json.parsed(text, maxDepth, maxValues);
        requireFormat(all);
        m_json.requireKeys(all, "a data set",
                           {"format", "schema", "program", "sources", "columns", "parts", "pictures", "steps"});
        readTexts(all["sources"], "sources", mostSources, mostPathBytes,
                  [this](const std::string& source) { m_dataset.sources.push_back(pathOf(source)); });
        readTexts(all["columns"], "columns", mostDatasetColumns, mostValueBytes,
                  [this](const std::string& column) { m_dataset.columns.push_back(column); });
        readTexts(all["parts"], "parts", mostDatasetParts, mostValueBytes,
                  [this](const std::string& part) { m_dataset.parts.push_back(part); });
        m_json.requireArray(all["pictures"], "pictures", mostDatasetPictures);
        for (const json& picture : all["pictures"]) {
            m_json.setPlace("picture " + std::to_string(m_dataset.pictures.size() + 1));
            m_dataset.pictures.push_back(pictureFrom(picture));
        }
        m_json.setPlace({});
        readSteps(all["steps"]);
        return std::move(m_dataset);
    }

private:
    void requireFormat(const json& all) const
    {
        if (!all.is_object() || !all.contains("format") || all["format"] != datasetFormat)
            m_json.fail(std::string("expected a data set of Ocellus, whose \"format\" is \"") + datasetFormat + "\"");
        constexpr int mostSchema = 1'000'000;
        const int schema = m_json.integer(all.value("schema", json()), "schema", 1, mostSchema);
        if (schema > datasetSchema)
            throw Error(ErrorCode::Unsupported, m_json.source(),
                        "expected schema " + std::to_string(datasetSchema) + " at most, got " + std::to_string(schema),
                        "Open it with the version of Ocellus that wrote it, or a later one");
    }

    template <typename Take>
    void readTexts(const json& list, const char* what, std::size_t most, std::size_t mostBytes, Take take) const
    {
        m_json.requireArray(list, what, most);
        for (const json& text : list)
            take(m_json.text(text, what, mostBytes));
    }

    fs::path pathOf(const std::string& text) const
    {
        if (text.empty() || text.find('\0') != std::string::npos)
            m_json.fail("expected a path as \"file\"");
        return (m_folder / text).lexically_normal();
    }

    DatasetPicture pictureFrom(const json& value) const
    {
        if (!value.is_object() || !value.contains("file") || !value.contains("class"))
            m_json.fail("expected an object with \"file\" and \"class\"");
        DatasetPicture picture;
        picture.columns.resize(m_dataset.columns.size());
        for (const auto& [key, field] : value.items())
            readField(picture, key, field);
        return picture;
    }

    void readField(DatasetPicture& picture, const std::string& key, const json& field) const
    {
        if (key == "file")
            picture.path = pathOf(m_json.text(field, "file", mostPathBytes));
        else if (key == "class")
            picture.className = nameOf(m_json.text(field, "class", mostClassNameBytes));
        else if (key == "split")
            picture.split = splitFromJson(m_json, field);
        else if (key == "box")
            readBox(picture, field);
        else if (key == "parts")
            readParts(picture, field);
        else if (key == "columns")
            readColumns(picture, field);
        else if (key == "size")
            readSize(picture, field);
        else if (key == "sha256")
            picture.sha256 = hashOf(m_json.text(field, "sha256"));
        else if (key == "bytes")
            picture.bytes = bytesOf(field);
        else
            m_json.fail("expected no \"" + key.substr(0, 40) + "\"");
    }

    std::string nameOf(const std::string& text) const
    {
        if (text.empty() || normalised(text) != text)
            m_json.fail("expected a name in normal form C without white space at its ends as \"class\"");
        return text;
    }

    std::string hashOf(const std::string& text) const
    {
        constexpr std::size_t digits = 64;
        if (text.size() != digits || text.find_first_not_of("0123456789abcdef") != std::string::npos)
            m_json.fail("expected 64 hexadecimal digits as \"sha256\"");
        return text;
    }

    std::uint64_t bytesOf(const json& field) const
    {
        if (!field.is_number_unsigned())
            m_json.fail("expected a whole number of at least 0 as \"bytes\"");
        return field.get<std::uint64_t>();
    }

    void readBox(DatasetPicture& picture, const json& field) const
    {
        picture.box = boxFromJson(m_json, field);
        if (picture.box->empty())
            m_json.fail("expected a box with an area as \"box\"");
    }

    void readParts(DatasetPicture& picture, const json& field) const
    {
        constexpr std::size_t numbers = 3;
        m_json.requireArray(field, "parts", mostPartsOfPicture);
        for (const json& point : field) {
            m_json.requireArray(point, "a part", numbers);
            if (point.size() != numbers)
                m_json.fail("expected a part's index and its place as \"parts\"");
            const int part = m_json.integer(point[0], "parts", 0, static_cast<int>(m_dataset.parts.size()) - 1);
            picture.parts.push_back(
                {static_cast<std::size_t>(part), {m_json.number(point[1], "parts"), m_json.number(point[2], "parts")}});
        }
    }

    void readColumns(DatasetPicture& picture, const json& field) const
    {
        m_json.requireArray(field, "columns", mostDatasetColumns);
        if (field.size() != m_dataset.columns.size())
            m_json.fail("expected " + std::to_string(m_dataset.columns.size()) + " texts as \"columns\", got " +
                        std::to_string(field.size()));
        for (std::size_t i = 0; i < field.size(); ++i)
            picture.columns[i] = m_json.text(field[i], "columns", mostValueBytes);
    }

    void readSize(DatasetPicture& picture, const json& field) const
    {
        m_json.requireArray(field, "size", 2);
        if (field.size() != 2)
            m_json.fail("expected width and height as \"size\"");
        picture.size = {m_json.integer(field[0], "size", 1, mostSide), m_json.integer(field[1], "size", 1, mostSide)};
    }

    void readSteps(const json& steps)
    {
        m_json.requireArray(steps, "steps", mostDatasetSteps);
        for (const json& value : steps) {
            m_json.setPlace("step " + std::to_string(m_dataset.steps.size() + 1));
            DatasetStep step = stepFromJson(m_json, value);
            try {
                requireSound(m_dataset, step);
            } catch (const Error& error) {
                m_json.fail(error.detail());
            }
            m_dataset.steps.push_back(std::move(step));
        }
        m_json.setPlace({});
    }

    StrictJson m_json;
    fs::path m_folder;
    Dataset m_dataset;
};

} // namespace

void writeDatasetFile(const fs::path& path, const Dataset& dataset, const std::string& program)
{
    if (dataset.pictures.size() > mostDatasetPictures || dataset.columns.size() > mostDatasetColumns)
        throw Error(ErrorCode::TooLarge, path.string(),
                    "expected at most " + std::to_string(mostDatasetPictures) + " pictures");
    const fs::path folder = fs::absolute(path).lexically_normal().parent_path();
    AtomicFile file(path);
    file.write("{\n \"format\": " + json(datasetFormat).dump() + ",\n \"schema\": " + std::to_string(datasetSchema) +
               ",\n \"program\": " + json(program).dump() + ",\n \"columns\": " + json(dataset.columns).dump() +
               ",\n \"parts\": " + json(dataset.parts).dump() + ",\n");
    writeList(
        file, "sources", dataset.sources, [&](const fs::path& source) { return relativePath(source, folder); }, ",\n");
    writeList(
        file, "pictures", dataset.pictures, [&](const DatasetPicture& picture) { return jsonOf(picture, folder); },
        ",\n");
    writeList(
        file, "steps", dataset.steps, [](const DatasetStep& step) { return ocellus::jsonOf(step); }, "\n}\n");
    file.commit();
}

Dataset readDatasetFile(const fs::path& path)
{
    return DatasetReader(path).read(readTextFile(path, "data set", mostDatasetBytes).text);
}

} // namespace ocellus

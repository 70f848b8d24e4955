// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/box_file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/data/csv_columns.h"
#include "core/data/text_file.h"
#include "core/io/strict_json.h"

namespace ocellus {

using nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t mostBytes = 512U << 20;
constexpr int maxDepth = 32;
constexpr std::size_t maxValues = 50'000'000;
constexpr double farthest = 1e6; ///< pixels

/// Nothing where the numbers are no box in any picture.
std::optional<PixelBox> boxOf(double left, double top, double width, double height)
{
    for (const double value : {left, top, width, height})
        if (!(std::abs(value) <= farthest))
            return std::nullopt;
    const auto pixel = [](double value) { return static_cast<int>(std::lround(value)); };
    const PixelBox box{pixel(left), pixel(top), pixel(left + width) - pixel(left), pixel(top + height) - pixel(top)};
    return box.empty() ? std::nullopt : std::optional(box);
}

void keepLargest(BoxFile& file, const std::string& name, const PixelBox& box, std::size_t& dropped)
{
    const auto [place, isNew] = file.boxes.emplace(PartPoints::nameOf(name), box);
    if (isNew)
        return;
    ++dropped;
    if (place->second.area() < box.area())
        place->second = box;
}

void finish(const fs::path& path, BoxFile& file, std::size_t dropped)
{
    if (file.boxes.empty())
        throw Error(ErrorCode::Damaged, path.string(), "expected a box at least, got none");
    if (dropped > 0)
        file.notes.push_back(path.filename().string() + ": of several boxes of one picture the largest is taken, " +
                             std::to_string(dropped) + " are left");
}

bool isCoco(const std::string& text)
{
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    return start != std::string::npos && text[start] == '{';
}

/// A number or a text: COCO's identifiers are either.
std::string idOf(const StrictJson& reader, const json& object, const char* key)
{
    const auto found = object.is_object() ? object.find(key) : object.end();
    if (!object.is_object() || found == object.end() || (!found->is_number_integer() && !found->is_string()))
        reader.fail(std::string("expected a number or a text as \"") + key + "\"");
    return found->dump();
}

const json& listIn(const StrictJson& reader, const json& all, const char* key)
{
    static const json none;
    const auto found = all.find(key);
    const json& list = found == all.end() ? none : *found;
    reader.requireArray(list, key, maxValues);
    return list;
}

BoxFile readCoco(const fs::path& path, const std::string& text)
{
    StrictJson reader(path.string());
    const json all = reader.parsed(text, maxDepth, maxValues);
    std::map<std::string, std::string> names;
    std::size_t place = 0;
    for (const json& image : listIn(reader, all, "images")) {
        reader.setPlace("image " + std::to_string(++place));
        const std::string id = idOf(reader, image, "id");
        names[id] = reader.text(image.value("file_name", json()), "file_name");
    }
    BoxFile file;
    std::size_t dropped = 0;
    place = 0;
    reader.setPlace({});
    for (const json& annotation : listIn(reader, all, "annotations")) {
        reader.setPlace("annotation " + std::to_string(++place));
        const auto name = names.find(idOf(reader, annotation, "image_id"));
        if (name == names.end())
            reader.fail("expected an image that is listed as \"image_id\"");
        constexpr std::size_t numbers = 4;
        const json box = annotation.value("bbox", json());
        reader.requireArray(box, "bbox", numbers);
        if (box.empty())
            continue; // a picture without an animal
        std::array<double, numbers> values{};
        if (box.size() != numbers)
            reader.fail("expected x, y, width and height as \"bbox\"");
        for (std::size_t i = 0; i < numbers; ++i)
            values[i] = reader.number(box[i], "bbox");
        const auto found = boxOf(values[0], values[1], values[2], values[3]);
        if (!found)
            reader.fail("expected a box with an area, in pixels, as \"bbox\"");
        keepLargest(file, name->second, *found, dropped);
    }
    finish(path, file, dropped);
    return file;
}

enum Column { File, X, Y, Width, Height, Right, Bottom };

BoxFile readCsv(const fs::path& path)
{
    const CsvColumns read =
        readCsvColumns(path, "boxes",
                       {{"file", {"filename", "file name", "image", "image name", "picture", "path"}},
                        {"x", {"left", "xmin", "x min", "x1", "bbox x"}},
                        {"y", {"top", "ymin", "y min", "y1", "bbox y"}},
                        {"width", {"w", "bbox width", "bbox w"}, true},
                        {"height", {"h", "bbox height", "bbox h"}, true},
                        {"right", {"xmax", "x max", "x2"}, true},
                        {"bottom", {"ymax", "y max", "y2"}, true}});
    // Width and height beside the right edge are the picture's own.
    const bool hasEdges = read.present[Right] && read.present[Bottom];
    if (!hasEdges && !(read.present[Width] && read.present[Height]))
        throw Error(ErrorCode::Damaged, path.string(),
                    "expected the columns width and height, or right and bottom, got neither");
    BoxFile file;
    std::size_t dropped = 0;
    CsvNumbers numbers(read.separator != ',');
    for (const CsvRow& row : read.rows) {
        std::array<double, 4> values{};
        const std::array<std::size_t, 4> places{X, Y, hasEdges ? Right : Width, hasEdges ? Bottom : Height};
        for (std::size_t i = 0; i < places.size(); ++i) {
            const std::optional<double> value = numbers.read(row.fields[places[i]]);
            if (!value)
                throwBadLine(path, row.line, "expected a number of pixels, got \"" + row.fields[places[i]] + "\"");
            values[i] = *value;
        }
        const auto [x, y, third, fourth] = values;
        const auto box = boxOf(x, y, hasEdges ? third - x : third, hasEdges ? fourth - y : fourth);
        if (!box || row.fields[File].empty())
            throwBadLine(path, row.line, "expected a picture and a box with an area, in pixels");
        keepLargest(file, row.fields[File], *box, dropped);
    }
    if (!read.dialect.empty())
        file.notes.push_back(path.filename().string() + ": read with " + read.dialect);
    finish(path, file, dropped);
    return file;
}

/// How many folders, and the name, both end with alike.
std::size_t commonEnd(const std::string& a, const std::string& b)
{
    const fs::path first = a;
    const fs::path second = b;
    std::vector<fs::path> ofFirst(first.begin(), first.end());
    std::vector<fs::path> ofSecond(second.begin(), second.end());
    std::size_t count = 0;
    while (count < std::min(ofFirst.size(), ofSecond.size()) &&
           ofFirst[ofFirst.size() - 1 - count] == ofSecond[ofSecond.size() - 1 - count])
        ++count;
    return count;
}

} // namespace

BoxFile readBoxFile(const fs::path& path)
{
    const std::string text = readTextFile(path, "boxes", mostBytes).text;
    return isCoco(text) ? readCoco(path, text) : readCsv(path);
}

AssignBoxes boxesFor(const Dataset& dataset, const BoxFile& file, std::size_t& unmatched)
{
    std::multimap<std::string, std::pair<int, std::string>> byName;
    for (std::size_t i = 0; i < dataset.pictures.size(); ++i) {
        std::string name = PartPoints::nameOf(dataset.pictures[i].path.generic_string());
        const std::string key = fs::path(name).filename().string();
        byName.emplace(key, std::pair(static_cast<int>(i), std::move(name)));
    }
    std::map<int, PixelBox> boxes;
    unmatched = 0;
    for (const auto& [name, box] : file.boxes) {
        const auto [first, last] = byName.equal_range(fs::path(name).filename().string());
        std::size_t longest = 0;
        std::vector<int> fitting;
        for (auto place = first; place != last; ++place) {
            const std::size_t length = commonEnd(name, place->second.second);
            if (length > longest)
                fitting.clear();
            longest = std::max(longest, length);
            if (length == longest)
                fitting.push_back(place->second.first);
        }
        if (fitting.size() == 1)
            boxes[fitting.front()] = box;
        else
            ++unmatched;
    }
    if (boxes.empty())
        throw Error(ErrorCode::Mismatch, "boxes",
                    "expected boxes of the data set's pictures, but none of " + std::to_string(file.boxes.size()) +
                        " names one, such as " + file.boxes.begin()->first);
    AssignBoxes step;
    for (const auto& [picture, box] : boxes) {
        step.pictures.push_back(picture);
        step.boxes.push_back(box);
    }
    return step;
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/part_points.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>

#include "core/base/error.h"
#include "core/data/csv_columns.h"
#include "core/data/csv_reader.h"
#include "core/data/name_text.h"

namespace ocellus {

namespace {

enum Column { File, Part, X, Y, Visible, Width, Height };

const std::vector<WantedColumn>& wantedColumns()
{
    static const std::vector<WantedColumn> columns{
        {"file", {"filename", "file name", "image", "image name", "picture", "path"}},
        {"part", {"part name", "keypoint", "landmark"}},
        {"x", {"x px", "px x"}},
        {"y", {"y px", "px y"}},
        {"visible", {"visibility", "vis"}, true},
        {"width", {"image width", "img width"}, true},
        {"height", {"image height", "img height"}, true}};
    return columns;
}

/// How visible a point is: 0, 1 or COCO's 2; nothing for other words.
std::optional<int> visibility(const std::string& text)
{
    constexpr std::array<std::string_view, 8> no{"0", "0.0", "false", "no", "n", "hidden", "invisible", "occluded"};
    constexpr std::array<std::string_view, 6> yes{"1", "1.0", "true", "yes", "y", "visible"};
    const std::string word = headingKey(text);
    if (std::ranges::find(no, word) != no.end())
        return 0;
    if (std::ranges::find(yes, word) != yes.end())
        return 1;
    return word == "2" || word == "2.0" ? std::optional(2) : std::nullopt;
}

bool isMissing(const std::string& text)
{
    const std::string word = headingKey(text);
    return word.empty() || word == "nan" || word == "na" || word == "null" || word == "none";
}

/// Goes through the lines of one file.
class Reader {
public:
    explicit Reader(const std::filesystem::path& path)
        : m_path(path),
          m_read(readCsvColumns(path, "part points", wantedColumns())),
          m_numbers(m_read.separator != ',')
    {
    }

    PartPoints read()
    {
        if (m_read.rows.empty())
            throw Error(ErrorCode::Damaged, m_path.string(), "expected a part point a line, got none");
        findParts();
        findVisibility();
        for (const CsvRow& row : m_read.rows)
            add(row);
        if (m_result.points.empty())
            throw Error(ErrorCode::Damaged, m_path.string(),
                        "expected a visible part point, got " + std::to_string(m_invisible) + " that are not visible");
        findUnit();
        say();
        return std::move(m_result);
    }

private:
    void findParts()
    {
        for (const CsvRow& row : m_read.rows) {
            if (row.fields[File].empty() || row.fields[Part].empty())
                throwBadLine(m_path, row.line, "expected a file and a part, got an empty name");
            m_parts.emplace(normalised(row.fields[Part]), 0);
        }
        for (auto& [name, index] : m_parts) {
            index = m_result.parts.size();
            m_result.parts.push_back(name);
        }
    }

    /// COCO's 1 is "labelled, but hidden"; it is COCO's where there is a 2.
    void findVisibility()
    {
        if (!m_read.present[Visible])
            return;
        for (const CsvRow& row : m_read.rows) {
            const std::optional<int> visible = visibility(row.fields[Visible]);
            if (!visible && !isMissing(row.fields[Visible]))
                throwBadLine(m_path, row.line, "expected visible to be 0, 1 or 2, got \"" + row.fields[Visible] + "\"");
            m_leastVisible = std::max(m_leastVisible, visible.value_or(0));
        }
    }

    bool isVisible(const CsvRow& row, double x, double y) const
    {
        if (m_read.present[Visible])
            return visibility(row.fields[Visible]).value_or(0) >= m_leastVisible;
        return !(x == 0 && y == 0) && !(x == -1 && y == -1);
    }

    void add(const CsvRow& row)
    {
        if (isMissing(row.fields[X]) && isMissing(row.fields[Y])) {
            ++m_invisible;
            return;
        }
        const auto x = m_numbers.read(row.fields[X]);
        const auto y = m_numbers.read(row.fields[Y]);
        if (!x || !y)
            throwBadLine(m_path, row.line,
                         "expected x and y in pixels, with one decimal mark throughout the file, got \"" +
                             row.fields[X] + "\" and \"" + row.fields[Y] + "\"");
        if (!isVisible(row, *x, *y)) {
            ++m_invisible;
            return;
        }
        const std::string name = PartPoints::nameOf(row.fields[File]);
        m_result.points[name].push_back({m_parts.at(normalised(row.fields[Part])), {*x, *y}});
        if (m_read.present[Width] && m_read.present[Height])
            m_result.sizes[name] = sizeIn(row);
    }

    Size sizeIn(const CsvRow& row)
    {
        constexpr double largest = 1e6;
        const auto width = m_numbers.read(row.fields[Width]);
        const auto height = m_numbers.read(row.fields[Height]);
        if (!width || !height || *width < 1 || *height < 1 || *width > largest || *height > largest)
            throwBadLine(m_path, row.line,
                         "expected the picture's width and height in pixels, got \"" + row.fields[Width] + "\" and \"" +
                             row.fields[Height] + "\"");
        return {static_cast<int>(*width), static_cast<int>(*height)};
    }

    /// All between 0 and 1, and not whole: no pixels.
    void findUnit()
    {
        bool isShare = true;
        bool isBroken = false;
        for (const auto& [name, points] : m_result.points)
            for (const PartPoint& point : points)
                for (const double value : {point.place.x, point.place.y}) {
                    isShare = isShare && value >= 0 && value <= 1;
                    isBroken = isBroken || value != std::floor(value);
                }
        if (isShare && isBroken)
            m_result.unit = PartPoints::Unit::Shares;
    }

    void say()
    {
        std::string dialect = m_read.dialect;
        if (m_numbers.usesCommas())
            dialect += (dialect.empty() ? "" : ", ") + std::string("decimal commas");
        if (!dialect.empty())
            m_result.notes.push_back("read with " + dialect);
        if (m_invisible > 0)
            m_result.notes.push_back(
                std::to_string(m_invisible) + " of " + std::to_string(m_read.rows.size()) +
                " points left out as not visible" +
                (m_read.present[Visible] ? "" : ", for they lie at (0, 0) or (-1, -1) or nowhere"));
        if (m_result.unit == PartPoints::Unit::Shares)
            m_result.notes.push_back("x and y are all between 0 and 1: taken as shares of the width and height");
        else if (!m_result.sizes.empty())
            m_result.notes.push_back("x and y are scaled from the width and height in the file to the picture's");
    }

    std::filesystem::path m_path;
    CsvColumns m_read;
    CsvNumbers m_numbers;
    std::map<std::string, std::size_t> m_parts;
    int m_leastVisible = 1;
    std::size_t m_invisible = 0;
    PartPoints m_result;
};

std::string text(double value)
{
    std::string digits = std::to_string(value);
    digits.erase(digits.find_last_not_of('0') + 1);
    return digits.ends_with('.') ? digits.substr(0, digits.size() - 1) : digits;
}

} // namespace

std::string PartPoints::nameOf(std::string_view path)
{
    std::string name = normalised(path);
    // The apostrophe that keeps spreadsheets from taking a name for a formula (core/io/csv.h) is no part of it.
    if (name.size() > 1 && name.front() == '\'' && std::string_view("=+-@").find(name[1]) != std::string_view::npos)
        name.erase(0, 1);
    std::replace(name.begin(), name.end(), '\\', '/');
    return std::filesystem::path(name).lexically_normal().generic_string();
}

std::vector<PartPoint> PartPoints::inPixels(const std::string& name, Size picture) const
{
    const auto found = points.find(name);
    if (found == points.end())
        return {};
    Point scale{1, 1};
    if (unit == Unit::Shares)
        scale = {static_cast<double>(picture.width), static_cast<double>(picture.height)};
    else if (const auto size = sizes.find(name); size != sizes.end())
        scale = {static_cast<double>(picture.width) / size->second.width,
                 static_cast<double>(picture.height) / size->second.height};
    std::vector<PartPoint> result = found->second;
    for (PartPoint& point : result) {
        point.place = {point.place.x * scale.x, point.place.y * scale.y};
        const bool isInside = point.place.x >= 0 && point.place.y >= 0 && point.place.x <= picture.width &&
                              point.place.y <= picture.height;
        if (!isInside)
            throw Error(ErrorCode::Mismatch, name,
                        "expected points within the picture's " + std::to_string(picture.width) + "x" +
                            std::to_string(picture.height) + " pixels, got " + parts[point.part] + " at (" +
                            text(point.place.x) + ", " + text(point.place.y) + ")",
                        "Give points in the picture's own pixels, as shares from 0 to 1, or with the columns width and "
                        "height of the pictures in which they were taken");
    }
    return result;
}

PartPoints readPartPoints(const std::filesystem::path& path)
{
    return Reader(path).read();
}

std::string doubtAboutScale(const PartPoints& points, const std::map<std::string, Size>& sizes)
{
    constexpr std::size_t fewestPictures = 8;
    constexpr double half = 0.5;
    if (points.unit != PartPoints::Unit::Pixels || sizes.size() < fewestPictures)
        return {};
    double farthest = 0;
    for (const auto& [name, size] : sizes)
        for (const PartPoint& point : points.inPixels(name, size))
            farthest = std::max({farthest, point.place.x / size.width, point.place.y / size.height});
    if (farthest >= half)
        return {};
    return "all points of " + std::to_string(sizes.size()) +
           " pictures lie in the upper left quarter: were they taken at a smaller scale? Then give the columns width "
           "and "
           "height";
}

} // namespace ocellus

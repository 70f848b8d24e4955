// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/part_points.h"

#include <charconv>
#include <cmath>
#include <optional>

#include "core/base/error.h"
#include "core/data/csv_columns.h"

namespace ocellus {

namespace {

std::optional<double> finiteNumber(const std::string& text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

} // namespace

PartPoints readPartPoints(const std::filesystem::path& path)
{
    const std::vector<CsvRow> rows = readCsvColumns(path, "part points", {"file", "part", "x", "y"});
    if (rows.empty())
        throw Error(ErrorCode::Damaged, path.string(), "expected a part point a line, got none");
    std::map<std::string, std::size_t> parts;
    for (const CsvRow& row : rows) {
        if (row.fields[0].empty() || row.fields[1].empty())
            throwBadLine(path, row.line, "expected a file and a part, got an empty name");
        parts.emplace(row.fields[1], 0);
    }
    PartPoints result;
    for (auto& [name, index] : parts) {
        index = result.parts.size();
        result.parts.push_back(name);
    }
    for (const CsvRow& row : rows) {
        const auto x = finiteNumber(row.fields[2]);
        const auto y = finiteNumber(row.fields[3]);
        if (!x || !y)
            throwBadLine(path, row.line,
                         "expected x and y in pixels, got \"" + row.fields[2] + "\" and \"" + row.fields[3] + "\"");
        result.points[row.fields[0]].push_back({parts.at(row.fields[1]), {*x, *y}});
    }
    return result;
}

} // namespace ocellus

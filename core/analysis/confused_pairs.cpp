// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/confused_pairs.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <string>
#include <system_error>

#include "core/base/error.h"
#include "core/data/csv_columns.h"

namespace ocellus {

namespace {

int countIn(const std::filesystem::path& path, const CsvRow& row, std::size_t column)
{
    const std::string& field = row.fields[column];
    int value = 0;
    const auto [end, failure] = std::from_chars(field.data(), field.data() + field.size(), value);
    if (failure != std::errc() || end != field.data() + field.size() || value < 0)
        throwBadLine(path, row.line, "expected a whole number of at least 0, got \"" + field + "\"");
    return value;
}

int classIn(const std::filesystem::path& path, const CsvRow& row, std::size_t column, int classes)
{
    const int value = countIn(path, row, column);
    if (value >= classes)
        throw Error(ErrorCode::Mismatch, path.string(),
                    "line " + std::to_string(row.line) + ": expected one of the model's " + std::to_string(classes) +
                        " classes, got " + std::to_string(value),
                    "Choose the evaluation of the open model");
    return value;
}

} // namespace

std::vector<ConfusedPair> readConfusedPairs(const std::filesystem::path& path, int classes)
{
    std::vector<ConfusedPair> pairs;
    const CsvColumns read =
        readCsvColumns(path, "confused pairs", {{"first"}, {"second"}, {"first_as_second"}, {"second_as_first"}});
    for (const CsvRow& row : read.rows)
        pairs.push_back({classIn(path, row, 0, classes), classIn(path, row, 1, classes), countIn(path, row, 2),
                         countIn(path, row, 3)});
    return pairs;
}

std::vector<int> mostConfused(const std::vector<ConfusedPair>& pairs, int classIndex, int count)
{
    std::vector<ConfusedPair> own;
    std::ranges::copy_if(pairs, std::back_inserter(own), [classIndex](const ConfusedPair& pair) {
        return pair.first != pair.second && (pair.first == classIndex || pair.second == classIndex);
    });
    std::ranges::stable_sort(own, [](const ConfusedPair& a, const ConfusedPair& b) {
        // As long: a file's counts can be any.
        return std::int64_t{a.firstAsSecond} + a.secondAsFirst > std::int64_t{b.firstAsSecond} + b.secondAsFirst;
    });
    std::vector<int> classes;
    for (const ConfusedPair& pair : own) {
        const int other = pair.first == classIndex ? pair.second : pair.first;
        if (static_cast<int>(classes.size()) < count && std::ranges::find(classes, other) == classes.end())
            classes.push_back(other);
    }
    return classes;
}

} // namespace ocellus

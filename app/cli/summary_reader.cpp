// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/summary_reader.h"

#include <optional>
#include <span>
#include <string_view>

#include "app/cli/summary_csv.h"
#include "core/base/error.h"
#include "core/data/csv_reader.h"
#include "core/io/csv.h"
#include "core/io/input_file.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t maxBytes = 1'000'000'000;

std::string contentOf(const fs::path& path)
{
    const InputFile file(path);
    if (file.size() > maxBytes)
        throw Error(ErrorCode::TooLarge, path.string(),
                    "expected at most " + std::to_string(maxBytes) + " bytes, got " + std::to_string(file.size()));
    std::string text(file.size(), '\0');
    file.readAt(0, std::as_writable_bytes(std::span(text)));
    if (!text.starts_with(summaryHeader))
        throw Error(ErrorCode::Damaged, path.string(),
                    "expected the first line to be " + std::string(summaryHeader.substr(0, summaryHeader.size() - 1)));
    if (!text.ends_with('\n'))
        throw Error(ErrorCode::Damaged, path.string(), "the last line is cut short");
    return text;
}

} // namespace

std::map<std::string, SummarisedPicture> readSummary(const fs::path& path)
{
    const std::string text = contentOf(path);
    std::map<std::string, SummarisedPicture> pictures;
    CsvReader reader(std::string_view(text).substr(summaryHeader.size()), ',');
    while (const std::optional<CsvReader::Record> record = reader.next()) {
        if (record->damaged || record->fields.size() != summaryColumns)
            throw Error(ErrorCode::Damaged, path.string(),
                        "expected " + std::to_string(summaryColumns) + " fields in line " +
                            std::to_string(record->line + 1));
        SummarisedPicture& picture = pictures[record->fields.front()];
        CsvLine line;
        for (const std::string& field : record->fields)
            line.copied(field);
        picture.lines += line.str();
        picture.hash = record->fields.back();
    }
    return pictures;
}

} // namespace ocellus

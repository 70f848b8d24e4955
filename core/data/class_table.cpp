// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/class_table.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <system_error>

#include "core/base/error.h"
#include "core/data/class_rows.h"
#include "core/data/text_file.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t maxFileBytes = 16 << 20;

ClassRows rowsFromFile(const fs::path& path)
{
    const std::string source = path.string();
    const TextFile file = readTextFile(path, "class table", maxFileBytes);
    const std::string_view text = file.text;
    std::string extension = path.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    const bool looksLikeJson = start != std::string_view::npos && (text[start] == '[' || text[start] == '{');
    if (extension == ".json" || looksLikeJson)
        return rowsFromJson(source, text);
    const bool isCsv = extension == ".csv" || extension == ".tsv" || hasCsvHeader(text);
    ClassRows rows = isCsv ? rowsFromCsv(source, text) : rowsFromText(source, text);
    if (!file.encoding.empty())
        rows.reading += "; " + file.encoding;
    return rows;
}

ClassTable tableFromFolder(const fs::path& folder, FolderOrder order)
{
    ClassTable table = tableFromRows(folder.string(), rowsFromFolder(folder, order), Numbers::AreNames);
    table.reading = order == FolderOrder::Bytes ? "folders in byte order, as torchvision sorts them"
                                                : "folders in natural order: 2 before 10";
    return table;
}

} // namespace

ClassTable readClassTable(const fs::path& path, FolderOrder order)
{
    std::error_code failure;
    const fs::file_status status = fs::status(path, failure);
    if (status.type() == fs::file_type::not_found)
        throw Error(ErrorCode::NotFound, path.string(), "there is no such class table");
    if (fs::is_directory(status))
        return tableFromFolder(path, order);
    ClassRows read = rowsFromFile(path);
    const bool isIndexed = !read.rows.empty() && read.rows.front().index;
    ClassTable table =
        tableFromRows(path.string(), std::move(read.rows), isIndexed ? Numbers::AreNames : Numbers::AreNone);
    table.reading = std::move(read.reading);
    return table;
}

void requireCount(const ClassTable& table, int classes)
{
    if (table.count() != classes)
        throw Error(ErrorCode::Mismatch, table.source,
                    "expected " + std::to_string(classes) + " classes, got " + std::to_string(table.count()),
                    "Choose the class table that the checkpoint was trained with.");
}

ClassTable classesOfCheckpoint(const std::vector<std::string>& names, int classes)
{
    if (names.empty())
        return numberedClasses(classes);
    std::vector<ClassRow> rows;
    for (std::size_t i = 0; i < names.size(); ++i)
        rows.push_back({"class " + std::to_string(i), std::nullopt, names[i], {}});
    ClassTable table = tableFromRows("checkpoint", std::move(rows), Numbers::AreNames);
    for (std::size_t i = 0; i < std::min(names.size(), table.entries.size()); ++i)
        if (names[i] != table.entries[i].name)
            table.entries[i].folder = names[i];
    table.reading = "names in the checkpoint";
    requireCount(table, classes);
    return table;
}

ClassTable numberedClasses(int classes)
{
    ClassTable table;
    for (int i = 0; i < classes; ++i)
        table.entries.push_back({std::to_string(i), {}});
    return table;
}

std::string displayName(const std::string& folderOrClassName)
{
    const std::size_t digits = folderOrClassName.find_first_not_of("0123456789");
    const bool numbered = digits != 0 && digits != std::string::npos && folderOrClassName[digits] == '.' &&
                          digits + 1 < folderOrClassName.size() &&
                          !std::isdigit(static_cast<unsigned char>(folderOrClassName[digits + 1]));
    std::string name = numbered ? folderOrClassName.substr(digits + 1) : folderOrClassName;
    std::replace(name.begin(), name.end(), '_', ' ');
    return std::string(trimmed(name));
}

} // namespace ocellus

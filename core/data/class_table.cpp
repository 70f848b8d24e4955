// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/class_table.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string_view>
#include <system_error>

#include "core/base/error.h"
#include "core/data/class_rows.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t maxFileBytes = 16 << 20;

std::string readFile(const fs::path& path)
{
    std::error_code failure;
    if (!fs::is_regular_file(path, failure))
        throw Error(ErrorCode::Unreadable, path.string(),
                    failure ? failure.message() : "is a device or pipe, expected a file or folder");
    const std::uintmax_t size = fs::file_size(path, failure);
    if (failure)
        throw Error(ErrorCode::Unreadable, path.string(), failure.message());
    if (size > maxFileBytes)
        throw Error(ErrorCode::TooLarge, path.string(),
                    "expected a class table of at most " + std::to_string(maxFileBytes) + " bytes, got " +
                        std::to_string(size));
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    std::string text(size, '\0');
    file.read(text.data(), static_cast<std::streamsize>(size));
    if (!file)
        throw Error(ErrorCode::Unreadable, path.string(), errno ? std::strerror(errno) : "could not be read");
    return text;
}

/// Bytes of the UTF-8 character that starts here, 0 where none does (RFC 3629, section 4).
std::size_t utf8Length(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
    const unsigned first = byte(0);
    const unsigned second = byte(1);
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return continues(1) ? 2 : 0;
    const bool overlongOrSurrogate = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
                                     (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
    if (overlongOrSurrogate)
        return 0;
    if (first >= 0xE0 && first <= 0xEF)
        return continues(1) && continues(2) ? 3 : 0;
    return first >= 0xF0 && first <= 0xF4 && continues(1) && continues(2) && continues(3) ? 4 : 0;
}

void requireUtf8(const std::string& source, std::string_view text)
{
    std::size_t line = 1;
    while (!text.empty()) {
        const std::size_t length = utf8Length(text);
        if (length == 0 || text.front() == '\0')
            throw Error(ErrorCode::Damaged, source,
                        "line " + std::to_string(line) + ": expected UTF-8 text, got other bytes",
                        "Save the class table as UTF-8.");
        line += text.front() == '\n';
        text.remove_prefix(length);
    }
}

std::vector<ClassRow> rowsFromFile(const fs::path& path)
{
    const std::string source = path.string();
    const std::string content = readFile(path);
    std::string_view text = content;
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    requireUtf8(source, text);

    std::string extension = path.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    const bool looksLikeJson = start != std::string_view::npos && (text[start] == '[' || text[start] == '{');
    if (extension == ".json" || looksLikeJson)
        return rowsFromJson(source, text);
    if (extension == ".csv" || extension == ".tsv" || hasCsvHeader(text))
        return rowsFromCsv(source, text);
    return rowsFromText(source, text);
}

} // namespace

ClassTable readClassTable(const fs::path& path)
{
    std::error_code failure;
    const fs::file_status status = fs::status(path, failure);
    if (status.type() == fs::file_type::not_found)
        throw Error(ErrorCode::NotFound, path.string(), "there is no such class table");
    const bool isFolder = fs::is_directory(status);
    return tableFromRows(path.string(), isFolder ? rowsFromFolder(path) : rowsFromFile(path));
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
    ClassTable table = tableFromRows("checkpoint", std::move(rows));
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

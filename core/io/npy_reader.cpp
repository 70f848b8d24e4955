// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/npy_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/io/input_file.h"
#include "core/io/little_endian.h"
#include "core/io/text.h"

namespace ocellus {

namespace {

constexpr std::uint64_t mostBytes = std::uint64_t{64} << 20;
constexpr std::size_t mostHeaderBytes = 4096;

/// What the header says of `key`, up to the next comma outside of brackets; empty where it says nothing.
std::string_view valueOf(std::string_view header, std::string_view key)
{
    const std::size_t start = header.find(key);
    if (start == std::string_view::npos)
        return {};
    std::string_view rest = header.substr(start + key.size());
    rest.remove_prefix(std::min(rest.size(), rest.find_first_not_of(": ")));
    const std::size_t end = rest.starts_with('(') ? rest.find(')') : rest.find_first_of(",}");
    return rest.substr(0, end);
}

/// Two numbers of "(12, 6"; false where it is anything else.
bool takeShape(std::string_view text, NpyTable& table)
{
    if (!text.starts_with('('))
        return false;
    const char* const end = text.data() + text.size();
    auto [comma, bad] = std::from_chars(text.data() + 1, end, table.rows);
    if (bad != std::errc() || comma == end || *comma != ',')
        return false;
    do
        ++comma;
    while (comma != end && *comma == ' ');
    const auto [rest, worse] = std::from_chars(comma, end, table.columns);
    return worse == std::errc() && rest == end && table.rows >= 0 && table.columns >= 0;
}

} // namespace

NpyTable readNpyTable(const std::filesystem::path& path)
{
    const InputFile file(path);
    const auto refuse = [&path](ErrorCode code, const std::string& detail) -> Error {
        return Error(code, path.string(), detail);
    };
    std::array<std::byte, 12> start{};
    if (file.size() < start.size())
        throw refuse(ErrorCode::Damaged, "it is too short for a NumPy array");
    if (file.size() > mostBytes)
        throw refuse(ErrorCode::TooLarge, "it has " + std::to_string(file.size()) + " bytes, at most " +
                                              std::to_string(mostBytes) + " are read");
    file.readAt(0, start);
    if (std::memcmp(start.data(), "\x93NUMPY", 6) != 0)
        throw refuse(ErrorCode::Unsupported, "expected a NumPy array (.npy), got something else");
    const bool isOld = start[6] == std::byte{1};
    const std::uint64_t begin = isOld ? 10 : 12;
    const std::uint64_t length =
        isOld ? loadLittleEndian<std::uint16_t>(&start[8]) : loadLittleEndian<std::uint32_t>(&start[8]);
    if (length > mostHeaderBytes || length > file.size() - begin)
        throw refuse(ErrorCode::Damaged, "its header has " + std::to_string(length) + " bytes, more than there can be");
    std::string header(static_cast<std::size_t>(length), '\0');
    file.readAt(begin, std::as_writable_bytes(std::span(header)));
    NpyTable table;
    if (valueOf(header, "'descr'") != "'<i8'" || valueOf(header, "'fortran_order'") != "False" ||
        !takeShape(valueOf(header, "'shape'"), table))
        throw refuse(ErrorCode::Unsupported,
                     "expected 64-bit whole numbers in rows and columns, got " + excerpt(header));
    const std::uint64_t count = (file.size() - begin - length) / sizeof(std::int64_t);
    if (table.columns > 0 && static_cast<std::uint64_t>(table.rows) > count / static_cast<std::uint64_t>(table.columns))
        throw refuse(ErrorCode::Damaged, "expected " + std::to_string(table.rows) + " rows of " +
                                             std::to_string(table.columns) + " numbers, the file has " +
                                             std::to_string(count) + " numbers");
    table.values.resize(static_cast<std::size_t>(table.rows) * static_cast<std::size_t>(table.columns));
    file.readAt(begin + length, std::as_writable_bytes(std::span(table.values)));
    return table;
}

} // namespace ocellus

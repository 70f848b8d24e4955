// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/zip_directory.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/io/limits.h"
#include "core/io/little_endian.h"

namespace ocellus {

namespace {

// APPNOTE.TXT 4.3.14 to 4.3.16 (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT)
constexpr std::size_t endBytes = 22;
constexpr std::size_t locatorBytes = 20;
constexpr std::size_t longEndBytes = 56;
constexpr std::size_t longestComment = 0xFFFF;

void checkCount(std::uint64_t entries, const InputFile& file)
{
    if (entries > limits::zipEntries)
        throw Error(ErrorCode::TooLarge, file.path().string(),
                    "the archive claims " + std::to_string(entries) + " entries, at most " +
                        std::to_string(limits::zipEntries) + " are read");
}

/// The record for archives with more than 65535 entries; one that is not there is left to libzip to refuse.
void checkLongEnd(std::uint64_t offset, const InputFile& file)
{
    if (file.size() < longEndBytes || offset > file.size() - longEndBytes)
        return;
    std::array<std::byte, longEndBytes> record{};
    file.readAt(offset, record);
    // The locator of an archive within the archive counts from the start of its own: there lies something else.
    constexpr std::string_view signature = "PK\x06\x06";
    if (std::memcmp(record.data(), signature.data(), signature.size()) != 0)
        return;
    checkCount(loadLittleEndian<std::uint64_t>(record.data() + 24), file);
    checkCount(loadLittleEndian<std::uint64_t>(record.data() + 32), file);
}

} // namespace

void checkZipDirectory(const InputFile& file)
{
    constexpr std::string_view signature = "PK\x05\x06";
    constexpr std::string_view locatorSignature = "PK\x06\x07";
    const auto tailBytes = std::min<std::uint64_t>(file.size(), endBytes + locatorBytes + longestComment);
    std::vector<std::byte> tail(static_cast<std::size_t>(tailBytes));
    file.readAt(file.size() - tail.size(), tail);
    const std::string_view text(reinterpret_cast<const char*>(tail.data()), tail.size());
    for (std::size_t at = text.find(signature); at != std::string_view::npos; at = text.find(signature, at + 1))
        if (at >= locatorBytes && text.substr(at - locatorBytes).starts_with(locatorSignature))
            checkLongEnd(loadLittleEndian<std::uint64_t>(tail.data() + at - locatorBytes + 8), file);
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/text_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <string_view>
#include <system_error>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/io/text.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

std::string readFile(const fs::path& path, const std::string& what, std::uintmax_t maxBytes)
{
    std::error_code failure;
    if (fs::status(path, failure).type() == fs::file_type::not_found)
        throw Error(ErrorCode::NotFound, path.string(), "there is no such " + what);
    if (!fs::is_regular_file(path, failure))
        throw Error(ErrorCode::Unreadable, path.string(),
                    failure ? failure.message() : "is a device or pipe, expected a file or folder");
    const std::uintmax_t size = fs::file_size(path, failure);
    if (failure)
        throw Error(ErrorCode::Unreadable, path.string(), failure.message());
    if (size > maxBytes)
        throw Error(ErrorCode::TooLarge, path.string(),
                    "expected a " + what + " of at most " + std::to_string(maxBytes) + " bytes, got " +
                        std::to_string(size));
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    std::string text(size, '\0');
    file.read(text.data(), static_cast<std::streamsize>(size));
    if (!file)
        throw Error(ErrorCode::Unreadable, path.string(), errno ? std::strerror(errno) : "could not be read");
    return text;
}

void requireUtf8(const std::string& source, const std::string& what, std::string_view text)
{
    std::size_t line = 1;
    while (!text.empty()) {
        const std::size_t length = utf8SequenceLength(text);
        if (length == 0 || text.front() == '\0')
            throw Error(ErrorCode::Damaged, source,
                        "line " + std::to_string(line) + ": expected UTF-8 text, got other bytes",
                        "Save the " + what + " as UTF-8.");
        line += text.front() == '\n';
        text.remove_prefix(length);
    }
}

/// `bytes` begin behind the byte-order mark. What is no character becomes what requireUtf8 refuses.
std::string utf8OfUtf16(std::string_view bytes, bool bigEndian)
{
    const auto unit = [&](std::size_t i) -> std::uint32_t {
        const auto first = static_cast<unsigned char>(bytes[i]);
        const auto second = static_cast<unsigned char>(bytes[i + 1]);
        return bigEndian ? first << 8 | second : second << 8 | first;
    };
    std::string text;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        std::uint32_t letter = unit(i);
        const bool isPair = letter >= 0xD800 && letter < 0xDC00 && i + 3 < bytes.size() && unit(i + 2) >= 0xDC00 &&
                            unit(i + 2) < 0xE000;
        if (isPair) {
            letter = 0x10000 + ((letter - 0xD800) << 10) + (unit(i + 2) - 0xDC00);
            i += 2;
        }
        if (!appendUtf8(letter, text))
            text += '\xFF'; // no character either
    }
    if (bytes.size() % 2 != 0)
        text += '\xFF'; // half a character
    return text;
}

/// What a byte from 0x80 to 0x9F is there; 0 for those that are nothing.
constexpr std::array<std::uint16_t, 32> windows1252{0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

/// Nothing for bytes that text in Windows-1252 would not have.
std::optional<std::string> utf8OfWindows1252(std::string_view bytes)
{
    std::string text;
    for (const char letter : bytes) {
        const auto byte = static_cast<unsigned char>(letter);
        const bool isHigh = byte >= 0x80 && byte < 0xA0;
        const std::uint32_t code = isHigh ? windows1252[byte - 0x80U] : byte;
        const bool isControl = byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
        if (code == 0 || isControl || byte == 0x7F || !appendUtf8(code, text))
            return std::nullopt;
    }
    return text;
}

void refuseWorkbook(const fs::path& path, const std::string& what, const std::string& bytes)
{
    if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("\xD0\xCF\x11\xE0"))
        throw Error(ErrorCode::Unsupported, path.string(),
                    "expected a " + what + " as text, got a workbook or another packed file",
                    "Save it as CSV (UTF-8) in the spreadsheet's program");
}

} // namespace

TextFile readTextFile(const fs::path& path, const std::string& what, std::uintmax_t maxBytes, TextEncodings encodings)
{
    TextFile file{readFile(path, what, maxBytes), {}};
    refuseWorkbook(path, what, file.text);
    const bool littleEndian = file.text.starts_with("\xFF\xFE");
    if (file.text.starts_with("\xEF\xBB\xBF")) {
        file.text.erase(0, 3);
    } else if (littleEndian || file.text.starts_with("\xFE\xFF")) {
        file.text = utf8OfUtf16(std::string_view(file.text).substr(2), !littleEndian);
        file.encoding = "UTF-16";
    } else if (encodings == TextEncodings::WithWindows1252 && !isUtf8(file.text)) {
        if (std::optional<std::string> text = utf8OfWindows1252(file.text)) {
            file.text = std::move(*text);
            file.encoding = "Windows-1252";
        }
    }
    requireUtf8(path.string(), what, file.text);
    // Old programs of the Macintosh end lines so.
    if (file.text.find('\n') == std::string::npos)
        std::replace(file.text.begin(), file.text.end(), '\r', '\n');
    return file;
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/text_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
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

} // namespace

TextFile readTextFile(const fs::path& path, const std::string& what, std::uintmax_t maxBytes)
{
    TextFile file{readFile(path, what, maxBytes), {}};
    const bool littleEndian = file.text.starts_with("\xFF\xFE");
    if (file.text.starts_with("\xEF\xBB\xBF")) {
        file.text.erase(0, 3);
    } else if (littleEndian || file.text.starts_with("\xFE\xFF")) {
        file.text = utf8OfUtf16(std::string_view(file.text).substr(2), !littleEndian);
        file.encoding = "UTF-16";
    }
    requireUtf8(path.string(), what, file.text);
    // Old programs of the Macintosh end lines so.
    if (file.text.find('\n') == std::string::npos)
        std::replace(file.text.begin(), file.text.end(), '\r', '\n');
    return file;
}

} // namespace ocellus

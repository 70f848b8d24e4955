// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "core/base/text.h"

namespace ocellus {

bool appendUtf8(std::uint32_t code, std::string& text)
{
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (surrogate || code > 0x10FFFF)
        return false;
    const auto tail = [&](unsigned shift) { text += static_cast<char>(0x80 | (code >> shift & 0x3F)); };
    if (code < 0x80) {
        text += static_cast<char>(code);
        return true;
    }
    const unsigned tails = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    constexpr unsigned leads[] = {0, 0xC0, 0xE0, 0xF0};
    text += static_cast<char>(leads[tails] | code >> 6 * tails);
    for (unsigned i = tails; i-- > 0;)
        tail(6 * i);
    return true;
}

bool isUtf8(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t length = utf8SequenceLength(text);
        if (length == 0)
            return false;
        text.remove_prefix(length);
    }
    return true;
}

std::string validUtf8(std::string_view text, std::string_view replacement)
{
    std::string valid;
    valid.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = utf8SequenceLength(text);
        valid += length == 0 ? replacement : text.substr(0, length);
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return valid;
}

std::string withoutDirections(std::string_view text, std::string_view replacement)
{
    const auto turns = [](std::string_view letter) {
        return letter == "\xD8\x9C" || letter == "\xE2\x80\x8E" || letter == "\xE2\x80\x8F" ||
               (letter >= "\xE2\x80\xAA" && letter <= "\xE2\x80\xAE" && letter.size() == 3) ||
               (letter >= "\xE2\x81\xA6" && letter <= "\xE2\x81\xA9" && letter.size() == 3);
    };
    std::string kept;
    kept.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = std::max<std::size_t>(utf8SequenceLength(text), 1);
        const std::string_view letter = text.substr(0, length);
        kept += turns(letter) ? replacement : letter;
        text.remove_prefix(length);
    }
    return kept;
}

std::string excerpt(std::string_view text)
{
    constexpr std::size_t longest = 80;
    std::string shown;
    while (!text.empty()) {
        const std::size_t length = utf8SequenceLength(text);
        if (shown.size() + length > longest)
            return shown + "...";
        const bool control = length == 1 && (text[0] < ' ' || text[0] == '\x7f');
        shown += length == 0 || control ? std::string_view("?") : text.substr(0, length);
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return shown;
}

} // namespace ocellus

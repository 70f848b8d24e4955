// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace ocellus {

namespace {

/// Length of the UTF-8 sequence at the start of `text`, 0 where there is none.
std::size_t sequenceLength(std::string_view text)
{
    const auto byteAt = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t lead = byteAt(0);
    if (lead < 0x80)
        return 1;
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length)
        return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byteAt(i) & 0xC0) != 0x80)
            return 0;
    const std::uint8_t second = byteAt(1);
    const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
    const bool beyond = (lead == 0xED && second > 0x9F) || (lead == 0xF4 && second > 0x8F);
    return overlong || beyond ? 0 : length;
}

} // namespace

bool isUtf8(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t length = sequenceLength(text);
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
        const std::size_t length = sequenceLength(text);
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
        const std::size_t length = std::max<std::size_t>(sequenceLength(text), 1);
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
        const std::size_t length = sequenceLength(text);
        if (shown.size() + length > longest)
            return shown + "...";
        const bool control = length == 1 && (text[0] < ' ' || text[0] == '\x7f');
        shown += length == 0 || control ? std::string_view("?") : text.substr(0, length);
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return shown;
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/file_name.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/io/text.h"

namespace ocellus {

namespace {

constexpr std::size_t longestEnding = 16; ///< with its dot; what is longer is a part of the name

bool isForbidden(unsigned char letter)
{
    return letter < 0x20 || letter == 0x7F ||
           std::string_view("/\\<>:\"|?*").find(char(letter)) != std::string_view::npos;
}

std::string replaced(std::string_view text)
{
    std::string name = withoutDirections(validUtf8(text, "_"), "_");
    std::ranges::replace_if(
        name, [](char letter) { return isForbidden(static_cast<unsigned char>(letter)); }, '_');
    return name;
}

std::string_view trimmed(std::string_view name)
{
    const std::size_t first = name.find_first_not_of(" .");
    if (first == std::string_view::npos)
        return {};
    return name.substr(first, name.find_last_not_of(" .") + 1 - first);
}

/// CON, PRN, AUX, NUL, COM1 to COM9 and LPT1 to LPT9, with any ending.
bool isDevice(std::string_view name)
{
    std::string stem(trimmed(name.substr(0, name.find('.'))));
    std::ranges::transform(stem, stem.begin(), [](unsigned char letter) { return char(std::toupper(letter)); });
    constexpr std::array<std::string_view, 6> devices{"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"};
    const bool isPort =
        stem.size() == 4 && (stem.starts_with("COM") || stem.starts_with("LPT")) && stem[3] >= '0' && stem[3] <= '9';
    return isPort || std::ranges::find(devices, stem) != devices.end();
}

/// The first `most` bytes, less a character that is cut.
std::string_view wholeCharacters(std::string_view text, std::size_t most)
{
    if (text.size() <= most)
        return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80)
        --most;
    return text.substr(0, most);
}

std::string shortened(const std::string& name)
{
    if (name.size() <= longestFileName)
        return name;
    const std::size_t dot = name.rfind('.');
    const bool hasEnding = dot != std::string::npos && dot > 0 && name.size() - dot <= longestEnding;
    const std::string ending = hasEnding ? name.substr(dot) : std::string();
    return std::string(trimmed(wholeCharacters(name, longestFileName - ending.size()))) + ending;
}

} // namespace

std::string safeFileName(std::string_view proposed)
{
    std::string name(trimmed(replaced(proposed)));
    if (isDevice(name))
        name.insert(name.begin(), '_');
    name = shortened(name);
    return name.empty() ? "untitled" : name;
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/specimen_names.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "core/data/name_text.h"

namespace ocellus {

namespace {

constexpr std::size_t mostDigitsOfView = 2;

bool isDigit(char letter)
{
    return letter >= '0' && letter <= '9';
}

bool isView(std::string_view word)
{
    static constexpr std::array<std::string_view, 14> views{"back", "bottom",  "copy",  "dorsal", "front",
                                                            "head", "lateral", "left",  "lower",  "right",
                                                            "side", "top",     "upper", "ventral"};
    const bool isLetter = word.size() == 1 && std::isalpha(static_cast<unsigned char>(word.front()));
    return isLetter || std::ranges::find(views, word) != views.end();
}

/// Where the name goes on to tell the view, or its end.
std::size_t endOfSpecimen(std::string_view name)
{
    const std::size_t separator = name.find_last_of("_- ");
    if (separator == std::string_view::npos || separator == 0)
        return name.size();
    const std::string_view last = name.substr(separator + 1);
    const std::string_view before = name.substr(0, separator);
    const bool isCopy = last.size() > 2 && last.front() == '(' && last.back() == ')'; // as systems number copies
    const bool isNumber = !last.empty() && last.size() <= mostDigitsOfView && std::ranges::all_of(last, isDigit) &&
                          std::ranges::any_of(before, isDigit);
    return isCopy || isNumber || isView(last) ? separator : name.size();
}

} // namespace

std::string specimenOf(const std::filesystem::path& picture)
{
    std::string name = caseFolded(picture.stem().string());
    name.resize(endOfSpecimen(name));
    return name;
}

} // namespace ocellus

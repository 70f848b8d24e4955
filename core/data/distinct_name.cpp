// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/distinct_name.h"

#include <algorithm>

namespace ocellus {

namespace {

/// Whether the path ends in these folders and this name.
bool endsIn(std::string_view path, std::string_view names)
{
    return path.ends_with(names) && (path.size() == names.size() || path[path.size() - names.size() - 1] == '/');
}

} // namespace

std::string distinctName(std::string_view picture, std::span<const std::string_view> among)
{
    std::size_t start = picture.rfind('/') + 1;
    const auto isShared = [&](std::string_view names) {
        return std::ranges::any_of(among,
                                   [&](std::string_view other) { return other != picture && endsIn(other, names); });
    };
    while (start > 1 && isShared(picture.substr(start)))
        start = picture.rfind('/', start - 2) + 1;
    return std::string(picture.substr(start));
}

} // namespace ocellus

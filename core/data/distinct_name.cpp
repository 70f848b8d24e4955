// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/distinct_name.h"

#include <algorithm>
#include <unordered_map>

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

std::vector<std::string> distinctNames(std::span<const std::string_view> pictures)
{
    // Where each name starts; those that are shared grow by a folder until none is, or there is no folder left.
    std::vector<std::size_t> starts;
    std::vector<std::size_t> open;
    for (const std::string_view picture : pictures) {
        open.push_back(starts.size());
        starts.push_back(picture.rfind('/') + 1);
    }
    while (!open.empty()) {
        std::unordered_map<std::string_view, std::string_view> owners;
        std::unordered_map<std::string_view, bool> shared;
        for (const std::size_t at : open) {
            const std::string_view names = pictures[at].substr(starts[at]);
            const auto [owner, isFirst] = owners.emplace(names, pictures[at]);
            shared[names] = shared[names] || (!isFirst && owner->second != pictures[at]);
        }
        std::vector<std::size_t> longer;
        for (const std::size_t at : open)
            if (starts[at] > 1 && shared[pictures[at].substr(starts[at])])
                longer.push_back(at);
        for (const std::size_t at : longer)
            starts[at] = pictures[at].rfind('/', starts[at] - 2) + 1;
        open = std::move(longer);
    }
    std::vector<std::string> names;
    for (std::size_t i = 0; i < pictures.size(); ++i)
        names.emplace_back(pictures[i].substr(starts[i]));
    return names;
}

} // namespace ocellus

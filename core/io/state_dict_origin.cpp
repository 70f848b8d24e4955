// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/state_dict_origin.h"

#include <algorithm>

#include "core/io/text.h"

namespace ocellus {

namespace {

constexpr std::size_t mostListed = 8;

template <typename Items, typename Text>
std::string listText(const Items& items, Text text)
{
    std::string list;
    for (std::size_t i = 0; i < std::min(items.size(), mostListed); ++i)
        list += (i > 0 ? ", " : "") + text(items[i]);
    return items.size() > mostListed ? list + " and " + std::to_string(items.size() - mostListed) + " more" : list;
}

} // namespace

std::string originText(const StateDictOrigin& origin)
{
    std::string text = origin.key == "/" ? "bare" : origin.key;
    if (!origin.object.empty())
        text = (origin.key == "/" ? "" : text + ", ") + "whole pickled object " + excerpt(origin.object);
    if (origin.isAveraged)
        text += ", an average over training";
    if (!origin.prefix.empty())
        text += ", names without " + excerpt(origin.prefix);
    if (origin.leftOut > 0)
        text += ", " + std::to_string(origin.leftOut) + " tensors beside it left out";
    return text;
}

std::string noticeOf(const StateDictOrigin& origin)
{
    if (origin.others.empty() && !origin.isAveraged)
        return {};
    std::string notice = "weights of " + (origin.key == "/" ? std::string("the bare state dict") : origin.key);
    if (!origin.others.empty())
        notice += ", one of " + std::to_string(origin.others.size() + 1) + " state dicts in the file";
    return origin.isAveraged ? notice + ", an average over training" : notice;
}

std::string othersText(const StateDictOrigin& origin)
{
    return listText(origin.others, [](const StateDictOrigin::Other& other) {
        return other.key + " (" + std::to_string(other.tensors) + (other.tensors == 1 ? " tensor)" : " tensors)");
    });
}

std::string objectsText(const StateDictOrigin& origin)
{
    return listText(origin.objects, [](const std::string& name) { return excerpt(name); });
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/same_edits.h"

#include <algorithm>

namespace ocellus {

bool doTheSame(const Operation& one, const Operation& other)
{
    if (one.index() != other.index())
        return false;
    const auto* patch = std::get_if<CopyPatch>(&one);
    const auto* otherPatch = std::get_if<CopyPatch>(&other);
    if (patch && otherPatch && patch->source == otherPatch->source)
        return patch->dx == otherPatch->dx && patch->dy == otherPatch->dy && patch->poisson == otherPatch->poisson;
    return contentKey(one) == contentKey(other);
}

bool doTheSame(const EditList& one, const EditList& other)
{
    const auto isOff = [](const Edit& edit) { return !edit.enabled; };
    auto here = one.begin();
    auto there = other.begin();
    while (true) {
        here = std::find_if_not(here, one.end(), isOff);
        there = std::find_if_not(there, other.end(), isOff);
        if (here == one.end() || there == other.end())
            return here == one.end() && there == other.end();
        if (here->mask != there->mask || !doTheSame(here->operation, there->operation))
            return false;
        ++here;
        ++there;
    }
}

} // namespace ocellus

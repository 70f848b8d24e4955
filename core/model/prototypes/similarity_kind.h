// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace ocellus {

/// How a distance d becomes a similarity.
enum class SimilarityKind {
    Log,        ///< log((d + 1) / (d + epsilon)) of the squared distance (ProtoPNet)
    Linear,     ///< -d of the squared distance (ProtoPNet)
    Exponential ///< exp(-d) of the distance itself (ProtoTree)
};

/// "log", "linear" or "exponential".
std::string_view toString(SimilarityKind kind);

/// How many prototypes the class with most of them has, given each one's class; -1 is none.
int mostOfAClass(std::span<const int> classOf);

} // namespace ocellus

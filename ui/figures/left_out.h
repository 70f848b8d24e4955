// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "ui/figures/explanation.h"

namespace ocellus {

/// Whether a limit has left the explanation's class out of the decoding: dropped, or with a zero vector in its place,
/// whose logit and maps are those of no class. False without a decoding.
bool isLeftOutByLimit(const Explanation& explanation);

/// "left out by the limit" and what that takes away, in the place of rank and logit; empty where the class takes part.
QString leftOutText(const Explanation& explanation);

/// The same in a few words, in the place of a map; empty where the class takes part.
QString leftOutTileText(const Explanation& explanation);

} // namespace ocellus

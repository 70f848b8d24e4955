// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/model/model_offer.h"

namespace ocellus {

/// What one map of a kind is called in tables and on the command line: "head", "prototype", "node" or "concept".
std::string_view mapWord(MapKind kind);

/// More than one of them: "heads".
std::string mapWords(MapKind kind);

} // namespace ocellus

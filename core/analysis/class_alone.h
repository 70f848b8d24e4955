// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/engine/decoding.h"

namespace ocellus {

/// A copy with all logits but only this class's maps and output, for keeping those of many pictures: other classes
/// have none. Throws Error(BadArgument) for a class without a map.
std::shared_ptr<const Decoding> withMapsOf(const Decoding& decoding, int classIndex);

} // namespace ocellus

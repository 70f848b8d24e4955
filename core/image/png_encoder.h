// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/image/picture.h"

namespace ocellus {

/// The bytes of a PNG file of 8-bit RGB. Throws Error(BadArgument) for a picture without pixels.
std::vector<std::uint8_t> encodedPng(const Picture& picture);

} // namespace ocellus

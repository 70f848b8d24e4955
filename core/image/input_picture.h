// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "core/image/picture.h"
#include "core/image/preprocess_options.h"

namespace ocellus {

/// A model's input [3, height, width] as people see it: values beyond black and white are cut off.
/// Throws Error(Mismatch) where it does not fill `size`.
Picture pictureOfInput(std::span<const float> values, Size size, Normalisation normalisation);

} // namespace ocellus

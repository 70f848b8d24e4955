// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/progress.h"
#include "core/edit/mask.h"
#include "core/edit/operation.h"

namespace ocellus {

// The steps of applyEdits(). Each gives the RGB bytes of the box of a mask that is not empty, as they would be with
// every pixel wholly selected; parameters and sizes have been checked.

/// Any operation that changes no geometry.
std::vector<std::uint8_t> painted(const Picture& picture, const Mask& mask, const Operation& operation,
                                  const Progress& progress);

std::vector<std::uint8_t> inpainted(const Picture& picture, const Mask& mask, const Inpaint& recipe);
std::vector<std::uint8_t> textureFilled(const Picture& picture, const Mask& mask, const TextureFill& recipe,
                                        const Progress& progress);
OkLab recoloured(const OkLab& colour, const Recolour& recipe);
std::vector<std::uint8_t> recoloured(const Picture& picture, const Mask& mask, const Recolour& recipe);
std::vector<std::uint8_t> recoloured(const Picture& picture, const Mask& mask, const TakeColour& recipe);
std::vector<std::uint8_t> patched(const Picture& picture, const Mask& mask, const CopyPatch& recipe);

/// The picture cropped or rotated.
Picture reshaped(const Picture& picture, const Operation& operation);

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "core/edit/operation.h"

namespace ocellus {

/// An operation as it begins, before its parameters are set: `kind` is its place in Operation, `region` the box of
/// what is selected, which may be empty. A crop begins with the region, a patch beside it.
Operation startingOperation(std::size_t kind, const PixelBox& region, Size picture);

} // namespace ocellus

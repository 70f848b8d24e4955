// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/base/hash.h"
#include "core/edit/mask.h"
#include "core/edit/operation.h"

namespace ocellus {

/// Longer names are not read back from files.
inline constexpr std::size_t maxNameBytes = 1'000;

/// One change of a picture: where, and what.
struct Edit {
    std::string name; ///< for people; UTF-8
    Mask mask;        ///< of the size that the picture has at this step, or none: see Operation
    Operation operation;
    bool enabled = true;

    bool operator==(const Edit& other) const;
};

/// What is done to a picture, in this order. Copies share masks and patches.
using EditList = std::vector<Edit>;

/// Of mask and operation: edits with equal keys do the same. The name does not count.
ContentKey contentKey(const Edit& edit);
/// Of the edits that are enabled, in order.
ContentKey contentKey(const EditList& edits);

/// True where the operation is of the whole picture, takes no mask, and can change its size.
bool changesGeometry(const Operation& operation);

/// False for brightness and contrast, which without one change the whole picture, and where changesGeometry().
bool needsMask(const Operation& operation);

/// The size of the picture after the edit; valid or not, it is not looked at farther.
Size sizeAfter(Size picture, const Edit& edit);
Size sizeAfter(Size original, const EditList& edits);

/// The pixels of the edited picture that can differ from the original's; all of them after a crop or a rotation.
PixelBox affectedBox(const EditList& edits, Size original);

} // namespace ocellus

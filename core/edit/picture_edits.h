// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/edit/edit.h"

namespace ocellus {

/// A mask that was given a name to be used again.
struct NamedMask {
    std::string name; ///< UTF-8, at most maxNameBytes
    Mask mask;

    bool operator==(const NamedMask& other) const = default;
};

/// Everything about one picture that can be undone. Copies share masks and patches.
struct PictureEdits {
    EditList edits;
    Mask selection; ///< what the next edit will apply to; none or empty where nothing is selected
    std::vector<NamedMask> masks;

    bool operator==(const PictureEdits& other) const = default;
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/view_key.h"

namespace ocellus {

/// What evidence is about: the maps of a class in a picture as it was edited, by one model.
struct EvidenceSubject {
    ViewKey key;
    int classIndex = -1;
    int layer = 0; ///< from 0

    bool operator==(const EvidenceSubject&) const = default;
};

} // namespace ocellus

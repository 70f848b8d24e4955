// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "tools/specimens/specimen.h"

namespace ocellus {

/// A square cut out of a specimen's picture.
struct CloseUp {
    int species =
        0; ///< what it shows: of a species with marks only where it shows one, else of the ring's plain species
    Picture picture;
};

/// Of a specimen of `species`: one about each of its marks or, where it has none, about a place on either side where
/// its ring's marks would lie; and one of another part of it, without a mark. Their side is three eighths of the
/// picture's.
std::vector<CloseUp> closeUpsOf(const Individual& individual, const Specimen& specimen, int species);

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/edit/edit.h"

namespace ocellus {

/// The original with the enabled edits done to it, one after the other. Where a mask is partly selected, old and new
/// colour are mixed (in 8-bit sRGB); where it is 0 the picture stays as it was in every byte. An empty mask changes
/// nothing. The same input gives the same picture.
/// Throws Error, each naming the edit: Mismatch for a mask of another size than the picture at that step; BadArgument
/// for a parameter out of range, a mask where none is taken or none where one is needed, a crop or patch that reaches
/// out of its picture, and a removal that leaves nothing to fill from; TooLarge for what OpenCV cannot do to a picture
/// of that size; Cancelled.
Picture applyEdits(const Picture& original, const EditList& edits, const Progress& progress = {});

/// Throws the Error with which applyEdits() would refuse the edit of a picture of this size, as far as that shows
/// without pixels: only a removal that leaves nothing to fill from does not.
void requireApplicable(const Edit& edit, Size picture);

} // namespace ocellus

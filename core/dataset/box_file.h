// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/dataset/dataset.h"

namespace ocellus {

/// Where animals are in pictures, as a file says.
struct BoxFile {
    std::map<std::string, PixelBox> boxes; ///< by PartPoints::nameOf() the picture's path in the file; of several of
                                           ///< one picture the largest
    std::vector<std::string> notes;        ///< how it was read where that is not plain
};

/// Reads COCO's JSON (images with file_name, annotations with bbox), or a CSV with the columns file and x, y, width,
/// height, or left, top, right, bottom (xmin, ymin, xmax, ymax too); pixels, rounded.
/// Throws Error: NotFound, Unreadable, TooLarge, Damaged (with the place; no box at all).
BoxFile readBoxFile(const std::filesystem::path& path);

/// A step that gives the pictures their boxes, matched by as many folders of their paths as it takes; boxes without a
/// picture and those that fit several are counted in `unmatched`.
/// Throws Error(Mismatch) where no box fits.
AssignBoxes boxesFor(const Dataset& dataset, const BoxFile& file, std::size_t& unmatched);

} // namespace ocellus

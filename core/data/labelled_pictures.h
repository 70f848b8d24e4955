// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/data/class_table.h"
#include "core/data/image_folder.h"
#include "core/edit/pixel_box.h"

namespace ocellus {

/// A picture and the class whose folder it lies in.
struct LabelledPicture {
    ImageFile file;
    int classIndex = 0;                ///< the model's own, from 0
    std::optional<PixelBox> crop = {}; ///< the part that is shown to a model; the whole picture without one
};

/// The pictures of a data set, and all that lies there besides.
struct LabelledListing {
    std::vector<LabelledPicture> pictures; ///< by path
    SkippedFiles skipped;
};

/// The pictures below FOLDER/CLASS/, at any depth; folders are matched to the table as classesOfNames does. Pictures
/// outside the classes' folders and folders without pictures are left out.
/// Throws Error: NotFound (no folder, no picture), Unreadable, TooLarge, Damaged (no class folders, or train and val in
/// their place), Mismatch, Cancelled.
LabelledListing listLabelledPictures(const std::filesystem::path& folder, const ClassTable& table,
                                     const std::stop_token& stop = {});

} // namespace ocellus

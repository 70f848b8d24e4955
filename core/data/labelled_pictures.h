// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/data/class_table.h"
#include "core/data/image_folder.h"

namespace ocellus {

/// A picture and the class whose folder it lies in.
struct LabelledPicture {
    ImageFile file;
    int classIndex = 0; ///< the model's own, from 0
};

/// The pictures below FOLDER/CLASS/, at any depth, by path; folders are matched to the table as classesOfNames does.
/// Throws Error: NotFound (no folder, no picture), Unreadable, TooLarge, Damaged (no class folders, or train and val in
/// their place), Mismatch (also for pictures outside the classes' folders).
std::vector<LabelledPicture> listLabelledPictures(const std::filesystem::path& folder, const ClassTable& table);

} // namespace ocellus

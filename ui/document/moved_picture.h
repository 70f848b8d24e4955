// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "ui/models/picture_list_model.h"

namespace ocellus {

/// The picture of the list that `stored` was, wherever its folder lies by now: itself where it is there, else the only
/// one that ends like it by most names, the file's at least. `stored` where there is none, or more than one.
std::filesystem::path movedPicture(const PictureListModel& pictures, const std::filesystem::path& stored);

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace ocellus {

/// What pictures of one specimen share in their names: "bird1" of bird1_a.jpg, bird1_b.jpg and bird1_dorsal.jpg,
/// "DSC_0012" of DSC_0012_1.jpg and DSC_0012 (2).jpg; the whole stem where nothing tells a view. A number counts as a
/// view only behind another number, so that IMG_1.jpg and IMG_2.jpg stay two.
std::string specimenOf(const std::filesystem::path& picture);

} // namespace ocellus

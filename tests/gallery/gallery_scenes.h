// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include <QString>

#include "tests/gallery/gallery_window.h"

namespace ocellus {

/// One content of the window; all its workspaces and pages are drawn.
struct GalleryScene {
    QString name;
    std::function<void(GalleryWindow& window)> set;
};

/// Nothing; one picture; the sample as it is, limited and edited; 200 classes with long names; files that cannot be
/// opened. What has to be made for them lies in `folder`, which must outlive them.
std::vector<GalleryScene> galleryScenes(const std::filesystem::path& folder);

} // namespace ocellus

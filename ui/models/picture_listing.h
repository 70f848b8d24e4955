// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ocellus {

/// In what order pictures are listed.
enum class PictureOrder {
    Opened,     ///< as they came
    File,       ///< by file name, numbers by their value
    Folder,     ///< by folder, then by file name
    Prediction, ///< by the name of the predicted class, the most probable first; pictures without one last
    Confidence  ///< the least probable prediction first; pictures without one last
};

/// How the pictures are listed; kept between runs.
struct PictureListing {
    bool isStrip = false; ///< a filmstrip, else a list
    PictureOrder order = PictureOrder::Opened;
    bool isGrouped = false; ///< by folder

    bool operator==(const PictureListing&) const = default;
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "core/edit/pixel_box.h"
#include "core/io/npy_reader.h"
#include "core/model/prototypes/prototype_config.h"

namespace ocellus {

/// int64 [P, 6] as ProtoPNet's released code leaves it: of each prototype the picture's number, top, bottom, left and
/// right (exclusive) in pixels of the input, class; -1 throughout of a prototype without a patch.
class PublishedBoxes {
public:
    explicit PublishedBoxes(int prototypes);

    void set(int prototype, std::int64_t picture, const PixelBox& box, int classIndex);
    /// Throws Error(Unreadable).
    void write(const std::filesystem::path& path) const;

private:
    NpyTable m_table;
};

/// Writes a prototype's patch and the picture that it is of under the names of the released programs: of a ProtoPNet
/// prototype-imgJ.png and prototype-img-originalJ.png of prototype J, of a tree M_nearest_patch_of_image.png and
/// M_original_image.png of branch M.
class PublishedPictures {
public:
    /// `tree` is null for a ProtoPNet. The folder exists.
    PublishedPictures(std::filesystem::path folder, const TreeConfig* tree);

    /// `seen` is the picture in the pixels of the model's input, `box` the patch in it. Throws Error(Unreadable).
    void write(int prototype, const Picture& seen, const PixelBox& box) const;

private:
    std::filesystem::path m_folder;
    bool m_isTree;
    std::map<int, int> m_nodeOf; ///< a prototype's number in the tree
};

} // namespace ocellus

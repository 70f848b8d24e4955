// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/model/prototypes/prototype_config.h"

namespace ocellus {

/// The patch of a training picture that a prototype was pushed onto.
struct PrototypePicture {
    int prototype = 0;              ///< from 0, in the model's own order
    std::filesystem::path patch;    ///< the patch alone
    std::filesystem::path original; ///< the picture that it is of, as the model sees it; empty where it is not there
    int top = 0, bottom = 0;        ///< of the patch in that, in its pixels; ends exclusive, all 0 where nothing tells
    int left = 0, right = 0;
    int classIndex = -1; ///< of the training picture; -1 where nothing tells

    bool operator==(const PrototypePicture&) const = default;
};

/// What lies beside a model with prototypes.
struct PrototypePictures {
    std::vector<PrototypePicture> pictures; ///< by prototype, those that are there
    bool areNearest = false;                ///< a search found them: nearest patches, not what a push left
    std::vector<std::string> remarks; ///< sentences without a full stop: where they are from, or why there are none
};

/// Beside pictures that a search found: its projection, with the hash of the model under `model`. writeProjection()'s.
inline constexpr const char* nearestPatchesFile = "nearest.json";

/// Whose pictures are looked for.
struct PictureOwner {
    /// Which folder its training program says they are in, relative to the checkpoint; empty of a training's last
    /// state, of which none are kept. No value where it says nothing: then any folder's may be.
    std::optional<std::string> said = {};
    std::string sha256 = {}; ///< of the checkpoint: what a search found for another is left alone
};

/// Looks into `img/epoch-N` beside a ProtoPNet's file, N being the number that its name begins with or, where there is
/// no such folder, the largest whose pictures are the owner's. Its `bb*.npy` must have a row of six for each of
/// `prototypes`; anything else is a remark, never an error.
PrototypePictures findPrototypePictures(const std::filesystem::path& checkpoint, int prototypes,
                                        const PictureOwner& owner);

/// Looks for `upsampling_results/<stage>` beside a ProtoTree's file or up to two folders above it, as its training
/// program writes them: the stage is the name of the file's own folder ("pruned_and_projected"), or else that of the
/// only other one there is. Its pictures have the names of the tree's branches. Anything else is a remark, never an
/// error.
PrototypePictures findNodePictures(const std::filesystem::path& checkpoint, const TreeConfig& tree,
                                   const PictureOwner& owner);

} // namespace ocellus

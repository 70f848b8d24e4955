// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/base/progress.h"
#include "core/engine/engine.h"
#include "core/engine/prototype_pictures.h"
#include "core/projection/prototype_projection.h"

namespace ocellus {

/// Where writePublishedForm() writes below `folder`; empty for a model that no published form is known of. Throws
/// Error: BadArgument where a training has left its own pictures, which nothing could bring back.
std::filesystem::path publishedFolder(const std::filesystem::path& folder, const ModelDescription& model);

/// Writes a projection below `folder` as the released programs leave theirs beside a model, where
/// findPrototypePictures() and findNodePictures() look for them.
///
/// Of a ProtoPNet `img/epoch-N/` with prototype-img<j>.png, prototype-img-original<j>.png, bb<N>.npy and
/// bb-receptive_field<N>.npy (int64 [P, 6]: the picture's number in its folder, top, bottom, left, right in the model's
/// input, class; -1 of a prototype without a patch), N being the number that the model's file name begins with, or 0.
/// Of a ProtoTree `upsampling_results/<name of the model's folder>/` with <node>_nearest_patch_of_image.png and
/// <node>_original_image.png. Beside them nearestPatchesFile. What an earlier search left there goes.
///
/// Returns publishedFolder(). Throws Error: as that, Unreadable, Cancelled, and what reading the pictures throws.
std::filesystem::path writePublishedForm(const std::filesystem::path& folder, const PrototypeProjection& projection,
                                         const ModelDescription& model, const Progress& progress = {});

} // namespace ocellus

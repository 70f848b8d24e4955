// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "core/edit/pixel_box.h"
#include "core/projection/nearest_patch.h"

namespace ocellus {

/// The training picture's patch that is most alike a prototype.
struct ProjectedPrototype {
    int prototype = 0;                   ///< as NearestPatch
    int classIndex = 0;                  ///< of the picture
    std::filesystem::path picture;       ///< below PrototypeProjection::folder
    int index = 0;                       ///< of it among all that lie there, unreadable ones too
    std::string sha256;                  ///< as SearchedPicture
    int row = 0, column = 0;             ///< of the place
    double similarity = 0, distance = 0; ///< as the model has them, see distanceOf()
    bool isPrototype = false;            ///< the patch is the prototype itself, see isThePrototype()
    PublishedBox published;
    PixelBox box;       ///< that, in the picture's pixels, upright
    PixelBox receptive; ///< what of the picture can reach the place; empty where nothing tells

    bool operator==(const ProjectedPrototype&) const = default;
};

/// Prototypes projected anew on a folder of training pictures (arXiv 1806.10574, section 2.2; arXiv 2012.02046,
/// section 3): of each the nearest patch. The model stays as it is: where its prototypes were not pushed, the nearest
/// patch is not the prototype, and `distance` tells how far it is.
struct PrototypeProjection {
    std::string key;   ///< of model and preprocessing, see searchKey()
    std::string model; ///< SHA-256 of its file
    std::filesystem::path folder;
    std::size_t pictures = 0;              ///< that were searched
    std::vector<std::string> unreadable;   ///< pictures below `folder` that were left out, with the reason
    double largestSimilarity = 0;          ///< there is; see largestSimilarity()
    std::vector<ProjectedPrototype> found; ///< by prototype
    std::vector<int> without;              ///< prototypes that no picture of their classes was searched for; ascending
    /// Sentences about the search itself, without a full stop: how folders became classes, what was skipped, why the
    /// result is not kept. They are not written.
    std::vector<std::string> remarks;

    double medianSimilarity() const;          ///< of the found; 0 where there are none
    std::size_t prototypesThemselves() const; ///< how many patches are the prototype
    bool operator==(const PrototypeProjection&) const = default;
};

/// Whole or not at all; makes the folder. Throws Error(Unreadable).
void writeProjection(const std::filesystem::path& path, const PrototypeProjection& projection);

/// Throws Error: NotFound, Unreadable, TooLarge, Damaged.
PrototypeProjection readProjection(const std::filesystem::path& path);

} // namespace ocellus

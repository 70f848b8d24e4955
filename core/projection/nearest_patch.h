// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/analysis/published_box.h"
#include "core/engine/decoding.h"
#include "core/engine/engine.h"

namespace ocellus {

/// The place of one picture that is most alike a prototype.
struct NearestPatch {
    int prototype = 0;     ///< of patches; from 0, in the model's own order
    double similarity = 0; ///< as the model has it
    int cell = 0;          ///< row by row; the first of equal ones
    PublishedBox box;      ///< around what it finds there

    bool operator==(const NearestPatch&) const = default;
};

bool hasPrototypes(const ModelConfig& config); ///< of patches

/// Throws Error(Unsupported), which `subject` names, for a model without prototypes of patches.
void requirePrototypes(const ModelDescription& model, const std::string& subject);

/// How many prototypes of patches can have one: all of a ProtoPNet's and a ProtoPFormer's that belong to a class, and
/// those of a tree's branches.
std::vector<int> searchedPrototypes(const ModelConfig& config);

/// In a picture of that class, those of the prototypes that are searched in it, as the released programs push them:
/// a class's own, and of a tree those of the branches above leaves that say this class most
/// (project_with_class_constraints). None of prototypes whose map is not finite.
std::vector<NearestPatch> nearestPatches(const Decoding& decoding, int classIndex, Size input);

/// How far a similarity is from the prototype: its squared distance, or of a tree the distance itself. 0 at the least.
double distanceOf(double similarity, const ModelConfig& config);

/// The greatest similarity that there is: of a patch at distance 0.
double largestSimilarity(const ModelConfig& config);

/// The patch is the prototype itself, as far as float32 and another reader of pictures can tell: the squared distance
/// is at most 1e-5 of the number of values that a prototype has. (Those of unpushed prototypes are larger by orders.)
bool isThePrototype(double similarity, const ModelConfig& config);

} // namespace ocellus

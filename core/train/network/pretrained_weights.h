// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/base/tensor_source.h"

namespace ocellus {

class TrainableNetwork;

/// Takes the backbone, and nothing else, from torchvision's file of this network ("conv1.weight",
/// "features.0.0.weight"), or from a checkpoint of DETR or INTR ("backbone.0.body.conv1.weight"). Classifiers and batch
/// counters are left out, and the stages after the one that the network ends with. A Vision Transformer is found under
/// any program's names (vitPartOf); its positions are resampled to the network's grid where the file's is another.
/// Throws Error(Mismatch) with both shapes for what is missing, of another shape or of another network; Damaged.
void loadBackbone(TrainableNetwork& network, const TensorSource& source);

/// Starts from a DETR-R50 or INTR checkpoint: all that has the same name and shape is taken. Queries are cut to C or
/// repeated, the repeated ones with noise of standard deviation 0.1; DETR's `class_embed` and `bbox_embed` are dropped;
/// the presence vector, where it is missing or of another shape, is Xavier's with a zero bias. The plain classifier
/// takes the backbone, and `fc` in the presence vector's way.
/// Throws Error(Mismatch) with both shapes for anything else that is missing, of another shape or unknown; Damaged.
void loadFinetune(TrainableNetwork& network, const TensorSource& source, std::uint64_t seed);

/// Sets every parameter and buffer of what releasedState() gave: what `--resume` and explaining need. Throws what
/// checkStateDict throws; Damaged for NaN.
void loadState(TrainableNetwork& network, const TensorSource& source);

} // namespace ocellus

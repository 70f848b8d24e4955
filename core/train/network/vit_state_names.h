// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include "core/base/tensor_source.h"
#include "core/model/vit/vit_names.h"
#include "core/train/network/trainable_network.h"

namespace ocellus {

/// All parameters and buffers as a checkpoint holds them, under the names that released code has: TrainableNetwork's
/// own for a convolutional backbone; timm's with Prompt-CAM's `vpt.prompt_embeddings` and `head`, or a linear `head`;
/// INTR-Encoders' for INTR (`transformer.encoder.*`, `query_transform` or `query_classifiers.0` ...), or ours where
/// there are encoder layers, which that code has not; prototypeState() with prototypes.
TrainableNetwork::NamedTensors releasedState(const TrainableNetwork& network);

/// A checkpoint of a Vision Transformer under the network's own names, whatever program wrote it; it lives as long as
/// `source`. Throws Error(Mismatch) where it is none with this head.
std::unique_ptr<const TensorSource> networkNames(const ModelConfig& config, const TensorSource& source);

/// The Vision Transformer of a file without its head: bare, or inside INTR's or Prompt-CAM's. None where there is none.
std::optional<VitNames> vitPartOf(const TensorSource& source);

} // namespace ocellus

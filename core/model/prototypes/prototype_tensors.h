// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/tensor_source.h"
#include "core/model/infer_config.h"
#include "core/model/model_config.h"
#include "core/model/prototypes/prototype_names.h"
#include "core/model/receptive_field.h"
#include "core/model/tensor_list.h"

namespace ocellus {

/// Channels after each of the 1x1 convolutions whose names lie behind `addOn`, "add_on_layers.", at even places. Throws
/// Error: Unsupported, Mismatch.
std::vector<int> addOnChannels(const TensorSource& source, const std::string& addOn);

/// Adds these, which follow a network of so many `channels`.
void addAddOnTensors(TensorList& list, const std::string& addOn, int channels, const std::vector<int>& after,
                     bool hasBias);

/// What the networks of ProtoPNet and ProtoTree share, read off names and shapes: the convolutional network, the add-on
/// layers and the prototypes' sizes. `dilation`, which no shape tells, is `args`', else that of the released code,
/// none, and named in `assumed` of a MobileNetV2, which it has not. Throws Error: Unsupported, Mismatch.
PrototypeConfig inferPrototypes(const TensorSource& source, const PrototypeNames& names, const DeclaredArgs& args,
                                std::vector<std::string>& assumed);

/// Adds the tensors of these.
void addPrototypeTensors(TensorList& list, const PrototypeConfig& config, const PrototypeNames& names);

/// Where a cell of a prototype's map looks: a patch of its size of the network's grid.
ReceptiveField prototypeField(const ModelConfig& config);

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/tensor_source.h"
#include "core/train/network/trainable_network.h"

namespace ocellus {

/// A network with a head of prototypes as training's own checkpoint holds it: the backbone and all of the head under
/// the released code's names.
TrainableNetwork::NamedTensors prototypeState(const TrainableNetwork& network);

/// The same as the best checkpoint holds it, PrototypeHead::published().
TrainableNetwork::NamedTensors publishedPrototypeState(const TrainableNetwork& network);

/// Takes what prototypeState() gave. Throws Error(Mismatch) for other names or shapes.
void loadPrototypeState(TrainableNetwork& network, const TensorSource& source);

} // namespace ocellus

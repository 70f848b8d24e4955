// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/batch.h"

#include "core/train/network/trainable_network.h"
#include "core/train/torch_optimizer_headers.h"

namespace ocellus {

at::Tensor Batch::logits(TrainableNetwork& network) const
{
    return features.defined() ? network.classify(features, mask) : network.forward(pixels, sizes);
}

} // namespace ocellus

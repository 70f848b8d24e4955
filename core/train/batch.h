// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include <ATen/core/Tensor.h>

#include "core/image/picture.h"

namespace ocellus {

class TrainableNetwork;

/// Pictures on their way into the network, as pixels or, with a frozen backbone, as its features.
struct Batch {
    at::Tensor pixels;       ///< [B, 3, H, W], zero beyond each picture; undefined with features
    std::vector<Size> sizes; ///< of each picture in `pixels`
    at::Tensor features;     ///< [B, channels, h, w], zero beyond each grid; undefined with pixels
    at::Tensor mask;         ///< with features, [B, h, w], true beyond each grid; undefined where all fill the batch
    at::Tensor labels;       ///< [B], class indices
    std::vector<std::size_t> indices; ///< of the pictures in their data set

    /// [B, C]
    at::Tensor logits(TrainableNetwork& network) const;
};

/// Where the batches of one walk over a data set come from.
class BatchSource {
public:
    virtual ~BatchSource() = default;

    /// Fills the next batch; false after the last. An empty one (a rank without a share) has no tensors.
    /// Throws what decoding or reading throws.
    virtual bool next(Batch& batch) = 0;
};

} // namespace ocellus

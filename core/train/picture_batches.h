// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/batch.h"
#include "core/train/data/batch_loader.h"

namespace ocellus {

/// Batches of pixels, padded to the largest picture of each.
class PictureBatches : public BatchSource {
public:
    PictureBatches(std::vector<std::vector<std::size_t>> batches, BatchLoader::Load load, int workers,
                   at::Device device);

    bool next(Batch& batch) override;

private:
    BatchLoader m_loader;
    at::Device m_device;
};

} // namespace ocellus

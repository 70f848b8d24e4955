// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/training_walk.h"

#include "core/train/torch_optimizer_headers.h"

namespace ocellus {

void TrainingWalk::each(const std::function<void(const WalkedFeatures&)>& visit) const
{
    const torch::NoGradGuard noGradients;
    const std::unique_ptr<BatchSource> source = m_input.walk();
    const double batches = m_input.walkBatches();
    double done = 0;
    Batch batch;
    while (source->next(batch)) {
        m_progress.at(Stage::Backbone, done++ / batches);
        visit({batch.features, batch.labels, batch.indices});
    }
    m_progress.at(Stage::Backbone, 1);
}

} // namespace ocellus

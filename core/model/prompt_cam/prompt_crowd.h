// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "core/base/lru_cache.h"
#include "core/base/progress.h"
#include "core/model/blocked_attention.h"
#include "core/model/vit/vit_block.h"

namespace ocellus {

/// What the prompts that enter a block as they were learned give one another there.
///
/// It depends on which classes take part and not on the picture. So the n x n scores are computed once for a set of
/// classes, and a picture costs the n x (P + N) scores of its own tokens: time that grows with n as memory does.
class PromptCrowd {
public:
    struct Members {
        at::Tensor queries;  ///< [R, n, d]
        at::Tensor keys;     ///< [R, d, n]
        at::Tensor valueSum; ///< [R, d], of the values of all of them
        AttentionPart among; ///< what their queries take from all of them
    };

    /// `own` of all C classes, contiguous.
    explicit PromptCrowd(VitBlock::Projection own);

    /// Of n different classes in their order. The sets asked for last are kept: as many as take the memory of all
    /// classes twice. Throws Error(Cancelled). Any thread may ask.
    std::shared_ptr<const Members> of(const std::vector<int>& classes, const Progress& progress) const;

private:
    VitBlock::Projection m_own;
    mutable std::mutex m_mutex;
    mutable LruCache<std::vector<int>, Members> m_members;
};

} // namespace ocellus

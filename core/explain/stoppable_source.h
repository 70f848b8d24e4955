// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/tensor_source.h"

namespace ocellus {

/// Another source, tensor by tensor until a stop is asked for: copying a large network takes longer than a reader waits
/// after "Cancel".
class StoppableSource : public TensorSource {
public:
    /// `base` outlives it.
    StoppableSource(const TensorSource& base, Progress progress) : m_base(base), m_progress(std::move(progress)) {}

    const std::vector<TensorInfo>& tensors() const override { return m_base.tensors(); }

    /// Throws Error(Cancelled), and what the base throws.
    void read(const TensorInfo& tensor, std::span<float> out) const override
    {
        m_progress.throwIfStopped();
        m_base.read(tensor, out);
    }

private:
    const TensorSource& m_base;
    Progress m_progress;
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/train/network/feature_walk.h"
#include "core/train/training_input.h"

namespace ocellus {

/// Walks over the features of TrainingInput::walk(). Reports Stage::Backbone.
class TrainingWalk : public FeatureWalk {
public:
    /// Both outlive this object.
    TrainingWalk(TrainingInput& input, const Progress& progress) : m_input(input), m_progress(progress) {}

    void each(const std::function<void(const WalkedFeatures&)>& visit) const override;

private:
    TrainingInput& m_input;
    const Progress& m_progress;
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/train/batch.h"
#include "core/train/data/training_set.h"
#include "core/train/epoch_report.h"
#include "core/train/process_group.h"
#include "core/train/score_sums.h"

namespace ocellus {

/// What one validation told of the pictures of `val`.
class ValidationScores {
public:
    explicit ValidationScores(const TrainingSet& set);

    /// `logits` [B, C] of the batch's pictures, `lossSum` the cross-entropy summed over them.
    void add(const Batch& batch, const at::Tensor& logits, double lossSum);

    /// Adds what the other ranks saw.
    void sum(ProcessGroup& group);

    const ScoreSums& sums() const { return m_sums; }
    /// Of each picture, in the order of the set: what EnergyReference takes. Of logarithms of probabilities all are 0.
    const std::vector<double>& energies() const { return m_energies; }
    NeverNamed neverNamed(const TrainingSet& set) const;

private:
    ScoreSums m_sums;
    std::vector<double> m_energies;
    std::vector<double> m_timesNamed; ///< of each class
};

} // namespace ocellus

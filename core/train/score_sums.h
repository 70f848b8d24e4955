// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <span>

#include <ATen/core/Tensor.h>

namespace ocellus {

/// Sums over pictures of which loss and accuracies are the means.
class ScoreSums {
public:
    /// `logits` [B, C], `labels` [B], `lossSum` the cross-entropy summed over the batch.
    void add(const at::Tensor& logits, const at::Tensor& labels, double lossSum);

    void add(const ScoreSums& other);

    double count() const { return m_values[0]; }
    double meanLoss() const { return mean(1); }
    double accuracy1() const { return 100 * mean(2); } ///< 0 to 100
    double accuracy5() const { return 100 * mean(3); } ///< with fewer than 5 classes: of those there are

    /// Count, loss, hits among the first and the first five: to be summed over ranks or stored.
    std::span<double> values() { return m_values; }
    std::span<const double> values() const { return m_values; }

private:
    double mean(std::size_t i) const { return m_values[0] > 0 ? m_values[i] / m_values[0] : 0; }

    std::array<double, 4> m_values{};
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <ATen/core/Tensor.h>

#include "core/model/convolution.h"
#include "core/model/weights.h"

namespace ocellus {

/// The 1x1 convolutions between a network and its prototypes, ReLU between them and a sigmoid at the end.
class AddOnLayers {
public:
    /// `channels` after each of them; names lie behind `prefix`, "add_on_layers.", at even places.
    AddOnLayers(const std::vector<int>& channels, bool hasBias, const std::string& prefix, Weights& weights,
                const Compute& compute);

    at::Tensor run(const at::Tensor& grid) const; ///< [1, channels, h, w] -> [1, D, h, w], from 0 to 1

private:
    std::vector<Convolution> m_convolutions;
};

} // namespace ocellus

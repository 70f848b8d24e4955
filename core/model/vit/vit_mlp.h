// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <ATen/core/Tensor.h>

#include "core/model/layers.h"
#include "core/model/vit/vit_config.h"
#include "core/model/weights.h"

namespace ocellus {

/// The feed-forward layers of a block: two linear layers with an activation between them, gated or not.
class VitMlp {
public:
    VitMlp(const VitConfig& config, Weights& weights, const std::string& prefix, const Compute& compute);

    at::Tensor run(const at::Tensor& x) const; ///< [n, D] -> [n, D]

private:
    at::Tensor activated(const at::Tensor& inner) const;

    VitActivation m_activation;
    Linear m_first;
    Linear m_second;
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/model/convolution.h"
#include "core/model/prototypes/prototype_config.h"
#include "core/model/weights.h"

namespace ocellus {

/// DenseNet (Huang et al. 2017) without its classifier, with the ReLU that ProtoPNet's released code puts behind it.
class DenseFeatures {
public:
    /// Names lie behind `prefix`, "features.features.".
    DenseFeatures(const FeatureConfig& config, const std::string& prefix, Weights& weights, const Compute& compute);

    /// [1, 3, H, W] -> [1, featureChannels, h, w], channels last. Reports Stage::Backbone between layers.
    at::Tensor run(const at::Tensor& image, const Progress& progress) const;

private:
    /// A batch norm that cannot be folded: a ReLU follows it, not a convolution.
    struct Affine {
        at::Tensor scale; ///< [1, channels, 1, 1]
        at::Tensor shift;

        at::Tensor relu(const at::Tensor& x) const;
    };
    struct Layer {
        Affine norm;
        Convolution reduce; ///< with its own norm and ReLU
        Convolution grow;
    };
    struct Transition {
        Affine norm;
        Convolution reduce;
    };

    static Affine affine(Weights& weights, const std::string& name, const Compute& compute);

    std::vector<Convolution> m_stem; // one
    std::vector<std::vector<Layer>> m_blocks;
    std::vector<Transition> m_transitions;
    std::vector<Affine> m_last; // one
};

} // namespace ocellus

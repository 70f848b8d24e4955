// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/model/backbone.h"
#include "core/model/prototypes/dense_features.h"
#include "core/model/prototypes/prototype_config.h"
#include "core/model/prototypes/prototype_names.h"

namespace ocellus {

/// The convolutional network, its add-on layers, and how far every place of a picture is from each prototype.
class PrototypeNetwork {
public:
    PrototypeNetwork(const PrototypeConfig& config, const PrototypeNames& names, Weights& weights,
                     const Compute& compute);

    /// Null where a change of the picture cannot be followed through the network: a DenseNet.
    const Backbone* backbone() const { return m_backbone ? &*m_backbone : nullptr; }

    /// What backbone() makes of a picture or, without one, the picture [1, 3, H, W] -> [1, D, h, w], from 0 to 1.
    at::Tensor embed(const at::Tensor& input, const Progress& progress) const;

    /// Squared distances between each prototype and the patches of its size, [P, h', w']: the sum of x^2 - 2 x.p + p^2.
    /// Near 0 the terms cancel: about 1e-6 of p^2 is left, of either sign. Throws Error(BadArgument) where the grid is
    /// smaller than a prototype.
    at::Tensor squaredDistances(const at::Tensor& embedded) const;

private:
    std::optional<Backbone> m_backbone;
    std::optional<DenseFeatures> m_dense;
    std::vector<Convolution> m_addOn;
    at::Tensor m_vectors; // [P, D, rows, columns]
    at::Tensor m_ones;    // [1, D, rows, columns]: the same for all of them
    at::Tensor m_norms;   // [P, 1, 1] of the prototypes, squared
};

/// [h * w, D] of what a network has embedded, or of prototypes larger than a cell the means of their patches.
at::Tensor patchTokens(const at::Tensor& embedded, const PrototypeConfig& config);

} // namespace ocellus

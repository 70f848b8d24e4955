// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/base/progress.h"
#include "core/model/backbone.h"
#include "core/model/prototypes/add_on_layers.h"
#include "core/model/prototypes/dense_features.h"
#include "core/model/prototypes/prototype_config.h"
#include "core/model/prototypes/prototype_distances.h"
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

    /// PrototypeDistances::squared() of what was embedded.
    at::Tensor squaredDistances(const at::Tensor& embedded) const { return m_distances.squared(embedded); }

private:
    std::optional<Backbone> m_backbone;
    std::optional<DenseFeatures> m_dense;
    AddOnLayers m_addOn;
    PrototypeDistances m_distances;
};

/// [h * w, D] of what a network has embedded, or of prototypes larger than a cell the means of their patches.
at::Tensor patchTokens(const at::Tensor& embedded, const PrototypeConfig& config);

} // namespace ocellus

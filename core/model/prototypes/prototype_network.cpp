// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/prototypes/prototype_network.h"

#include "core/model/prototypes/feature_plan.h"
#include "core/model/torch_headers.h"

namespace ocellus {

PrototypeNetwork::PrototypeNetwork(const PrototypeConfig& config, const PrototypeNames& names, Weights& weights,
                                   const Compute& compute)
    : m_addOn(config.addOn, config.addOnBias, names.addOn, weights, compute),
      m_distances(weights.take(names.vectors), compute)
{
    if (config.features.kind == FeatureKind::Densenet)
        m_dense.emplace(config.features, names.features + "features.", weights, compute);
    else
        m_backbone.emplace(featurePlan(config.features), names.features, weights, compute, config.imageSize);
}

at::Tensor PrototypeNetwork::embed(const at::Tensor& input, const Progress& progress) const
{
    return m_addOn.run(m_dense ? m_dense->run(input, progress) : input);
}

at::Tensor patchTokens(const at::Tensor& embedded, const PrototypeConfig& config)
{
    const at::Tensor grid = config.rows == 1 && config.columns == 1
                                ? embedded
                                : at::avg_pool2d(embedded, {config.rows, config.columns}, {1, 1});
    return grid.flatten(2).squeeze(0).t().contiguous();
}

} // namespace ocellus

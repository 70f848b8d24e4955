// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/prototypes/prototype_network.h"

#include "core/base/error.h"
#include "core/model/prototypes/feature_plan.h"
#include "core/model/torch_headers.h"

namespace ocellus {

PrototypeNetwork::PrototypeNetwork(const PrototypeConfig& config, const PrototypeNames& names, Weights& weights,
                                   const Compute& compute)
{
    if (config.features.kind == FeatureKind::Densenet)
        m_dense.emplace(config.features, names.features + "features.", weights, compute);
    else
        m_backbone.emplace(featurePlan(config.features), names.features, weights, compute);
    for (std::size_t i = 0; i < config.addOn.size(); ++i) { // each followed by ReLU, the last one by a sigmoid
        const std::string name = names.addOn + std::to_string(2 * i);
        const at::Tensor weight = weights.take(name + ".weight");
        const at::Tensor bias = config.addOnBias ? weights.take(name + ".bias") : at::zeros({weight.size(0)});
        const bool isLast = i + 1 == config.addOn.size();
        m_addOn.emplace_back(weight, bias,
                             PlannedConvolution{.activation = isLast ? Activation::None : Activation::Relu}, compute);
    }
    m_vectors = weights.take(names.vectors).to(compute.device, compute.type);
    m_ones = at::ones_like(m_vectors.slice(0, 0, 1));
    m_norms = (m_vectors * m_vectors).sum(c10::IntArrayRef{1, 2, 3}).view({-1, 1, 1});
}

at::Tensor PrototypeNetwork::embed(const at::Tensor& input, const Progress& progress) const
{
    at::Tensor x = m_dense ? m_dense->run(input, progress) : input;
    for (const Convolution& convolution : m_addOn)
        x = convolution.run(x);
    return at::sigmoid(x);
}

at::Tensor PrototypeNetwork::squaredDistances(const at::Tensor& embedded) const
{
    if (embedded.size(2) < m_vectors.size(2) || embedded.size(3) < m_vectors.size(3))
        throw Error(ErrorCode::BadArgument, "picture",
                    "expected at least " + std::to_string(m_vectors.size(2)) + " x " +
                        std::to_string(m_vectors.size(3)) + " cells, as large as a prototype, got " +
                        std::to_string(embedded.size(2)) + " x " + std::to_string(embedded.size(3)),
                    "Prepare pictures at a larger size");
    const at::Tensor squares = at::conv2d(embedded * embedded, m_ones);
    return (squares + (m_norms - 2 * at::conv2d(embedded, m_vectors))).squeeze(0);
}

at::Tensor patchTokens(const at::Tensor& embedded, const PrototypeConfig& config)
{
    const at::Tensor grid = config.rows == 1 && config.columns == 1
                                ? embedded
                                : at::avg_pool2d(embedded, {config.rows, config.columns}, {1, 1});
    return grid.flatten(2).squeeze(0).t().contiguous();
}

} // namespace ocellus

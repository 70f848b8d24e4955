// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/prototypes/dense_features.h"

#include <utility>

#include "core/model/torch_headers.h"

namespace ocellus {

namespace {

constexpr double epsilon = 1e-5;

struct Folded {
    at::Tensor scale, shift; // [channels]
};

Folded normOf(Weights& weights, const std::string& name)
{
    const at::Tensor scale = weights.take(name + ".weight") * (weights.take(name + ".running_var") + epsilon).rsqrt();
    return {scale, weights.take(name + ".bias") - weights.take(name + ".running_mean") * scale};
}

Convolution plain(Weights& weights, const std::string& name, const Window& window, const Compute& compute)
{
    const at::Tensor weight = weights.take(name + ".weight");
    return {weight, at::zeros({weight.size(0)}), {.window = window}, compute};
}

/// A convolution, the norm behind it and ReLU.
Convolution normed(Weights& weights, const std::string& name, const std::string& norm, const Window& window,
                   const Compute& compute)
{
    const at::Tensor weight = weights.take(name + ".weight");
    const Folded folded = normOf(weights, norm);
    return {weight * folded.scale.view({-1, 1, 1, 1}),
            folded.shift,
            {.window = window, .activation = Activation::Relu},
            compute};
}

} // namespace

at::Tensor DenseFeatures::Affine::relu(const at::Tensor& x) const
{
    return at::addcmul(shift, x, scale).relu_();
}

DenseFeatures::Affine DenseFeatures::affine(Weights& weights, const std::string& name, const Compute& compute)
{
    const Folded folded = normOf(weights, name);
    const auto placed = [&compute](const at::Tensor& values) {
        return values.view({1, -1, 1, 1}).to(compute.device, compute.type);
    };
    return {placed(folded.scale), placed(folded.shift)};
}

DenseFeatures::DenseFeatures(const FeatureConfig& config, const std::string& prefix, Weights& weights,
                             const Compute& compute)
{
    const Window one{1, 1, 0, 1}, three{3, 1, 1, 1};
    m_stem.push_back(normed(weights, prefix + "conv0", prefix + "norm0", {7, 2, 3, 1}, compute));
    for (std::size_t block = 0; block < config.stages.size(); ++block) {
        const std::string number = std::to_string(block + 1);
        std::vector<Layer>& layers = m_blocks.emplace_back();
        for (int i = 1; i <= config.stages[block]; ++i) {
            const std::string name = prefix + "denseblock" + number + ".denselayer" + std::to_string(i) + ".";
            Affine norm = affine(weights, name + "norm1", compute);
            Convolution reduce = normed(weights, name + "conv1", name + "norm2", one, compute);
            layers.push_back({std::move(norm), std::move(reduce), plain(weights, name + "conv2", three, compute)});
        }
        if (block + 1 == config.stages.size())
            break;
        const std::string name = prefix + "transition" + number + ".";
        Affine norm = affine(weights, name + "norm", compute);
        m_transitions.push_back({std::move(norm), plain(weights, name + "conv", one, compute)});
    }
    m_last.push_back(affine(weights, prefix + "norm5", compute));
}

at::Tensor DenseFeatures::run(const at::Tensor& image, const Progress& progress) const
{
    at::Tensor x = m_stem.front().run(image.contiguous(at::MemoryFormat::ChannelsLast));
    x = at::max_pool2d(x, {3, 3}, {2, 2}, {1, 1});
    for (std::size_t block = 0; block < m_blocks.size(); ++block) {
        progress.at(Stage::Backbone, static_cast<double>(block) / static_cast<double>(m_blocks.size()));
        for (const Layer& layer : m_blocks[block]) {
            progress.throwIfStopped();
            x = at::cat({x, layer.grow.run(layer.reduce.run(layer.norm.relu(x)))}, 1);
        }
        if (block < m_transitions.size())
            x = at::avg_pool2d(m_transitions[block].reduce.run(m_transitions[block].norm.relu(x)), {2, 2}, {2, 2});
    }
    progress.at(Stage::Backbone, 1);
    return m_last.front().relu(x);
}

} // namespace ocellus

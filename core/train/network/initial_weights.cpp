// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/initial_weights.h"

#include <cmath>
#include <string>

#include "core/train/network/prototype_head.h"
#include "core/train/network/seeded_draws.h"
#include "core/train/network/torch_training_headers.h"
#include "core/train/network/trainable_network.h"

namespace ocellus {
namespace {

std::int64_t fanIn(const at::Tensor& weight)
{
    return weight.numel() / weight.size(0);
}

at::Tensor backboneValue(const std::string& name, const at::Tensor& tensor, SeededDraws& draws)
{
    if (name.ends_with("_embed.weight"))
        return draws.uniform(tensor.sizes(), 0.5) + 0.5; // a learned position: [0, 1)
    if (tensor.dim() == 4) {
        const double fanOut = static_cast<double>(tensor.size(0) * tensor.size(2) * tensor.size(3));
        return draws.normal(tensor.sizes(), std::sqrt(2.0 / fanOut));
    }
    const bool isOne = name.ends_with("weight") || name.ends_with("running_var");
    return at::full(tensor.sizes(), isOne ? 1.0 : 0.0);
}

/// timm's start: small normal matrices, neutral norms.
at::Tensor vitValue(const std::string& name, const at::Tensor& tensor, SeededDraws& draws)
{
    constexpr double deviation = 0.02;
    if (tensor.dim() == 4)
        return draws.uniform(tensor.sizes(), 1 / std::sqrt(static_cast<double>(fanIn(tensor))));
    if (tensor.dim() > 1)
        return draws.normal(tensor.sizes(), deviation);
    const bool isOne = name.ends_with("weight") || name.ends_with("gamma");
    return at::full(tensor.sizes(), isOne ? 1.0 : 0.0);
}

/// As published (visual prompt tuning, arXiv 2203.12119): Xavier's bound for a patch's pixels and the width.
at::Tensor promptValue(const VitConfig& config, const at::Tensor& tensor, SeededDraws& draws)
{
    return draws.uniform(tensor.sizes(), std::sqrt(6.0 / (3.0 * config.patchSize * config.patchSize + config.width)));
}

/// `bound` is that of PyTorch's linear layers: a weight's, kept for the bias that follows it.
at::Tensor headValue(const std::string& name, const at::Tensor& tensor, double& bound, SeededDraws& draws)
{
    const bool ofTransformer = name.starts_with("transformer.");
    if (name == "query_embed.weight")
        return draws.normal(tensor.sizes(), 1);
    if (tensor.dim() > 1) {
        bound = 1 / std::sqrt(static_cast<double>(fanIn(tensor)));
        return ofTransformer ? draws.xavier(tensor.sizes()) : draws.uniform(tensor.sizes(), bound);
    }
    if (ofTransformer && name.find("linear") == std::string::npos)
        return at::full(tensor.sizes(), name.ends_with("weight") ? 1.0 : 0.0); // norms, and biases of attention
    return draws.uniform(tensor.sizes(), bound);
}

} // namespace

void initialise(TrainableNetwork& network, std::uint64_t seed)
{
    const torch::NoGradGuard values;
    SeededDraws draws(seed);
    double bound = 0;
    const ModelConfig& config = network.config();
    const auto value = [&](const std::string& name, const at::Tensor& tensor) {
        if (!name.starts_with("backbone."))
            return name.starts_with("readout.vpt.") ? promptValue(*config.vit, tensor, draws)
                                                    : headValue(name, tensor, bound, draws);
        return config.vit ? vitValue(name, tensor, draws) : backboneValue(name, tensor, draws);
    };
    for (auto& [name, tensor] : network.state())
        if (!network.prototypeHead() || name.starts_with("backbone."))
            tensor.copy_(value(name, tensor));
    if (network.prototypeHead())
        network.prototypeHead()->initialise(draws);
}

} // namespace ocellus

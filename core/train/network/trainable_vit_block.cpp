// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/trainable_vit_block.h"

#include <cmath>
#include <string>

#include "core/model/vit/vit_formulas.h"
#include "core/train/network/torch_training_headers.h"

namespace ocellus {
namespace {

torch::nn::LayerNorm addNorm(torch::nn::Module& module, const std::string& name, const VitConfig& config)
{
    return module.register_module(name,
                                  torch::nn::LayerNorm(torch::nn::LayerNormOptions({config.width}).eps(config.eps)));
}

std::shared_ptr<torch::nn::Module> addGroup(torch::nn::Module& module, const std::string& name)
{
    return module.register_module(name, std::make_shared<torch::nn::Module>(name));
}

/// timm's name without the module that it lies in.
std::string leafOf(const std::string& name)
{
    return name.substr(name.find('.') + 1);
}

at::Tensor scaled(const at::Tensor& x, const at::Tensor& scale)
{
    return scale.defined() ? x * scale : x;
}

} // namespace

TrainableVitBlock::TrainableVitBlock(const VitConfig& config) : m_heads(config.heads), m_activation(config.activation)
{
    const std::int64_t width = config.width;
    const auto addScale = [&](const char* name) -> at::Tensor {
        if (!config.layerScale)
            return {};
        return addGroup(*this, name)->register_parameter("gamma", at::ones({width}));
    };
    m_norm1 = addNorm(*this, "norm1", config);
    const auto attention = addGroup(*this, "attn");
    m_qkv = attention->register_module(
        "qkv", torch::nn::Linear(torch::nn::LinearOptions(width, 3 * width).bias(config.qkvBias)));
    m_projection = attention->register_module("proj", torch::nn::Linear(width, width));
    m_scale1 = addScale("ls1");
    m_norm2 = addNorm(*this, "norm2", config);
    const std::int64_t inner = config.feedForward;
    const std::int64_t first = m_activation == VitActivation::SwiGlu ? 2 * inner : inner;
    const auto mlp = addGroup(*this, "mlp");
    m_first = mlp->register_module(leafOf(feedForwardName(m_activation, true)), torch::nn::Linear(width, first));
    m_second = mlp->register_module(leafOf(feedForwardName(m_activation, false)), torch::nn::Linear(inner, width));
    m_scale2 = addScale("ls2");
}

/// [B, n, D] -> [B * R, n, D / R]
at::Tensor TrainableVitBlock::splitHeads(const at::Tensor& x) const
{
    return x.reshape({x.size(0), x.size(1), m_heads, x.size(2) / m_heads}).transpose(1, 2).flatten(0, 1);
}

at::Tensor TrainableVitBlock::attend(const at::Tensor& read, std::int64_t rows, const Exchange& exchange)
{
    const std::int64_t batch = read.size(0);
    const std::int64_t width = read.size(2);
    at::Tensor own;
    at::Tensor both;
    if (rows == read.size(1)) {
        const std::vector<at::Tensor> parts = m_qkv->forward(read).split_with_sizes({width, 2 * width}, -1);
        own = parts[0];
        both = parts[1];
    } else {
        const at::Tensor bias = m_qkv->bias;
        const auto part = [&](std::int64_t begin, std::int64_t end) {
            return bias.defined() ? bias.slice(0, begin, end) : at::Tensor();
        };
        own = at::linear(read.slice(1, 0, rows), m_qkv->weight.slice(0, 0, width), part(0, width));
        both = at::linear(read, m_qkv->weight.slice(0, width), part(width, 3 * width));
    }
    const std::vector<at::Tensor> halves = both.split(width, -1);
    const at::Tensor queries = splitHeads(own * (1 / std::sqrt(static_cast<double>(width / m_heads))));
    at::Tensor weights = at::softmax(at::bmm(queries, splitHeads(halves[0]).transpose(1, 2)), -1);
    if (exchange)
        weights = exchange(weights);
    return at::bmm(weights, splitHeads(halves[1]))
        .view({batch, m_heads, rows, -1})
        .transpose(1, 2)
        .reshape({batch, rows, width});
}

at::Tensor TrainableVitBlock::run(const at::Tensor& x, std::int64_t rows, const Detour& detour)
{
    at::Tensor read = m_norm1->forward(x);
    if (detour.read)
        read = detour.read(read);
    const at::Tensor y =
        x.slice(1, 0, rows) + scaled(m_projection->forward(attend(read, rows, detour.weights)), m_scale1);
    return y + scaled(m_second->forward(activated(m_activation, m_first->forward(m_norm2->forward(y)))), m_scale2);
}

} // namespace ocellus

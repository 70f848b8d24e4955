// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/trainable_layer.h"

#include "core/train/network/torch_training_headers.h"

namespace ocellus {

TrainableLayer::TrainableLayer(const ModelConfig& config, double dropout)
    : m_width(config.hiddenDim),
      m_hidden(config.feedForward),
      m_preNorm(config.preNorm),
      m_dropout(dropout)
{
}

void TrainableLayer::addFeedForward()
{
    m_linear1 = register_module("linear1", torch::nn::Linear(m_width, m_hidden));
    m_linear2 = register_module("linear2", torch::nn::Linear(m_hidden, m_width));
}

torch::nn::LayerNorm TrainableLayer::addNorm(const std::string& name)
{
    return register_module(name, torch::nn::LayerNorm(torch::nn::LayerNormOptions({m_width})));
}

at::Tensor TrainableLayer::dropped(const at::Tensor& x) const
{
    return at::dropout(x, m_dropout, is_training());
}

at::Tensor TrainableLayer::entering(const at::Tensor& x, torch::nn::LayerNorm& norm) const
{
    return m_preNorm ? norm->forward(x) : x;
}

at::Tensor TrainableLayer::joined(const at::Tensor& x, const at::Tensor& branch, torch::nn::LayerNorm& norm) const
{
    const at::Tensor sum = x + dropped(branch);
    return m_preNorm ? sum : norm->forward(sum);
}

at::Tensor TrainableLayer::feedForward(const at::Tensor& x, torch::nn::LayerNorm& norm)
{
    const at::Tensor hidden = m_linear1->forward(entering(x, norm)).relu_();
    return joined(x, m_linear2->forward(dropped(hidden)), norm);
}

} // namespace ocellus

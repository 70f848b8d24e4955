// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/layers.h"

#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

at::Tensor place(const at::Tensor& tensor, const Compute& compute)
{
    return tensor.to(compute.device, compute.type);
}

} // namespace

Linear::Linear(Weights& weights, const std::string& weightName, const std::string& biasName, const Compute& compute)
    : weight(place(weights.take(weightName), compute)),
      bias(place(weights.take(biasName), compute))
{
}

at::Tensor Linear::run(const at::Tensor& x) const
{
    return at::addmm(bias, x, weight.t());
}

at::Tensor Linear::run(const at::Tensor& x, std::int64_t begin, std::int64_t end) const
{
    return at::addmm(bias.slice(0, begin, end), x, weight.slice(0, begin, end).t());
}

LayerNorm::LayerNorm(Weights& weights, const std::string& module, const Compute& compute)
    : weight(place(weights.take(module + ".weight"), compute)),
      bias(place(weights.take(module + ".bias"), compute))
{
}

at::Tensor LayerNorm::run(const at::Tensor& x) const
{
    return at::layer_norm(x, weight.sizes(), weight, bias);
}

FeedForward::FeedForward(Weights& weights, const std::string& prefix, const Compute& compute)
    : linear1(weights, prefix + "linear1.weight", prefix + "linear1.bias", compute),
      linear2(weights, prefix + "linear2.weight", prefix + "linear2.bias", compute)
{
}

at::Tensor FeedForward::run(const at::Tensor& x) const
{
    return linear2.run(linear1.run(x).relu_());
}

} // namespace ocellus

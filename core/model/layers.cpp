// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/layers.h"

#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

/// The inner layer is several times as wide: so many rows of it at a time are as fast as all of them.
constexpr std::int64_t rowsAtOnce = 2048;

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

Linear::Linear(const at::Tensor& weights, const at::Tensor& biases, const Compute& compute)
    : weight(place(weights, compute)),
      bias(place(biases.defined() ? biases : at::zeros({weights.size(0)}, weights.options()), compute))
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

at::Tensor Linear::runTransposed(const at::Tensor& x, std::int64_t begin, std::int64_t end) const
{
    return at::addmm(bias.slice(0, begin, end).unsqueeze(1), weight.slice(0, begin, end), x.t());
}

LayerNorm::LayerNorm(Weights& weights, const std::string& module, const Compute& compute, double eps)
    : weight(place(weights.take(module + ".weight"), compute)),
      bias(place(weights.take(module + ".bias"), compute)),
      epsilon(eps)
{
}

at::Tensor LayerNorm::run(const at::Tensor& x) const
{
    return at::layer_norm(x, weight.sizes(), weight, bias, epsilon);
}

FeedForward::FeedForward(Weights& weights, const std::string& prefix, const Compute& compute)
    : linear1(weights, prefix + "linear1.weight", prefix + "linear1.bias", compute),
      linear2(weights, prefix + "linear2.weight", prefix + "linear2.bias", compute)
{
}

at::Tensor FeedForward::run(const at::Tensor& x) const
{
    at::Tensor out = at::empty_like(x);
    for (std::int64_t begin = 0; begin < x.size(0); begin += rowsAtOnce) {
        const at::Tensor inner = linear1.run(x.slice(0, begin, begin + rowsAtOnce)).relu_();
        at::Tensor rows = out.slice(0, begin, begin + rowsAtOnce);
        at::addmm_out(rows, linear2.bias, inner, linear2.weight.t());
    }
    return out;
}

} // namespace ocellus

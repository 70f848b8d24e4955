// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/prototypes/add_on_layers.h"

#include "core/model/torch_headers.h"

namespace ocellus {

AddOnLayers::AddOnLayers(const std::vector<int>& channels, bool hasBias, const std::string& prefix, Weights& weights,
                         const Compute& compute)
{
    for (std::size_t i = 0; i < channels.size(); ++i) {
        const std::string name = prefix + std::to_string(2 * i);
        const at::Tensor weight = weights.take(name + ".weight");
        const at::Tensor bias = hasBias ? weights.take(name + ".bias") : at::zeros({weight.size(0)});
        const bool isLast = i + 1 == channels.size();
        m_convolutions.emplace_back(
            weight, bias, PlannedConvolution{.activation = isLast ? Activation::None : Activation::Relu}, compute);
    }
}

at::Tensor AddOnLayers::run(const at::Tensor& grid) const
{
    at::Tensor x = grid;
    for (const Convolution& convolution : m_convolutions)
        x = convolution.run(x);
    return at::sigmoid(x);
}

} // namespace ocellus

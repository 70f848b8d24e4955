// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/trainable_convolution.h"

#include "core/train/network/torch_training_headers.h"

namespace ocellus {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

at::Tensor convolve(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, const Window& window,
                    std::int64_t groups)
{
    return at::conv2d(x, weight, bias, window.stride, window.padding, window.dilation, groups);
}

at::Tensor scaled(const at::Tensor& weight, const at::Tensor& scale)
{
    return weight * scale.view({-1, 1, 1, 1});
}

/// Autograd alone would keep the scaled weights of all layers until the backward pass; scaling them anew is cheap.
struct AffineConvolution : torch::autograd::Function<AffineConvolution> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& weight,
                              const at::Tensor& scale, const at::Tensor& shift, const Window& window,
                              std::int64_t groups)
    {
        context->save_for_backward({x, weight, scale});
        context->saved_data["window"] = std::vector<std::int64_t>{window.stride, window.padding, window.dilation};
        context->saved_data["groups"] = groups;
        return convolve(x, scaled(weight, scale), shift, window, groups);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const variable_list saved = context->get_saved_variables();
        const std::vector<std::int64_t> window = context->saved_data["window"].toIntVector();
        const std::int64_t groups = context->saved_data["groups"].toInt();
        const at::Tensor& scale = saved[2];
        const auto both = [](std::int64_t value) { return std::vector<std::int64_t>{value, value}; };
        auto [ofInput, ofWeight, ofBias] =
            at::convolution_backward(gradients[0], saved[0], scaled(saved[1], scale), c10::nullopt, both(window[0]),
                                     both(window[1]), both(window[2]), false, both(0), groups,
                                     {context->needs_input_grad(0), context->needs_input_grad(1), false});
        if (ofWeight.defined())
            ofWeight.mul_(scale.view({-1, 1, 1, 1}));
        return {ofInput, ofWeight, {}, {}, {}, {}};
    }
};

} // namespace

TrainableConvolution::TrainableConvolution(const PlannedConvolution& plan)
    : m_window(plan.window),
      m_groups(plan.groups),
      m_weight(register_parameter("weight", at::zeros({plan.outChannels, plan.inChannels / plan.groups,
                                                       plan.window.kernel, plan.window.kernel})))
{
}

at::Tensor TrainableConvolution::run(const at::Tensor& x) const
{
    return convolve(x, m_weight, {}, m_window, m_groups);
}

at::Tensor TrainableConvolution::runAffine(const at::Tensor& x, const at::Tensor& scale, const at::Tensor& shift) const
{
    return AffineConvolution::apply(x, m_weight, scale, shift, m_window, m_groups);
}

} // namespace ocellus

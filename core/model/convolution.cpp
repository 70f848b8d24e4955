// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/convolution.h"

#include <string>
#include <vector>

#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

std::vector<std::int64_t> pair(int value)
{
    return {value, value};
}

/// Channels last in its strides too, where extents of 1 leave them open: they tell the packing how pictures lie.
at::Tensor channelsLast(const at::Tensor& weight)
{
    return at::empty(weight.sizes(), weight.options(), at::MemoryFormat::ChannelsLast).copy_(weight);
}

/// The packed weights as LibTorch's opaque object, or None where this build has no oneDNN.
c10::IValue pack(const at::Tensor& weight, const at::Tensor& bias, const PlannedConvolution& plan, int usualSide)
{
    const auto prepack = c10::Dispatcher::singleton().findSchema({"mkldnn_prepacked::conv2d_prepack", ""});
    if (!prepack || !at::globalContext().hasMKLDNN())
        return {};
    // The layout is chosen for a grid of this size; others give the same numbers. That of grids of any size comes from
    // plain weights: from it oneDNN gets to every other one fast, but not from those of channels-last pictures.
    const std::int64_t rows = usualSide > 0 ? usualSide : 100;
    const std::int64_t columns = usualSide > 0 ? usualSide : 150;
    const std::vector<std::int64_t> typicalInput = {1, weight.size(1) * plan.groups, rows, columns};
    torch::jit::Stack stack = {usualSide > 0 ? channelsLast(weight) : weight,
                               bias,
                               pair(plan.window.stride),
                               pair(plan.window.padding),
                               pair(plan.window.dilation),
                               std::int64_t{plan.groups},
                               typicalInput,
                               std::string(plan.activation == Activation::Relu ? "relu" : "none")};
    prepack->callBoxed(stack);
    return stack.front();
}

const c10::OperatorHandle& packedRun()
{
    static const c10::OperatorHandle handle =
        c10::Dispatcher::singleton().findSchemaOrThrow("mkldnn_prepacked::conv2d_run", "");
    return handle;
}

} // namespace

Convolution::Convolution(const at::Tensor& weight, const at::Tensor& bias, const PlannedConvolution& plan,
                         const Compute& compute, int usualSide)
    : m_usualSide(usualSide),
      m_window(plan.window),
      m_groups(plan.groups),
      m_activation(plan.activation)
{
    if (compute.packed && compute.device.is_cpu() && compute.type == at::kFloat)
        m_packed = pack(weight, bias, plan, usualSide);
    if (m_packed.isNone() || usualSide > 0) {
        m_weight = weight.to(compute.device, compute.type).contiguous(at::MemoryFormat::ChannelsLast);
        m_bias = bias.to(compute.device, compute.type);
    }
}

bool Convolution::isUsual(const at::Tensor& x) const
{
    return m_usualSide == 0 || (x.size(2) == m_usualSide && x.size(3) == m_usualSide);
}

at::Tensor Convolution::run(const at::Tensor& x) const
{
    at::Tensor y;
    const bool isPacked = !m_packed.isNone() && isUsual(x);
    if (!isPacked) {
        y = at::conv2d(x, m_weight, m_bias, pair(m_window.stride), pair(m_window.padding), pair(m_window.dilation),
                       m_groups);
    } else {
        torch::jit::Stack stack = {x, m_packed};
        packedRun().callBoxed(stack);
        y = stack.front().toTensor();
    }
    if (m_activation == Activation::Relu6)
        return y.clamp_(0, 6);
    // The packed kernel has applied its ReLU already.
    return m_activation == Activation::Relu && !isPacked ? y.relu_() : y;
}

} // namespace ocellus

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

/// The packed weights as LibTorch's opaque object, or None where this build has no oneDNN.
c10::IValue pack(const at::Tensor& weight, const at::Tensor& bias, const Window& window, bool relu)
{
    const auto prepack = c10::Dispatcher::singleton().findSchema({"mkldnn_prepacked::conv2d_prepack", ""});
    if (!prepack || !at::globalContext().hasMKLDNN())
        return {};
    // The layout is chosen for a picture of this size; others give the same numbers.
    const std::vector<std::int64_t> typicalInput = {1, weight.size(1), 100, 150};
    torch::jit::Stack stack = {weight,
                               bias,
                               pair(window.stride),
                               pair(window.padding),
                               pair(window.dilation),
                               std::int64_t{1},
                               typicalInput,
                               std::string(relu ? "relu" : "none")};
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

Convolution::Convolution(const at::Tensor& weight, const at::Tensor& bias, const Window& window, bool relu,
                         const Compute& compute)
    : m_window(window),
      m_relu(relu)
{
    if (compute.packed && compute.device.is_cpu() && compute.type == at::kFloat)
        m_packed = pack(weight, bias, window, relu);
    if (m_packed.isNone()) {
        m_weight = weight.to(compute.device, compute.type).contiguous(at::MemoryFormat::ChannelsLast);
        m_bias = bias.to(compute.device, compute.type);
    }
}

at::Tensor Convolution::run(const at::Tensor& x) const
{
    if (!m_packed.isNone()) {
        torch::jit::Stack stack = {x, m_packed};
        packedRun().callBoxed(stack);
        return stack.front().toTensor();
    }
    at::Tensor y =
        at::conv2d(x, m_weight, m_bias, pair(m_window.stride), pair(m_window.padding), pair(m_window.dilation));
    return m_relu ? y.relu_() : y;
}

} // namespace ocellus

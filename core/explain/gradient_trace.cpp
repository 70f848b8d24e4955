// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/gradient_trace.h"

#include "core/base/error.h"
#include "core/engine/torch_errors.h"
#include "core/explain/gradient_trace_state.h"
#include "core/train/network/torch_training_headers.h"

namespace ocellus {

namespace {

std::vector<float> valuesOf(const at::Tensor& tensor)
{
    const at::Tensor host = tensor.detach().to(at::kCPU, at::kFloat).contiguous();
    return {host.data_ptr<float>(), host.data_ptr<float>() + host.numel()};
}

/// Derivatives of the logits, weighed, by `inputs`; the pass may be walked again.
std::vector<at::Tensor> derivatives(const GradientTrace::State& state, const at::Tensor& ofLogits,
                                    const std::vector<at::Tensor>& inputs, const Progress& progress)
{
    progress.throwIfStopped();
    *state.running = &progress;
    struct Forget {
        const GradientTrace::State& state;
        ~Forget() { *state.running = nullptr; }
    } const forget{state};
    return withTorchErrors(state.device, [&] {
        return torch::autograd::grad({state.logitTensor}, inputs, {ofLogits.to(state.logitTensor.device())}, true);
    });
}

at::Tensor oneOf(const at::Tensor& logits, int classIndex)
{
    at::Tensor one = at::zeros({logits.size(0)}, at::kFloat);
    one[classIndex] = 1;
    return one;
}

} // namespace

void GradientTrace::State::layerDone(const at::Tensor& output)
{
    const auto stopped = [progress = running] {
        if (*progress)
            (*progress)->throwIfStopped();
    };
    stopped();
    if (output.requires_grad())
        output.register_hook([stopped](const at::Tensor&) { stopped(); });
}

/// The patches become the leaf, as a grid.
at::Tensor GradientTrace::State::read(const at::Tensor& patches)
{
    grid = patches.detach()
               .transpose(1, 2)
               .reshape({1, patches.size(2), patchRows, patches.size(1) / patchRows})
               .clone()
               .requires_grad_();
    return grid.flatten(2).transpose(1, 2);
}

GradientTrace::GradientTrace(std::unique_ptr<State> state) : m_state(std::move(state))
{
    m_state->logits = valuesOf(m_state->logitTensor);
    m_state->activations = valuesOf(m_state->grid);
}

GradientTrace::~GradientTrace() = default;

const std::vector<float>& GradientTrace::logits() const
{
    return m_state->logits;
}

const std::vector<float>& GradientTrace::activations() const
{
    return m_state->activations;
}

int GradientTrace::channels() const
{
    return static_cast<int>(m_state->grid.size(1));
}

int GradientTrace::rows() const
{
    return static_cast<int>(m_state->grid.size(2));
}

int GradientTrace::columns() const
{
    return static_cast<int>(m_state->grid.size(3));
}

const ReceptiveField& GradientTrace::field() const
{
    return m_state->field;
}

std::vector<float> GradientTrace::gradients(std::span<const float> ofLogits, const Progress& progress) const
{
    if (ofLogits.size() != m_state->logits.size())
        throw Error(ErrorCode::Mismatch, "logits",
                    "expected weights of " + std::to_string(m_state->logits.size()) + " classes, got " +
                        std::to_string(ofLogits.size()));
    const std::vector<float> weights(ofLogits.begin(), ofLogits.end());
    return valuesOf(derivatives(*m_state, at::tensor(weights, at::kFloat), {m_state->grid}, progress).front());
}

std::vector<float> GradientTrace::gradients(int classIndex, const Progress& progress) const
{
    return valuesOf(derivatives(*m_state, oneOf(m_state->logitTensor, classIndex), {m_state->grid}, progress).front());
}

int GradientTrace::layers() const
{
    return static_cast<int>(m_state->attention.size());
}

int GradientTrace::heads() const
{
    return m_state->attention.empty() ? 0 : static_cast<int>(m_state->attention.front().size(0));
}

std::size_t GradientTrace::cells() const
{
    return m_state->attention.empty() ? 0 : static_cast<std::size_t>(m_state->attention.front().size(2));
}

std::vector<float> GradientTrace::attention(int layer, int classIndex) const
{
    return valuesOf(m_state->attention.at(static_cast<std::size_t>(layer)).select(1, m_state->rowOf(classIndex)));
}

std::vector<float> GradientTrace::attentionGradients(int classIndex, const Progress& progress) const
{
    if (m_state->attention.empty())
        return {};
    const std::vector<at::Tensor> slopes =
        derivatives(*m_state, oneOf(m_state->logitTensor, classIndex), m_state->attention, progress);
    std::vector<at::Tensor> products;
    for (std::size_t layer = 0; layer < slopes.size(); ++layer)
        products.push_back((slopes[layer].select(1, m_state->rowOf(classIndex)) *
                            m_state->attention[layer].select(1, m_state->rowOf(classIndex))));
    return valuesOf(at::stack(products));
}

std::size_t GradientTrace::bytes() const
{
    std::size_t sum = m_state->grid.nbytes() + m_state->activations.size() * sizeof(float);
    for (const at::Tensor& weights : m_state->attention)
        sum += weights.nbytes();
    return sum;
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/optimizer.h"

#include <cmath>
#include <sstream>
#include <tuple>

#include "core/base/error.h"
#include "core/train/network/trainable_network.h"
#include "core/train/torch_optimizer_headers.h"

namespace ocellus {
namespace {

using ParameterStates = std::remove_cvref_t<decltype(std::declval<torch::optim::AdamW&>().state())>;

/// LibTorch 1 knows a parameter by its address written as text, LibTorch 2 by the address itself.
template <typename Key = ParameterStates::key_type>
Key stateKey(const at::Tensor& parameter)
{
    if constexpr (std::is_same_v<Key, std::string>) {
        std::ostringstream text;
        text << parameter.unsafeGetTensorImpl();
        return text.str();
    } else {
        return static_cast<Key>(parameter.unsafeGetTensorImpl());
    }
}

torch::optim::AdamWParamState* stateOf(torch::optim::AdamW& adam, const at::Tensor& parameter)
{
    const auto found = adam.state().find(stateKey(parameter));
    return found == adam.state().end() ? nullptr : static_cast<torch::optim::AdamWParamState*>(found->second.get());
}

std::vector<at::Tensor> tensorsOf(const std::vector<std::pair<std::string, at::Tensor>>& named)
{
    std::vector<at::Tensor> tensors;
    for (const auto& [name, tensor] : named)
        tensors.push_back(tensor);
    return tensors;
}

torch::optim::OptimizerParamGroup group(const std::vector<at::Tensor>& parameters, double rate, double weightDecay)
{
    return {parameters,
            std::make_unique<torch::optim::AdamWOptions>(torch::optim::AdamWOptions(rate).weight_decay(weightDecay))};
}

at::Tensor readMoment(const TensorSource& moments, const std::string& name, const at::Tensor& parameter)
{
    const TensorInfo* info = moments.find(name);
    if (!info || info->shape != parameter.sizes().vec())
        throw Error(ErrorCode::Mismatch, "optimizer." + name,
                    "expected " + shapeText(parameter.sizes()) + ", got " +
                        (info ? shapeText(info->shape) : std::string("no such tensor")));
    at::Tensor moment = at::empty(parameter.sizes(), at::kFloat);
    moments.read(*info, {moment.data_ptr<float>(), static_cast<std::size_t>(moment.numel())});
    return moment.to(parameter.device());
}

} // namespace

struct Optimizer::Implementation {
    torch::optim::AdamW adam;
};

Optimizer::Optimizer(TrainableNetwork& network, const TrainOptions& options) : m_options(options)
{
    m_parameters = tensorsOf(network.headParameters());
    m_headCount = m_parameters.size();
    const std::vector<at::Tensor> backbone = tensorsOf(network.backboneParameters());
    std::vector<torch::optim::OptimizerParamGroup> groups;
    groups.push_back(group(m_parameters, options.learningRate, options.weightDecay));
    groups.push_back(group(backbone, options.backboneLearningRate, options.weightDecay));
    m_parameters.insert(m_parameters.end(), backbone.begin(), backbone.end());
    m_implementation = std::make_unique<Implementation>(Implementation{torch::optim::AdamW(std::move(groups))});
}

Optimizer::~Optimizer() = default;

void Optimizer::zeroGradients()
{
    for (const at::Tensor& parameter : m_parameters)
        parameter.mutable_grad().reset();
}

double Optimizer::clip(double limit) const
{
    return torch::nn::utils::clip_grad_norm_(m_parameters, limit > 0 ? limit : HUGE_VAL);
}

void Optimizer::step(double learningRate, double backboneLearningRate)
{
    auto& groups = m_implementation->adam.param_groups();
    groups[0].options().set_lr(learningRate);
    groups[1].options().set_lr(backboneLearningRate);
    m_implementation->adam.step();
}

void Optimizer::describe(TrainingState& state) const
{
    state.groups.assign(2, {});
    const double initial[] = {m_options.learningRate, m_options.backboneLearningRate};
    const auto& groups = m_implementation->adam.param_groups();
    for (std::size_t g = 0; g < 2; ++g) {
        const auto& options = static_cast<const torch::optim::AdamWOptions&>(groups[g].options());
        ParameterGroup& out = state.groups[g];
        out.learningRate = options.lr();
        out.initialLearningRate = initial[g];
        out.weightDecay = options.weight_decay();
        std::tie(out.beta1, out.beta2) = options.betas();
        out.epsilon = options.eps();
    }
    state.steps.clear();
    for (std::size_t i = 0; i < m_parameters.size(); ++i) {
        state.groups[i < m_headCount ? 0 : 1].parameters.push_back(static_cast<int>(i));
        const auto* moved = stateOf(m_implementation->adam, m_parameters[i]);
        state.steps.push_back(moved ? moved->step() : 0);
    }
}

NamedTensorSource Optimizer::moments() const
{
    std::vector<std::pair<std::string, at::Tensor>> moments;
    for (std::size_t i = 0; i < m_parameters.size(); ++i)
        if (const auto* state = stateOf(m_implementation->adam, m_parameters[i])) {
            moments.emplace_back(std::to_string(i) + ".exp_avg", state->exp_avg());
            moments.emplace_back(std::to_string(i) + ".exp_avg_sq", state->exp_avg_sq());
        }
    return NamedTensorSource(moments);
}

void Optimizer::restore(const TrainingState& state, const TensorSource& moments)
{
    if (state.steps.size() != m_parameters.size() || state.groups.size() != 2 ||
        state.groups[0].parameters.size() != m_headCount)
        throw Error(ErrorCode::Mismatch, "optimizer",
                    "expected " + std::to_string(m_parameters.size()) + " parameters in two groups, got " +
                        std::to_string(state.steps.size()) + " in " + std::to_string(state.groups.size()));
    for (std::size_t i = 0; i < m_parameters.size(); ++i) {
        if (state.steps[i] == 0)
            continue;
        auto restored = std::make_unique<torch::optim::AdamWParamState>();
        restored->step(state.steps[i]);
        restored->exp_avg(readMoment(moments, std::to_string(i) + ".exp_avg", m_parameters[i]));
        restored->exp_avg_sq(readMoment(moments, std::to_string(i) + ".exp_avg_sq", m_parameters[i]));
        m_implementation->adam.state()[stateKey(m_parameters[i])] = std::move(restored);
    }
}

} // namespace ocellus

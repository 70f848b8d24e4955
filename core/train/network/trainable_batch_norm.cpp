// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/trainable_batch_norm.h"

#include "core/base/error.h"
#include "core/train/network/torch_training_headers.h"

namespace ocellus {
namespace {

constexpr double epsilon = 1e-5;
constexpr double momentum = 0.1;

} // namespace

TrainableBatchNorm::TrainableBatchNorm(int channels, BatchNormMode mode)
    : m_madeFrozen(mode == BatchNormMode::Frozen),
      m_mode(mode)
{
    const auto add = [this](const char* name, const at::Tensor& value) -> at::Tensor {
        return m_madeFrozen ? register_buffer(name, value) : register_parameter(name, value);
    };
    m_weight = add("weight", at::ones({channels}));
    m_bias = add("bias", at::zeros({channels}));
    m_runningMean = register_buffer("running_mean", at::zeros({channels}));
    m_runningVariance = register_buffer("running_var", at::ones({channels}));
}

void TrainableBatchNorm::setMode(BatchNormMode mode)
{
    if (m_madeFrozen && mode == BatchNormMode::Train)
        throw Error(ErrorCode::BadArgument, "batch norm", "a network made with frozen batch norms cannot train them");
    m_mode = mode;
    if (!m_madeFrozen) {
        m_weight.set_requires_grad(mode == BatchNormMode::Train);
        m_bias.set_requires_grad(mode == BatchNormMode::Train);
    }
}

bool TrainableBatchNorm::usesBatchStatistics() const
{
    return m_mode == BatchNormMode::Train && is_training();
}

at::Tensor TrainableBatchNorm::normalise(const at::Tensor& x) const
{
    return at::batch_norm(x, m_weight, m_bias, m_runningMean, m_runningVariance, true, momentum, epsilon, true);
}

TrainableBatchNorm::Affine TrainableBatchNorm::affine() const
{
    const torch::NoGradGuard constants;
    const at::Tensor scale = m_weight * at::rsqrt(m_runningVariance + epsilon);
    return {scale, m_bias - m_runningMean * scale};
}

} // namespace ocellus

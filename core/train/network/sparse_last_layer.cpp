// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/sparse_last_layer.h"

#include <cmath>
#include <tuple>

#include "core/train/network/torch_training_headers.h"

namespace ocellus {
namespace {

/// The largest eigenvalue of A^T A / N, a little too large.
double curvature(const at::Tensor& activations)
{
    constexpr int rounds = 50;
    const auto pictures = static_cast<double>(activations.size(0));
    at::Tensor direction = at::ones({activations.size(1)}, activations.options());
    double value = 0;
    for (int i = 0; i < rounds; ++i) {
        direction = direction / direction.norm();
        direction = at::mv(activations.t(), at::mv(activations, direction)) / pictures;
        value = direction.norm().item<double>();
        if (!(value > 0))
            return 1;
    }
    return 1.05 * value;
}

at::Tensor shrunk(const at::Tensor& weights, double by)
{
    return weights.sign() * (weights.abs() - by).clamp_min(0);
}

/// A number added to all classes' weights of a prototype changes no probability: of all such numbers the one that
/// leaves the least penalty, which brings the usual start, 1 and -0.5, to 1.5 and 0.
at::Tensor levelled(const at::Tensor& weights, const at::Tensor& isOwn)
{
    return weights - std::get<0>(weights.masked_fill(isOwn, std::nan("")).nanmedian(0, true));
}

} // namespace

double SparseLastLayer::objective(const at::Tensor& activations, const at::Tensor& labels, const at::Tensor& isOwn,
                                  const at::Tensor& weights) const
{
    const at::Tensor loss = at::cross_entropy_loss(at::linear(activations, weights), labels);
    return loss.item<double>() + penalty * weights.abs().masked_fill(isOwn, 0).sum().item<double>();
}

at::Tensor SparseLastLayer::minimise(const at::Tensor& activations, const at::Tensor& labels, const at::Tensor& isOwn,
                                     const at::Tensor& weights, const Progress& progress) const
{
    const torch::NoGradGuard values;
    const at::Tensor one = at::one_hot(labels, weights.size(0)).to(activations.scalar_type());
    const auto pictures = static_cast<double>(activations.size(0));
    const double step = 2 / curvature(activations); // the softmax's own curvature is at most 1/2
    const at::Tensor start = levelled(weights, isOwn);
    at::Tensor current = start;
    at::Tensor ahead = current;
    double momentum = 1;
    for (int i = 0; i < iterations; ++i) {
        progress.throwIfStopped();
        const at::Tensor error = (at::softmax(at::linear(activations, ahead), 1) - one) / pictures;
        const at::Tensor moved = ahead - step * at::mm(error.t(), activations);
        const at::Tensor next = at::where(isOwn, moved, shrunk(moved, step * penalty));
        const double now = (1 + std::sqrt(1 + 4 * momentum * momentum)) / 2;
        ahead = next + ((momentum - 1) / now) * (next - current);
        current = next;
        momentum = now;
    }
    current = levelled(current, isOwn);
    const bool isBetter =
        objective(activations, labels, isOwn, current) <= objective(activations, labels, isOwn, start);
    return isBetter ? current : start;
}

} // namespace ocellus

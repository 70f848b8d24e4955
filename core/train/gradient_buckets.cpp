// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/gradient_buckets.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include <torch/csrc/autograd/utils/lambda_post_hook.h>
#include <torch/csrc/autograd/variable.h>

#include "core/train/torch_distributed_headers.h"
#include "core/train/torch_optimizer_headers.h"

namespace ocellus {
namespace {

/// As PyTorch's DistributedDataParallel: large enough to use the network well, small enough to overlap with backward.
constexpr std::int64_t bucketElements = 25'000'000 / sizeof(float);

} // namespace

GradientBuckets::GradientBuckets(const std::vector<at::Tensor>& parameters, at::Device device, Send send)
    : m_parameters(parameters),
      m_bucketOf(parameters.size()),
      m_device(device),
      m_send(std::move(send))
{
    std::vector<std::size_t> order(parameters.size());
    std::iota(order.rbegin(), order.rend(), std::size_t{0}); // backward goes from the last to the first
    fill(order);
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        // A tensor's own hook runs before its gradient is accumulated; the accumulator's runs after it.
        m_accumulators.push_back(torch::autograd::impl::grad_accumulator(parameters[i]));
        m_hooks.push_back(m_accumulators.back()->add_post_hook(std::make_unique<torch::autograd::utils::LambdaPostHook>(
            [this, i](const std::vector<at::Tensor>& outputs, const std::vector<at::Tensor>&) {
                arrived(i);
                return outputs;
            })));
    }
}

GradientBuckets::~GradientBuckets()
{
    for (std::size_t i = 0; i < m_hooks.size(); ++i)
        m_accumulators[i]->del_post_hook(m_hooks[i]);
}

void GradientBuckets::fill(const std::vector<std::size_t>& order)
{
    m_buckets.clear();
    for (const std::size_t parameter : order) {
        const std::int64_t elements = m_parameters[parameter].numel();
        if (m_buckets.empty() || m_buckets.back().elements + elements > bucketElements)
            m_buckets.emplace_back();
        m_buckets.back().parameters.push_back(parameter);
        m_buckets.back().elements += elements;
        m_bucketOf[parameter] = m_buckets.size() - 1;
    }
    begin();
}

void GradientBuckets::begin()
{
    m_lastArrivals = std::exchange(m_arrivals, std::vector<double>(m_parameters.size(), 0.0));
    m_sent = 0;
    m_came = 0;
    for (Bucket& bucket : m_buckets) {
        bucket.missing = bucket.parameters.size();
        bucket.sums.reset();
        bucket.work.reset();
    }
}

void GradientBuckets::reorder(const std::vector<double>& arrivals)
{
    std::vector<std::size_t> order(m_parameters.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto key = [&](std::size_t i) { return arrivals[i] > 0 ? arrivals[i] : HUGE_VAL; };
    std::ranges::stable_sort(order, {}, key);
    fill(order);
}

void GradientBuckets::arrived(std::size_t parameter)
{
    m_arrivals[parameter] = static_cast<double>(++m_came);
    --m_buckets[m_bucketOf[parameter]].missing;
    while (m_sent < m_buckets.size() && m_buckets[m_sent].missing == 0)
        send(m_buckets[m_sent++]);
}

void GradientBuckets::send(Bucket& bucket)
{
    const at::NoGradGuard noGradients;
    const auto count = static_cast<std::int64_t>(bucket.parameters.size());
    bucket.sums = at::zeros({bucket.elements + count}, at::TensorOptions(m_device).dtype(at::kFloat));
    at::Tensor present = at::zeros({count});
    std::int64_t offset = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        const at::Tensor& parameter = m_parameters[bucket.parameters[static_cast<std::size_t>(i)]];
        if (parameter.grad().defined()) {
            bucket.sums.narrow(0, offset, parameter.numel()).view(parameter.sizes()).copy_(parameter.grad());
            present[i] = 1;
        }
        offset += parameter.numel();
    }
    bucket.sums.narrow(0, offset, count).copy_(present);
    bucket.work = m_send(bucket.sums);
}

void GradientBuckets::finish(const Wait& wait)
{
    while (m_sent < m_buckets.size())
        send(m_buckets[m_sent++]);
    for (const Bucket& bucket : m_buckets) {
        wait(*bucket.work);
        distribute(bucket);
    }
    begin();
}

void GradientBuckets::distribute(const Bucket& bucket)
{
    const at::NoGradGuard noGradients;
    const auto count = static_cast<std::int64_t>(bucket.parameters.size());
    const at::Tensor present = bucket.sums.narrow(0, bucket.elements, count).to(at::kCPU);
    std::int64_t offset = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        const at::Tensor& parameter = m_parameters[bucket.parameters[static_cast<std::size_t>(i)]];
        if (present[i].item<float>() > 0)
            // A view of the bucket: the sums need not be copied once more.
            parameter.mutable_grad() =
                bucket.sums.narrow(0, offset, parameter.numel()).view(parameter.sizes()).to(parameter.device());
        offset += parameter.numel();
    }
}

} // namespace ocellus

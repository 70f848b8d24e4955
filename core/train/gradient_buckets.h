// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include <ATen/core/Tensor.h>
#include <c10/util/intrusive_ptr.h>

namespace c10d {
class Work;
}
namespace torch::autograd {
struct Node;
}

namespace ocellus {

/// Gathers gradients into buckets of about 25 MB while backward makes them, and sends each off as soon as it is full
/// and those before it are on their way: every rank sends the same buckets in the same order, which is what collective
/// operations need.
class GradientBuckets {
public:
    using Send = std::function<c10::intrusive_ptr<c10d::Work>(at::Tensor)>;
    using Wait = std::function<void(c10d::Work&)>;

    /// `send` begins to replace a tensor on `device` by its sum over all ranks.
    GradientBuckets(const std::vector<at::Tensor>& parameters, at::Device device, Send send);
    ~GradientBuckets();
    GradientBuckets(const GradientBuckets&) = delete;
    GradientBuckets& operator=(const GradientBuckets&) = delete;

    /// Sends what backward left, waits, and makes every parameter's gradient the sum. One that has no gradient on any
    /// rank keeps none; one that lacks it here counts as zeros.
    void finish(const Wait& wait);

    /// For each parameter when its gradient came in the backward pass before the last finish(), from 1; 0: never.
    const std::vector<double>& arrivals() const { return m_lastArrivals; }
    /// From now on buckets are filled in this order, without 0 first. Between passes only.
    void reorder(const std::vector<double>& arrivals);

private:
    struct Bucket {
        std::vector<std::size_t> parameters;
        std::int64_t elements = 0;
        std::size_t missing = 0; ///< gradients that this pass has not made yet
        at::Tensor sums;         ///< all gradients, then a 1 for each parameter that has one
        c10::intrusive_ptr<c10d::Work> work;
    };

    void fill(const std::vector<std::size_t>& order);
    void arrived(std::size_t parameter);
    void send(Bucket& bucket);
    void distribute(const Bucket& bucket);
    void begin();

    std::vector<at::Tensor> m_parameters;
    std::vector<std::shared_ptr<torch::autograd::Node>> m_accumulators;
    std::vector<std::uintptr_t> m_hooks;
    std::vector<std::size_t> m_bucketOf;
    std::vector<Bucket> m_buckets;
    std::vector<double> m_arrivals, m_lastArrivals;
    at::Device m_device;
    Send m_send;
    std::size_t m_sent = 0; ///< buckets of this pass
    std::size_t m_came = 0; ///< gradients of this pass
};

} // namespace ocellus

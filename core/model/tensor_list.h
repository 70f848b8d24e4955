// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/tensor_source.h"

namespace ocellus {

/// Collects names and shapes in the order in which a model's modules are written down.
class TensorList {
public:
    using Shape = std::vector<std::int64_t>;

    /// `prefix` stands before every name that is added.
    explicit TensorList(std::string prefix = {});

    void add(const std::string& name, Shape shape);
    void addPair(const std::string& module, Shape weight); ///< `weight` and a `bias` of its first extent
    void addNorm(const std::string& module, int channels) { addPair(module, {channels}); }

    std::vector<TensorInfo> sorted();

private:
    std::string m_prefix;
    std::vector<TensorInfo> m_tensors;
};

} // namespace ocellus

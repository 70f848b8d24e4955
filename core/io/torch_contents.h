// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/tensor_source.h"
#include "core/io/pickle_heap.h"

namespace ocellus {

/// Where the values of a tensor lie in its storage, in elements; all of them inside it.
struct TensorPlace {
    std::shared_ptr<const PickleStorage> storage;
    std::int64_t offset = 0; ///< from the first element of the whole storage
    std::vector<std::int64_t> stride;
    std::int64_t span = 0; ///< elements from the first to the last one used, both included
};

/// What Ocellus takes from a PyTorch checkpoint.
struct TorchContents {
    std::vector<TensorInfo> tensors; ///< sorted by name
    std::vector<TensorPlace> places; ///< of each tensor
    nlohmann::json args;
};

/// Finds the state dict in the value that a checkpoint's pickle holds: bare, or under `model` beside `args`.
/// Throws Error: Unsupported where there is none, Damaged where a tensor does not lie inside its storage, TooLarge
/// where the tensors together are more than twice as large as the file of `fileBytes`.
TorchContents findTorchContents(const PickleHeap& heap, PickleRef root, std::uint64_t fileBytes);

} // namespace ocellus

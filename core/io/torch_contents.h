// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/tensor_source.h"
#include "core/io/pickle_heap.h"
#include "core/io/pickled_module.h"
#include "core/io/state_dict_choice.h"
#include "core/io/state_dict_origin.h"

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
    nlohmann::json object; ///< moduleFacts() of a whole pickled module; null for a state dict
    StateDictOrigin origin;
};

/// Gathers tensors of a pickle under names of its own, each of them checked against its storage.
class TorchContentsBuilder {
public:
    /// The heap must live longer; `fileBytes` bounds what the tensors may need together.
    TorchContentsBuilder(const PickleHeap& heap, std::uint64_t fileBytes);

    /// Throws Error: Unsupported for complex and quantised values, Damaged where the name is none or the tensor does
    /// not lie inside its storage, TooLarge where there are too many.
    void add(std::string name, const PickleTensor& tensor);

    /// Adds the tensors of a dictionary that belong to the option, with `prefix` before every name. Throws as add().
    void addStateDict(const PickleItems& items, const StateDictOption& option, const std::string& prefix = {});

    /// The same of a whole module's tensors.
    void addModule(const std::vector<ModuleTensor>& tensors, const StateDictOption& option);

    /// Throws Error: Damaged where a name is there twice, TooLarge where the tensors together are more than twice as
    /// large as the file.
    TorchContents finish();

private:
    void checkTotal(const TorchContents& contents) const;

    const PickleHeap& m_heap;
    std::uint64_t m_fileBytes;
    std::vector<std::pair<TensorInfo, TensorPlace>> m_found;
};

/// Chooses what is taken from the value that a checkpoint's pickle holds, in a file of so many bytes.
using TorchContentsFinder =
    std::function<TorchContents(const PickleHeap& heap, PickleRef root, std::uint64_t fileBytes)>;

/// Finds the state dict, or the whole module, in the value that a checkpoint's pickle holds, wherever it lies: the one
/// of that key, or with an empty key the one that fits best. Throws Error as TorchContentsBuilder does, Unsupported
/// where there is none, and NotFound where none has that key.
TorchContents findTorchContents(const PickleHeap& heap, PickleRef root, std::uint64_t fileBytes,
                                const std::string& key = {});

} // namespace ocellus

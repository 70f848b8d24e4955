// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/io/pickle_heap.h"

namespace ocellus {

/// A tensor of a whole pickled module under its name in the state dict.
struct ModuleTensor {
    std::string name;
    std::shared_ptr<const PickleTensor> tensor;
};

/// Whether the value is an instance of a class of torch.nn.Module: its attributes have `_parameters` and `_modules`.
bool isModule(const PickleHeap& heap, PickleRef ref);

/// The state dict that the module would write, in PyTorch's order: own parameters, own persistent buffers, then the
/// children, each in its order. `entries` counts what is looked at over several modules. Throws Error: Damaged where a
/// module lies in itself, TooLarge where modules nest more than limits::moduleDepth deep or a name, or all of them
/// together, are too long.
std::vector<ModuleTensor> moduleTensors(const PickleHeap& heap, PickleRef module, std::size_t& entries);

/// The module at that place below another one, "module." or "model.net."; the module itself where there is none.
PickleRef moduleAt(const PickleHeap& heap, PickleRef module, std::string_view prefix);

/// Tensors among the module's attributes that no state dict has, each with a dot before its name.
std::vector<ModuleTensor> attributeTensors(const PickleHeap& heap, PickleRef module);

/// What a module says of itself besides tensors, as inert data:
///
///     class       "model.PPNet"
///     attributes  its own, as far as JSON can hold them; none where they are too many
///     objects     {name: "module.name"}: attributes that are classes, functions or their instances
///     tables      {name: [[{the key's attributes}, value], ...]}: dictionaries whose keys are objects
///     modules     {"_root.l": {"_index": 1, ...}}: numbers and short texts that its descendants have as attributes
///
/// Throws Error(TooLarge) where that is more than limits::moduleFacts values. moduleTensors() has accepted the module.
nlohmann::json moduleFacts(const PickleHeap& heap, PickleRef module);

} // namespace ocellus

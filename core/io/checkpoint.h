// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/base/progress.h"
#include "core/base/tensor_source.h"
#include "core/io/state_dict_origin.h"

namespace ocellus {

/// A checkpoint from anybody, parsed and never executed: PyTorch's zip and legacy formats and safetensors.
///
/// Opening reads the structure only; values are read when asked for. Every length is checked against the bytes that
/// are there before anything is allocated for it.
class Checkpoint : public TensorSource {
public:
    /// Finds the format by the first bytes, not by the name. A state dict may lie bare or under any key, its names
    /// behind the prefixes of wrappers; the one that fits best is taken, or the one that `key` names, and origin()
    /// tells which. What else the file holds (optimizer, scheduler) is skipped. Throws Error: NotFound, Unreadable,
    /// Damaged, Unsafe, Unsupported, TooLarge, Cancelled.
    static std::unique_ptr<Checkpoint> open(const std::filesystem::path& path, const Progress& progress = {},
                                            const std::string& key = {});

    const std::vector<TensorInfo>& tensors() const override = 0;
    void read(const TensorInfo& tensor, std::span<float> out) const override = 0;

    /// "PyTorch zip", "PyTorch legacy", "Python pickle" or "safetensors".
    virtual std::string format() const = 0;

    virtual std::uint64_t fileBytes() const = 0;

    /// What the weights lie in, where that is not the one file that was opened: the parts that an index names.
    virtual std::vector<std::filesystem::path> files() const { return {}; }

    /// The training program's settings as inert data: `args` of the released form, or what others call them, as an
    /// object (values that JSON cannot hold are left out; `class_names` from beside the weights added), or safetensors'
    /// `__metadata__`, whose values are strings; null where there are none.
    virtual const nlohmann::json& args() const = 0;

    /// What the whole pickled module whose tensors these are says of itself, as moduleFacts() has it; null where the
    /// file holds a state dict. Its attributes that are tensors are in tensors(), each with a dot before its name.
    virtual const nlohmann::json& object() const = 0;

    /// Which state dict the tensors are of, and what else the file holds.
    virtual const StateDictOrigin& origin() const = 0;
};

} // namespace ocellus

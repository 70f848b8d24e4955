// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "core/base/tensor_source.h"

namespace ocellus {

class PickleWriter;
class TorchArchiveWriter;

/// Adds a tensor, as float32, to a pickle and to the archive that it refers to; `source` and `tensor` outlive the
/// writing.
void addTensor(PickleWriter& pickle, TorchArchiveWriter& archive, const TensorSource& source, const TensorInfo& tensor);

/// The same of all floating-point tensors, as an OrderedDict in the source's order.
void addStateDict(PickleWriter& pickle, TorchArchiveWriter& archive, const TensorSource& source);

/// Writes {`key`: the tensors, "args": the settings} for Python's torch.load, also with weights_only: plain containers.
/// The file appears under its name only when it is whole. Throws Error(Unreadable), and what the source throws.
void writeTorchStateDict(const std::filesystem::path& path, const std::string& key, const TensorSource& source,
                         const nlohmann::json& args);

} // namespace ocellus

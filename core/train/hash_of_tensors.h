// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

#include "core/base/tensor_source.h"

namespace ocellus {

/// Stands for the names and values of those tensors that `takes` accepts, in the order of the source.
std::string hashOfTensors(const TensorSource& source, const std::function<bool(const TensorInfo&)>& takes);

} // namespace ocellus

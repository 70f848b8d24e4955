// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "core/io/torch_contents.h"
#include "core/io/training_state.h"

namespace ocellus {

/// How the parts of a training checkpoint are named apart in one list of tensors: `model.<name>`,
/// `moments.<i>.exp_avg`, `moments.<i>.exp_avg_sq` and, where PyTorch keeps a tensor of it, `steps.<i>`.
namespace training_names {
constexpr std::string_view model = "model.";
constexpr std::string_view moments = "moments.";
constexpr std::string_view steps = "steps.";
} // namespace training_names

/// Finds what a training run left in the value that a checkpoint's pickle holds, and fills `state`; a step that the
/// file keeps as a tensor is 0 there, to be read from `steps.<i>`. Parameters are renumbered 0, 1, 2, ... in the order
/// of their groups. Throws Error as TorchContentsBuilder does, and Unsupported where the file holds weights only or
/// another optimizer than AdamW, Damaged where the optimizer's parts do not fit together.
TorchContents findTrainingContents(const PickleHeap& heap, PickleRef root, std::uint64_t fileBytes,
                                   TrainingState& state);

} // namespace ocellus

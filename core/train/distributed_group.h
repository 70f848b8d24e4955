// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include <c10/core/Device.h>

#include "core/train/process_group.h"
#include "core/train/rank_environment.h"

namespace ocellus {

/// "cuda:<local rank>" where the processes of a machine share its GPUs by "auto" or "cuda", else `device` itself. Where
/// a launcher lets each process see one GPU only, that one.
std::string deviceOfRank(const std::string& device, const RankEnvironment& environment);

/// Meets the other processes that `environment` speaks of: over NCCL for a CUDA device where the build has it, else
/// over Gloo. A group of one where this process is alone. Throws Error: NotFound where not all have come within the
/// time limit; Unsupported where this build can only train alone.
std::unique_ptr<ProcessGroup> joinProcessGroup(const RankEnvironment& environment, const at::Device& device);

} // namespace ocellus

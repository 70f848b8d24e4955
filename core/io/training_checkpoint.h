// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include "core/base/progress.h"
#include "core/base/tensor_source.h"
#include "core/io/training_state.h"

namespace ocellus {

/// Writes {model, optimizer, lr_scheduler, epoch, args, ...extra} for Python's torch.load, as the released code does:
/// `optimizer` is the state dict of an AdamW with these groups, in PyTorch from 1.12 on. `model` becomes an OrderedDict
/// of the source's floating-point tensors as float32, in its order (by name); counters are left out. `moments` has
/// "<i>.exp_avg" and "<i>.exp_avg_sq", of one shape, for every parameter i with steps > 0, and nothing else. Steps are
/// float32 in the file, exact up to 2^24.
///
/// One tensor is in memory at a time, and the file appears under its name only when it is whole; an earlier one stays
/// where anything fails. Throws Error: BadArgument where `moments`, groups and steps do not fit together, `extra` has a
/// key of the five others, or a value is none that PickleWriter::json takes; Unreadable where the disk refuses; and
/// what the sources throw.
void writeTrainingCheckpoint(const std::filesystem::path& path, const TensorSource& model, const TensorSource& moments,
                             const TrainingState& state);

/// What writeTrainingCheckpoint or the released Python code wrote. Both sources read one open file: for one thread.
struct TrainingCheckpoint {
    std::unique_ptr<TensorSource> model;
    std::unique_ptr<TensorSource> moments; ///< "<i>.exp_avg" and "<i>.exp_avg_sq"
    TrainingState state;                   ///< steps.size() is the number of parameters in all groups
};

/// Reads structure, settings and steps; other values when asked for. A file from anybody is parsed as by, and within
/// the limits of, Checkpoint::open; settings lose what JSON cannot hold (infinite numbers among it). Whether parameters
/// and moments fit a model is for the caller to check. Throws Error as Checkpoint::open does, Unsupported where the
/// file cannot be resumed because it holds weights only or another optimizer than AdamW, Damaged where the optimizer's
/// parts do not fit together.
TrainingCheckpoint readTrainingCheckpoint(const std::filesystem::path& path, const Progress& progress = {});

} // namespace ocellus

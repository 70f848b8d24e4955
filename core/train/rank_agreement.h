// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/train/process_group.h"

namespace ocellus {

class TrainableNetwork;

/// Compares a text over all ranks. Throws Error(Mismatch) on every rank, with the ranks whose text is not rank 0's.
/// `what` ends the sentence "ranks start from different ...".
void requireSame(ProcessGroup& group, const std::string& what, const std::string& text);

/// Replaces every buffer by its mean over all ranks. Where batch norms are trained, buffers are their statistics: each
/// rank has seen its own pictures, and all must go on with, and save, one network.
void averageBuffers(ProcessGroup& group, TrainableNetwork& network);

} // namespace ocellus

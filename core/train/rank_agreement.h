// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/train/process_group.h"

namespace ocellus {

class TrainableNetwork;

/// Compares a text over all ranks. Throws Error(Mismatch) on every rank, with the ranks whose text is not rank 0's.
/// `what` ends the sentence "ranks start from different ...".
void requireSame(ProcessGroup& group, const std::string& what, const std::string& text);

/// Stands for the values of all parameters and buffers.
std::string hashOfWeights(const TrainableNetwork& network);

/// Replaces every buffer, which are the statistics of the batch norms, by its mean over all ranks: each has seen its
/// own pictures, and all must go on with, and save, one network.
void averageBuffers(ProcessGroup& group, TrainableNetwork& network);

} // namespace ocellus

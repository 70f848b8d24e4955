// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/io/torch_checkpoint.h"

namespace ocellus {

/// Opens a file of torch.save, zip or legacy, found by its first bytes, with the tensors that `find` chooses; null,
/// and `file` untouched, where it is another kind. Throws Error as Checkpoint::open does, and what `find` throws.
std::unique_ptr<TorchCheckpoint> openTorchFile(InputFile& file, const TorchContentsFinder& find,
                                               const Progress& progress);

} // namespace ocellus

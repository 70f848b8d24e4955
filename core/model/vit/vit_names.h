// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/tensor_source.h"
#include "core/model/mapped_source.h"

namespace ocellus {

/// A Vision Transformer's tensors under timm's names, whatever the file calls them.
struct VitNames {
    std::string layout;                ///< "timm", "CLIP" or "Hugging Face", for people
    std::vector<MappedTensor> tensors; ///< what is no part of the network is left out
    std::vector<std::string> unused;   ///< the file's names of what was left out, such as a projection head of training
};

/// Undoes other programs' names: chunked blocks and registers of DINOv2, layer scales of DeiT III, gated layers of
/// timm, CLIP's visual tower, and Hugging Face's ViT, DeiT, Dinov2 and Dinov2WithRegisters with their query, key and
/// value apart. Only names below `prefix` are looked at, which the results do not have. None where there is no patch
/// projection that one of them has. Throws Error(Mismatch) for a query without its key or value.
std::optional<VitNames> vitNames(const TensorSource& source, std::string_view prefix = {});

} // namespace ocellus

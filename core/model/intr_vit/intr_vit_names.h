// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/model/vit/vit_names.h"

namespace ocellus {

/// The tensors of an INTR whose backbone is a Vision Transformer, under our names: INTR's, and timm's below
/// `backbone.0.body.`.
///
/// `layout` is "INTR-Encoders" for the files of dipanjyoti/INTR-Encoders: the network below `transformer.encoder.`, a
/// linear projection for our 1x1 convolution, and INTR-FC's vectors one by one, which become the rows of one matrix.
/// None where `source` is no such model.
std::optional<VitNames> intrVitNames(const TensorSource& source);

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/base/tensor_source.h"

namespace ocellus {

/// A classifier as torchvision itself saves it, ResNet ("conv1.weight", "fc.weight") or MobileNetV2
/// ("features.0.0.weight", "classifier.1.weight"), under the names of our plain classifier; null for anything else.
/// `source` outlives it. Throws Error(Mismatch) where a classifier's names are there twice.
std::unique_ptr<const TensorSource> fromTorchvision(const TensorSource& source);

} // namespace ocellus

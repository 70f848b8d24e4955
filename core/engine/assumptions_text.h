// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/engine/engine.h"

namespace ocellus {

/// assumptionsText() beside results of pictures that were prepared as `used`: where that is not the model's own
/// preprocessing, nothing was assumed of it.
std::string assumptionsText(const ModelDescription& model, const PreprocessOptions& used);

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "ui/figures/plate.h"

namespace ocellus {

/// What a plate's caption has to say, as plain text to be copied: class, picture and layer, what each letter is, what
/// limits or changes the maps, what the colours mean, the scale bar, the model's file and hash. Empty for an empty
/// plate.
QString captionOf(const Plate& plate);

} // namespace ocellus

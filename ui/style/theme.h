// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/settings_values.h"

namespace ocellus {

/// Gives the application the light or dark palette; with System whichever the platform's own is nearer to.
void applyTheme(Theme theme);

} // namespace ocellus

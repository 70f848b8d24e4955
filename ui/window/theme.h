// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/settings_values.h"

namespace ocellus {

/// Gives the application the colours of the theme; with System those of the platform.
void applyTheme(Theme theme);

} // namespace ocellus

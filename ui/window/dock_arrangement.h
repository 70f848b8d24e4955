// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "ui/window/workspace.h"

class QMainWindow;

namespace ocellus {

/// Puts the window's docks where `shown` says, hides all others where `homes` says that they come up again, and leaves
/// none afloat. Names of docks that the window does not have are passed over.
void arrangeDocks(QMainWindow& window, const std::vector<DockPlace>& shown, const std::vector<DockPlace>& homes);

} // namespace ocellus

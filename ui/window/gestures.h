// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/keys_dialog.h"

namespace ocellus {

/// What the mouse and bare keys do that is no command.
QList<Gesture> gestures();

} // namespace ocellus

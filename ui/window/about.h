// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace ocellus {

/// Says in a box over the window what the program is, its version and its licence.
void showAbout(QWidget& window);

} // namespace ocellus

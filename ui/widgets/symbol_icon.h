// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace ocellus {

/// A picture of lines in the colour of the palette's button text, whatever its own is: legible in each theme, also
/// after a change of it, and fainter where its action is disabled. `file` as QIcon takes it.
QIcon symbolIcon(const QString& file);

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ocellus {

/// "12 s left", "about 4 min left", "about 3 h left": as exact as such an estimate is.
QString timeLeftText(double seconds);

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ocellus {

// Numbers as people read them, the same in the window, in figures and in reports: their words are English, so the mark
// is a point whatever the system's language, and a minus is a minus (U+2212), no hyphen. CSV and JSON have their own.

/// "6.21", "−0.50"; never "−0.00".
QString fixedText(double value, int decimals);

/// With at most so many significant digits: "0.25", "−12".
QString generalText(double value, int digits);

/// "12,345".
QString countText(long long count);

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "core/engine/view_key.h"

namespace ocellus {

/// "TF32", "half precision"; empty with full float32.
QStringList precisionNotes(const Precision& precision);

/// What must stand on everything that was computed for the key: "untrained: ...", the precision, the EXIF orientation.
QStringList noticesOf(const ViewKey& key, bool untrained);

} // namespace ocellus

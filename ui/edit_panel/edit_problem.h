// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/edit/edit.h"

namespace ocellus {

/// Why an edit cannot be done to a picture of this size, as far as that shows without pixels; empty where it can, and
/// where there is no picture yet.
QString problemOf(const Edit& edit, Size picture);

} // namespace ocellus

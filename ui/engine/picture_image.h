// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

#include "core/image/picture.h"

namespace ocellus {

/// A copy as Format_RGB32, which painters need not convert; throws std::bad_alloc where it does not fit.
QImage toImage(const Picture& picture);

/// The other way.
Picture toPicture(const QImage& image);

} // namespace ocellus

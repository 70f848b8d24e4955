// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QStringList>

#include "core/image/picture.h"
#include "core/image/picture_facts.h"

namespace ocellus {

/// A copy as Format_RGB32, which painters need not convert; throws std::bad_alloc where it does not fit.
QImage toImage(const Picture& picture);

/// What must stand beside whatever is made of such a picture.
QStringList noticesOf(const PictureFacts& facts);

/// The other way.
Picture toPicture(const QImage& image);

} // namespace ocellus

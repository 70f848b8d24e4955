// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"

namespace ocellus {

/// Of the open model's maps; heads without a model.
inline MapKind mapKindOf(const Document& document)
{
    return document.model() ? document.model()->offer.mapKind : MapKind::Head;
}

} // namespace ocellus

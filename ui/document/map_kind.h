// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"

namespace ocellus {

/// Of the open model's maps; heads without a model.
inline MapKind mapKindOf(const Document& document)
{
    return document.model() ? document.model()->offer.mapKind : MapKind::Head;
}

/// What a note is on: "Head 3", "The class's prototype 3", "Node 12" for one that is kept by its node's prototype.
QString mapNameOf(const Document& document, const HeadNote& note);

} // namespace ocellus

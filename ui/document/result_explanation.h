// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/engine/view_result.h"
#include "ui/figures/explanation.h"

namespace ocellus {

class Document;

// A result as an Explanation, in the document's class, layer, style and names. What the maps belong to (picture, edits,
// limit, intervention, notices) is told by the result's key alone. Without maps where the result has none.

Explanation explanationOf(const Document& document, const ViewResult& result);
/// Of the picture without its edits.
Explanation explanationBeforeOf(const Document& document, const ViewResult& result);
/// Without the limit.
Explanation explanationOfFullOf(const Document& document, const ViewResult& result);

} // namespace ocellus

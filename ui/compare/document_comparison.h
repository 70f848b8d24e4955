// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/edit_comparison.h"

namespace ocellus {

class Document;
class LiveAnswer;

/// What the edits of the shown picture did to the shown class; empty where nothing is edited. Attention is measured
/// inside the selected edit's mask, or where all edits' are.
EditComparison comparisonOf(const Document& document, const LiveAnswer& answer);

} // namespace ocellus

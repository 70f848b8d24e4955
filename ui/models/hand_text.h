// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/engine/attention_by_hand.h"

namespace ocellus {

/// "attention changed by hand: without head 4 and 3 cells of head 2" (heads count from 1), or empty where nothing is
/// taken away: for every place that shows numbers or maps of it.
QString handText(const AttentionByHand& hand);

} // namespace ocellus

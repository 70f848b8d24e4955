// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/edit.h"

namespace ocellus {

// Whether keys of contentKey() are equal. Masks and pixels that both sides share are not looked at, so that what
// changed little is compared at once.

bool doTheSame(const Operation& one, const Operation& other);
bool doTheSame(const EditList& one, const EditList& other);

} // namespace ocellus

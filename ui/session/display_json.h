// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "ui/models/display_choice.h"

namespace ocellus {

/// How maps were drawn, as SessionView::display keeps it.
std::string jsonOf(const DisplayChoice& display);

/// What is missing, unknown or out of range is as by default: it changes how maps look, and no number.
DisplayChoice displayOf(const std::string& json);

} // namespace ocellus

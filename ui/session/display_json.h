// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "ui/figures/plate_options.h"
#include "ui/models/display_choice.h"

namespace ocellus {

/// How maps were drawn, and the figure for a paper where one was made, as SessionView::display keeps it. Programs that
/// know nothing of such figures pass over them.
std::string jsonOf(const DisplayChoice& display, const std::optional<PlateOptions>& figure = {});

/// What is missing, unknown or out of range is as by default: it changes how maps look, and no number.
DisplayChoice displayOf(const std::string& json);
std::optional<PlateOptions> plateOptionsIn(const std::string& json);

} // namespace ocellus

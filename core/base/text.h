// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace ocellus {

/// The text with control characters replaced: a file's name cannot break a line or steer the terminal.
std::string oneLine(std::string_view text);

/// "0.25": the shortest text that gives the same float again, whatever the locale.
std::string numberText(float value);

} // namespace ocellus

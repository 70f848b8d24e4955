// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ocellus {

/// Bytes of the UTF-8 character at the start of `text`, which is not empty; 0 where there is none (RFC 3629, section
/// 4).
std::size_t utf8SequenceLength(std::string_view text);

/// The text with control characters replaced: a file's name cannot break a line or steer the terminal.
std::string oneLine(std::string_view text);

/// "0.25": the shortest text that gives the same float again, whatever the locale.
std::string numberText(float value);

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ocellus {

/// Appends the character with that code; false, and nothing appended, where Unicode has none.
bool appendUtf8(std::uint32_t code, std::string& text);

/// Whether the text is UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
bool isUtf8(std::string_view text);

/// The text with `replacement` for each byte that belongs to no UTF-8 sequence.
std::string validUtf8(std::string_view text, std::string_view replacement);

/// UTF-8 with `replacement` for each character that turns the direction of writing (U+202A to 202E, U+2066 to 2069,
/// U+200E, U+200F, U+061C): it could show "fdp.exe" as "exe.pdf", or a number backwards.
std::string withoutDirections(std::string_view text, std::string_view replacement);

/// Text from a file for an error message: at most 80 bytes, what is not printable ASCII or UTF-8 as `?`.
std::string excerpt(std::string_view text);

} // namespace ocellus

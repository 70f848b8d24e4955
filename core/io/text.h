// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace ocellus {

/// Whether the text is UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
bool isUtf8(std::string_view text);

/// Text from a file for an error message: at most 80 bytes, what is not printable ASCII or UTF-8 as `?`.
std::string excerpt(std::string_view text);

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace ocellus {

/// One field of a CSV line (RFC 4180): in quotation marks, with those inside doubled, where it holds a comma, a
/// quotation mark or a line break.
std::string csvField(std::string_view text);

} // namespace ocellus

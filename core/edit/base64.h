// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ocellus {

/// RFC 4648, with padding and without line breaks.
std::string base64Text(std::span<const std::uint8_t> bytes);

/// The bytes again. Throws Error(Damaged), naming `subject`, for anything but what base64Text() writes, and
/// Error(TooLarge) above a gigabyte of text.
std::vector<std::uint8_t> bytesOfBase64(std::string_view text, const std::string& subject);

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ocellus {

/// Bytes of the longest name that safeFileName() gives: file systems allow 255, and writing needs some for a temporary
/// name beside it.
inline constexpr std::size_t longestFileName = 200;

/// The one place that makes a name for a file of words that other people chose. The result is one name in any folder
/// of Linux, macOS and Windows, and shows as what it is: no separators, control characters, bytes that are no UTF-8,
/// characters that turn the direction of writing, or any of <>:"|?* (each becomes an underscore); no dot or space at
/// either end, no device of Windows (an underscore comes before CON, NUL.txt, com1 ...), at most longestFileName bytes
/// of whole characters with the ending kept, and never empty ("untitled").
std::string safeFileName(std::string_view proposed);

} // namespace ocellus

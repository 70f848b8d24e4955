// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace ocellus {

/// A whole text in UTF-8, without its byte-order mark and with LF or CRLF at line ends.
struct TextFile {
    std::string text;
    std::string encoding; ///< "UTF-16" where the file was written so; empty for UTF-8
};

/// Reads UTF-8, or UTF-16 with its byte-order mark. `what` names the text in errors: "class table".
/// Throws Error: NotFound, Unreadable (devices and pipes too), TooLarge, Damaged (other bytes, or NUL).
TextFile readTextFile(const std::filesystem::path& path, const std::string& what, std::uintmax_t maxBytes);

} // namespace ocellus

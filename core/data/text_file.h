// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace ocellus {

/// A whole text in UTF-8, without its byte-order mark and with LF or CRLF at line ends.
struct TextFile {
    std::string text;
    std::string encoding; ///< "UTF-16" or "Windows-1252" where the file was written so; empty for UTF-8
};

enum class TextEncodings {
    Unicode,         ///< UTF-8, or UTF-16 with its byte-order mark
    WithWindows1252, ///< this too where it is no UTF-8, as spreadsheet programs write CSV in western Europe
};

/// `what` names the text in errors: "class table". Throws Error: NotFound, Unreadable (devices and pipes too),
/// TooLarge, Damaged (other bytes, or NUL), Unsupported (a workbook of a spreadsheet program).
TextFile readTextFile(const std::filesystem::path& path, const std::string& what, std::uintmax_t maxBytes,
                      TextEncodings encodings = TextEncodings::Unicode);

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace ocellus {

/// A whole text in UTF-8, without its byte-order mark. `what` names it in errors: "class table".
/// Throws Error: NotFound, Unreadable (devices and pipes too), TooLarge, Damaged (other bytes than UTF-8, or NUL).
std::string readTextFile(const std::filesystem::path& path, const std::string& what, std::uintmax_t maxBytes);

} // namespace ocellus

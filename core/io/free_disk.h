// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

namespace ocellus {

/// Throws Error(Unreadable) with both numbers where the disk of `folder`, which may still have to be made, has less
/// room than that. Where the system does not tell, nothing is known to be wrong.
void requireFreeDisk(const std::filesystem::path& folder, std::uintmax_t bytes);

} // namespace ocellus

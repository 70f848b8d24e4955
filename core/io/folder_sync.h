// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace ocellus {

/// Waits until names that were given or taken away in a folder are on the disk, without which a file that is itself on
/// the disk can be gone after a loss of power. File systems that know no such thing are believed. An empty path is the
/// working folder. Throws Error(Unreadable).
void syncFolder(const std::filesystem::path& folder);

} // namespace ocellus

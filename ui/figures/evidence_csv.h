// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "ui/figures/explanation.h"

namespace ocellus {

/// A line for each test of each of the explanation's maps: verdict, number, its null, n, p and how that was corrected,
/// all that it was done with, and what it belongs to. Throws Error: BadArgument where nothing was tested, Unreadable.
void writeEvidenceCsv(const std::filesystem::path& path, const Explanation& explanation);

} // namespace ocellus

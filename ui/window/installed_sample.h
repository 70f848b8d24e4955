// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace ocellus {

/// The folder of the sample: share/ lies beside the program's folder, in the build folder as in an installed tree.
std::filesystem::path installedSample();

} // namespace ocellus

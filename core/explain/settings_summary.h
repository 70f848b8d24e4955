// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "core/explain/source_settings.h"

namespace ocellus {

/// Reads a SourceSettings::summary() again, or a part of it. Throws Error(BadArgument) as SourceSettings::set(), and
/// for a part without "=".
SourceSettings settingsOf(std::vector<SourceOption> options, std::string_view summary);

} // namespace ocellus

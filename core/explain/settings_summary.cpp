// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/settings_summary.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"

namespace ocellus {

SourceSettings settingsOf(std::vector<SourceOption> options, std::string_view summary)
{
    SourceSettings settings(std::move(options));
    while (!summary.empty()) {
        const std::string_view part = summary.substr(0, summary.find(' '));
        summary.remove_prefix(std::min(part.size() + 1, summary.size()));
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos)
            throw Error(ErrorCode::BadArgument, "settings", "expected key=value, got " + oneLine(part));
        settings.set(std::string(part.substr(0, equals)), std::string(part.substr(equals + 1)));
    }
    return settings;
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/io/strict_json.h"

namespace ocellus {

// JSON of sessions and journals as text.

/// In one line. What is not UTF-8 is replaced: a strange name must not cost the work.
inline std::string recordText(const nlohmann::json& value)
{
    return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// Within limits far above what is ever written. Throws as StrictJson does.
inline nlohmann::json parsedRecord(const StrictJson& reader, std::string_view text)
{
    constexpr int maxDepth = 32;
    constexpr std::size_t maxValues = 5'000'000;
    return reader.parsed(text, maxDepth, maxValues);
}

} // namespace ocellus

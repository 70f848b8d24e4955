// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/standing_json.h"

#include <cmath>
#include <limits>
#include <string>

namespace ocellus {

using nlohmann::json;

json numberJson(double value)
{
    return std::isfinite(value) ? json(value) : json();
}

double numberIn(const StrictJson& reader, const json& value, const char* what)
{
    return value.is_null() ? std::numeric_limits<double>::quiet_NaN() : reader.number(value, what);
}

json jsonOf(const ClassStanding& standing)
{
    return {numberJson(standing.logit), numberJson(standing.probability), numberJson(standing.margin)};
}

ClassStanding standingIn(const StrictJson& reader, const json& value, const char* what)
{
    constexpr std::size_t count = 3;
    reader.requireArray(value, what, count);
    if (value.size() != count)
        reader.fail(std::string("expected three numbers as \"") + what + "\"");
    return {numberIn(reader, value[0], what), numberIn(reader, value[1], what), numberIn(reader, value[2], what)};
}

} // namespace ocellus

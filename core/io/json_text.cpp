// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/json_text.h"

namespace ocellus {

std::string jsonText(const nlohmann::ordered_json& value, int indent)
{
    return value.dump(indent, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace ocellus {

/// A JSON value as a line of text; text of other encodings than UTF-8, as file names may be, is made readable.
std::string jsonText(const nlohmann::ordered_json& value, int indent = -1);

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ocellus {

/// Reads a list or tuple of texts as Python's str() writes it, `['Ant', "Bee's"]`: parsed, never
/// evaluated. None where it is anything else, or longer than 4 MB.
/// Grammar: https://docs.python.org/3/reference/lexical_analysis.html#string-and-bytes-literals
std::optional<std::vector<std::string>> parsePythonList(std::string_view text);

} // namespace ocellus

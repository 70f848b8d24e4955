// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace ocellus {

/// Run-length form of 8-bit values: for each run its length (7 bits a byte, lowest first, the eighth bit set where more
/// follow, as LEB128) and its value.
std::vector<std::uint8_t> runsOf(std::span<const std::uint8_t> values);

/// The values again, `count` of them; nothing of that size is allocated before the runs have been added up.
/// Throws Error(Damaged), naming `subject`, for another number of values, and runs that are cut or empty.
std::vector<std::uint8_t> valuesOfRuns(std::span<const std::uint8_t> bytes, std::size_t count,
                                       const std::string& subject);

} // namespace ocellus

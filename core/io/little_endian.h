// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstddef>
#include <cstring>
#include <type_traits>

namespace ocellus {

static_assert(std::endian::native == std::endian::little, "files hold little-endian numbers and are read as they are");

/// The number that the bytes hold, aligned or not.
template <typename Number>
requires std::is_trivially_copyable_v<Number> Number loadLittleEndian(const std::byte* bytes)
{
    Number number;
    std::memcpy(&number, bytes, sizeof number);
    return number;
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace ocellus {

/// Fills `out` with the bytes from an offset on, or throws Error.
using BytesAt = std::function<void(std::uint64_t offset, std::span<std::byte> out)>;

} // namespace ocellus

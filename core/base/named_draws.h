// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/random.h"

namespace ocellus {

/// Numbers that follow from a name and an index alone: the same on every machine, and any of them without those before
/// it.
class NamedDraws {
public:
    explicit constexpr NamedDraws(std::string_view name)
    {
        // FNV-1a, 64 bits.
        for (const char character : name)
            m_hash = (m_hash ^ static_cast<unsigned char>(character)) * 0x100000001B3U;
    }

    /// In [0, 1), a multiple of 2^-24: exact in float and double.
    constexpr double at(std::uint64_t index) const
    {
        constexpr std::uint64_t step = 0x9E3779B97F4A7C15U; // splitmix64
        return static_cast<double>(scrambled(m_hash + index + step) >> 40) / 16777216.0;
    }

private:
    std::uint64_t m_hash = 0xCBF29CE484222325U;
};

} // namespace ocellus

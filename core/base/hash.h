// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "core/base/progress.h"

namespace ocellus {

/// 128 bits that stand for some content in a cache; not for telling friend from foe.
struct ContentKey {
    std::uint64_t low = 0;
    std::uint64_t high = 0;

    auto operator<=>(const ContentKey&) const = default;
};

/// XXH3-128 of the bytes, started from `seed` so that keys can be chained.
ContentKey contentKey(std::span<const std::byte> bytes, std::uint64_t seed = 0);
ContentKey contentKey(std::string_view text, std::uint64_t seed = 0);

/// SHA-256 in lower-case hexadecimal.
std::string sha256(std::string_view bytes);

/// The same of a file, read in pieces; reports Stage::Read.
/// Throws Error: NotFound, Unreadable, Cancelled.
std::string sha256OfFile(const std::filesystem::path& path, const Progress& progress = {});

} // namespace ocellus

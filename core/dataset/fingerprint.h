// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/image/picture.h"

namespace ocellus {

/// What a picture looks like, small enough to compare each with each: copies that were resized, recompressed, cropped
/// by a few percent or mirrored have fingerprints that are alike.
struct Fingerprint {
    static constexpr int side = 32;
    static constexpr std::size_t frequencies = 64;

    /// Brightness (ITU-R BT.601) of the picture squeezed to a square, row by row.
    std::array<std::uint8_t, static_cast<std::size_t>(side) * side> grey{};
    /// Its lowest frequencies but the constant (type II cosine transform, 0 to 7 half waves each way), to length 1;
    /// those of even horizontal frequency first, so that a mirrored picture has the same with the rest's signs
    /// changed. All 0 for a picture of one colour.
    std::array<float, frequencies> waves{};

    bool isPlain() const;
    bool operator==(const Fingerprint&) const = default;
};

/// Throws Error(BadArgument) for an empty picture.
Fingerprint fingerprintOf(const Picture& picture);

/// How alike two are, -1 to 1: the correlation of their lowest frequencies, as they are and with one mirrored.
struct WaveLikeness {
    float upright = 0;
    float mirrored = 0;
};
WaveLikeness waveLikeness(const Fingerprint& a, const Fingerprint& b);

/// The correlation of the brightness of both, -1 to 1, at the best place of one within the other: up to 8 % are cut off
/// each side of either. Slower by a factor of a thousand.
double alignedLikeness(const Fingerprint& a, const Fingerprint& b, bool mirrored);

} // namespace ocellus

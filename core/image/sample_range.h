// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace ocellus {

/// Which samples of a picture of more than 8 bits become black and white; pictures of 8 bits have no choice.
struct SampleRange {
    enum class Kind {
        Full, ///< 0 to 65,535, as Pillow does
        Auto, ///< from 0 to the largest sample of the fewest whole bits that hold the picture: 4,095 for 12 bits
        Given
    };
    static constexpr int largest = 65'535;

    Kind kind = Kind::Full;
    int low = 0; ///< for Given: 0 <= low < high <= largest
    int high = largest;

    bool operator==(const SampleRange&) const = default;
};

/// "full", "auto" or "0:4095".
std::string toString(const SampleRange& range);

/// The other way; `source` is what errors call it. Throws Error(BadArgument).
SampleRange parseSampleRange(std::string_view text, const std::string& source);

} // namespace ocellus

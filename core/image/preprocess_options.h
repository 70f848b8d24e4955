// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace ocellus {

/// Longest side that the model's input may be given. A square of it takes INTR with ResNet-50 about 5 GB.
constexpr int largestInputSide = 4096;

/// How a picture becomes the model's input. Sides are pixels from 1 to largestInputSide.
struct PreprocessOptions {
    int shortSide = 800; ///< the shorter side after the resize
    int longSide = 1333; ///< the longer side stays within this, from shortSide
    int fixedSide = 0;   ///< > 0: a square of this side whatever the picture's shape; the other two are then unused

    bool operator==(const PreprocessOptions&) const = default;
};

/// "800:1333", or "fixed:224" where the picture becomes a square.
std::string toString(const PreprocessOptions& options);

/// Reads what toString writes. Throws Error(BadArgument) with `subject` for any other text and for sides that
/// validate() refuses.
PreprocessOptions parsePreprocess(std::string_view text, const std::string& subject = "image size");

/// Throws Error(BadArgument) for sides outside their ranges.
void validate(const PreprocessOptions& options, const std::string& subject = "input size");

} // namespace ocellus

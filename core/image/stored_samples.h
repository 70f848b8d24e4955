// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/image/decode.h"

namespace ocellus {

/// A picture's samples as its file stores them: 16 bits as 16 bits, a PNG's palette as its indices.
struct StoredSamples {
    Size size;
    int channels = 1; ///< 1: grey or indices; 2: grey and alpha; 3: red, green, blue; 4: and alpha
    bool isPalette = false;
    std::string note;                   ///< of a PNG that selectionKey marks, else empty
    std::vector<std::uint16_t> samples; ///< size.height * size.width * channels

    std::size_t pixels() const { return samples.size() / static_cast<std::size_t>(channels); }
    std::uint16_t at(std::size_t pixel, int channel = 0) const
    {
        return samples[pixel * static_cast<std::size_t>(channels) + static_cast<std::size_t>(channel)];
    }
};

/// Upright as decodePicture() has it; red, green and blue that are equal everywhere are one channel of grey.
/// Throws what decodePicture() throws.
StoredSamples readSamples(const std::filesystem::path& path, const DecodeOptions& options = {});

/// The keyword of a PNG's text under which Ocellus notes that the samples are shares of a selection, 0 to 255.
inline constexpr const char* selectionKey = "Ocellus";

} // namespace ocellus

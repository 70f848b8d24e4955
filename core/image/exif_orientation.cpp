// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/exif_orientation.h"

#include <string_view>

#include "core/base/error.h"
#include "core/image/tiff_directory.h"

namespace ocellus {

int exifOrientation(const ByteReader& block)
{
    using namespace std::string_view_literals;
    constexpr auto prefix = "Exif\0\0"sv;
    constexpr std::uint16_t orientationTag = 0x0112;
    try {
        const std::uint64_t start = block.matches(0, prefix) ? prefix.size() : 0;
        const TiffDirectory directory(block.part(start, block.size() - start, std::endian::big));
        const std::uint64_t orientation = directory.valueOr(orientationTag, 1);
        return orientation >= 1 && orientation <= 8 ? static_cast<int>(orientation) : 1;
    } catch (const Error&) {
        return 1;
    }
}

} // namespace ocellus

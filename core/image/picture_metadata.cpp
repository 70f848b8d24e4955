// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/picture_metadata.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/image/tiff_directory.h"

namespace ocellus {

namespace {

using namespace std::string_view_literals;

enum Tag : std::uint16_t {
    InteroperabilityIndex = 1,
    Orientation = 0x0112,
    ExifDirectory = 0x8769,
    Interoperability = 0xA005
};

constexpr std::size_t maxProfileBytes = 16U << 20; // printers' are a few megabytes

std::optional<int> validOrientation(std::uint64_t value)
{
    return value >= 1 && value <= 8 ? std::optional(static_cast<int>(value)) : std::nullopt;
}

/// "R03" lies two directories below the first.
bool saysAdobeRgb(const TiffDirectory& directory)
{
    const std::uint64_t exif = directory.valueOr(ExifDirectory, 0);
    if (exif == 0)
        return false;
    const std::uint64_t interoperability = directory.at(exif).valueOr(Interoperability, 0);
    if (interoperability == 0)
        return false;
    constexpr std::string_view adobe = "R03";
    const std::span<const std::uint8_t> index = directory.at(interoperability).bytes(InteroperabilityIndex);
    return index.size() >= adobe.size() && std::equal(adobe.begin(), adobe.end(), index.begin());
}

} // namespace

void PictureMetadata::addExif(const ByteReader& block)
{
    constexpr auto prefix = "Exif\0\0"sv;
    try {
        const std::uint64_t start = block.matches(0, prefix) ? prefix.size() : 0;
        const TiffDirectory directory(block.part(start, block.size() - start, std::endian::big));
        if (!m_exif)
            m_exif = validOrientation(directory.valueOr(Orientation, 0));
        m_isAdobeRgb = m_isAdobeRgb || saysAdobeRgb(directory);
    } catch (const Error&) {
        return;
    }
}

void PictureMetadata::addXmp(std::string_view packet)
{
    for (const std::string_view name : {"tiff:Orientation=\""sv, "tiff:Orientation='"sv, "tiff:Orientation>"sv}) {
        const std::size_t at = packet.find(name);
        if (m_xmp || at == std::string_view::npos || at + name.size() >= packet.size())
            continue;
        m_xmp = validOrientation(static_cast<unsigned char>(packet[at + name.size()]) - std::uint64_t{'0'});
    }
}

void PictureMetadata::addProfile(std::span<const std::uint8_t> part)
{
    if (part.size() <= maxProfileBytes - m_profile.size())
        m_profile.insert(m_profile.end(), part.begin(), part.end());
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>
#include <string_view>

#include "core/image/picture_header.h"

namespace ocellus {

namespace {

using namespace std::string_view_literals;

/// A progressive JPEG has about ten scans; thousands of empty ones would keep the decoder busy for hours.
constexpr int maxScans = 100;

enum Marker : std::uint8_t { Tem = 0x01, Sof0 = 0xC0, Dht = 0xC4, Jpg = 0xC8, Dac = 0xCC, Sof15 = 0xCF };
enum : std::uint8_t { Rst0 = 0xD0, Rst7 = 0xD7, Soi = 0xD8, Eoi = 0xD9, Sos = 0xDA, App1 = 0xE1, App2 = 0xE2 };

bool isFrame(std::uint8_t marker)
{
    return marker >= Sof0 && marker <= Sof15 && marker != Dht && marker != Jpg && marker != Dac;
}

bool standsAlone(std::uint8_t marker)
{
    return marker == Tem || (marker >= Rst0 && marker <= Soi);
}

/// Offset of the next marker's code at or after `at`. Inside a scan, stuffed zeros and restarts are data.
std::uint64_t nextMarker(const ByteReader& file, std::uint64_t at, bool inScan)
{
    for (; file.has(at, 2); ++at) {
        if (file.u8(at) != 0xFF)
            continue;
        const std::uint8_t code = file.u8(at + 1);
        const bool isData = code == 0 || code == 0xFF || (inScan && code >= Rst0 && code <= Rst7);
        if (!isData)
            return at + 1;
    }
    file.cutShort("expected JPEG's end marker, got the end of the file at byte " + std::to_string(file.size()));
}

void addMetadata(PictureMetadata& metadata, const ByteReader& segment)
{
    constexpr auto exif = "Exif\0\0"sv;
    constexpr auto xmp = "http://ns.adobe.com/xap/1.0/\0"sv;
    constexpr auto profile = "ICC_PROFILE\0"sv;
    constexpr std::uint64_t partNumbers = 2; // parts follow each other in their order
    const auto rest = [&](std::uint64_t from) { return segment.bytes(from, segment.size() - from); };
    if (segment.matches(0, exif)) {
        metadata.addExif(segment);
    } else if (segment.matches(0, xmp)) {
        metadata.addXmp(textOf(rest(xmp.size())));
    } else if (segment.matches(0, profile) && segment.has(profile.size(), partNumbers)) {
        metadata.addProfile(rest(profile.size() + partNumbers));
    }
}

} // namespace

PictureHeader readJpegHeader(const ByteReader& file)
{
    PictureHeader header;
    int scans = 0;
    std::uint64_t at = 2;
    while (true) {
        at = nextMarker(file, at, scans > 0);
        const std::uint8_t marker = file.u8(at++);
        if (marker == Eoi)
            break;
        if (standsAlone(marker))
            continue;
        const std::uint64_t length = file.u16(at);
        if (length < 2)
            file.damaged("has a JPEG segment of length " + std::to_string(length) + " at byte " + std::to_string(at));
        const ByteReader segment = file.part(at, length, std::endian::big);
        if (isFrame(marker) && header.width == 0) {
            header.height = segment.u16(3);
            header.width = segment.u16(5);
        } else if (marker == App1 || marker == App2) {
            addMetadata(header.metadata, segment.part(2, length - 2, std::endian::big));
        } else if (marker == Sos && ++scans > maxScans) {
            file.unsupported("has more than " + std::to_string(maxScans) + " JPEG scans");
        }
        at += length;
    }
    if (scans == 0)
        file.cutShort("expected JPEG's image data before its end marker");
    return header;
}

} // namespace ocellus

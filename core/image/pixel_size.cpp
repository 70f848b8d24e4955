// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/pixel_size.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "core/base/error.h"

namespace ocellus {

namespace {

using namespace std::string_view_literals;

constexpr double inch = 25.4;

enum Tag : std::uint16_t { ImageDescription = 270, XResolution = 282, YResolution = 283, ResolutionUnit = 296 };

bool isNobodysMeasure(double millimetres)
{
    return std::ranges::any_of(std::array{72.0, 96.0},
                               [&](double dots) { return std::abs(inch / millimetres - dots) < 0.1; });
}

/// `across` and `down` in pixels of one `unit` millimetres.
double sizeOf(double across, double down, double unit)
{
    constexpr double least = 1e-6, most = 1000;
    if (!(across > 0) || !(down > 0) || std::abs(across - down) > 0.01 * across)
        return 0;
    const double millimetres = unit / across;
    return millimetres >= least && millimetres <= most && !isNobodysMeasure(millimetres) ? millimetres : 0;
}

/// "ImageJ=1.53t\nunit=micron\n...": what XResolution counts pixels of, in millimetres.
std::optional<double> unitOfImageJ(std::string_view description)
{
    constexpr auto key = "\nunit="sv;
    const std::size_t at = description.find(key);
    if (!description.starts_with("ImageJ=") || at == std::string_view::npos)
        return std::nullopt;
    std::string_view unit = description.substr(at + key.size());
    unit = unit.substr(0, unit.find_first_of("\r\n\0"sv));
    for (const auto& [name, millimetres] :
         {std::pair("nm"sv, 1e-6), std::pair("micron"sv, 1e-3), std::pair("um"sv, 1e-3), std::pair("\\u00B5m"sv, 1e-3),
          std::pair("\xC2\xB5m"sv, 1e-3), std::pair("\xB5m"sv, 1e-3), std::pair("mm"sv, 1.0), std::pair("cm"sv, 10.0),
          std::pair("inch"sv, inch)})
        if (unit == name)
            return millimetres;
    return std::nullopt;
}

} // namespace

double millimetresPerPixel(const TiffDirectory& directory)
{
    constexpr std::uint64_t none = 1, inches = 2, centimetres = 3;
    try {
        const auto across = directory.rational(XResolution), down = directory.rational(YResolution);
        if (!across || !down)
            return 0;
        switch (directory.valueOr(ResolutionUnit, inches)) {
        case inches: return sizeOf(*across, *down, inch);
        case centimetres: return sizeOf(*across, *down, 10);
        case none: break;
        default: return 0;
        }
        const auto unit = unitOfImageJ(textOf(directory.bytes(ImageDescription)));
        return unit ? sizeOf(*across, *down, *unit) : 0;
    } catch (const Error&) {
        return 0;
    }
}

double millimetresPerPixel(const ByteReader& physicalChunk)
{
    constexpr std::uint8_t metre = 1;
    if (physicalChunk.size() < 9 || physicalChunk.u8(8) != metre)
        return 0;
    return sizeOf(physicalChunk.u32(0), physicalChunk.u32(4), 1000);
}

} // namespace ocellus

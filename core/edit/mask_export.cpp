// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/mask_export.h"

#include <cstddef>
#include <cstdint>

#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <zlib.h>

#include "core/base/error.h"
#include "core/image/stored_samples.h"
#include "core/io/atomic_file.h"

namespace ocellus {

namespace {

using nlohmann::json;

/// A ring of GeoJSON ends where it began.
json ringOf(const std::vector<Point>& line)
{
    json ring = json::array();
    for (std::size_t i = 0; i <= line.size(); ++i) {
        const Point& corner = line[i % line.size()];
        ring.push_back({static_cast<std::int64_t>(corner.x), static_cast<std::int64_t>(corner.y)});
    }
    return ring;
}

json polygonOf(const MaskPart& part)
{
    json rings = json::array({ringOf(part.outline)});
    for (const std::vector<Point>& hole : part.holes)
        rings.push_back(ringOf(hole));
    return rings;
}

json geometryOf(const NamedMask& named)
{
    const std::vector<MaskPart> parts = maskParts(named.mask);
    if (parts.empty())
        throw Error(ErrorCode::BadArgument, named.name.empty() ? "mask" : named.name,
                    "expected at least one pixel that is selected at least half, got none",
                    "Paint or select something first.");
    if (parts.size() == 1)
        return {{"type", "Polygon"}, {"coordinates", polygonOf(parts.front())}};
    json polygons = json::array();
    for (const MaskPart& part : parts)
        polygons.push_back(polygonOf(part));
    return {{"type", "MultiPolygon"}, {"coordinates", std::move(polygons)}};
}

json classificationOf(const MaskClassification& classification)
{
    const Rgb& colour = classification.colour;
    return {{"name", classification.name}, {"color", {colour.red, colour.green, colour.blue}}};
}

void append(std::vector<std::uint8_t>& bytes, std::uint32_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes.push_back(static_cast<std::uint8_t>(number >> shift));
}

/// A chunk of text behind the header that tells readMask() what the values mean.
void noteSelection(std::vector<std::uint8_t>& png)
{
    constexpr std::ptrdiff_t headerEnd = 33; // signature and header chunk
    const std::string content = std::string("tEXt") + selectionKey + '\0' + "selection from 0 to 255";
    std::vector<std::uint8_t> chunk;
    append(chunk, static_cast<std::uint32_t>(content.size() - 4));
    chunk.insert(chunk.end(), content.begin(), content.end());
    append(chunk, static_cast<std::uint32_t>(
                      crc32(0, reinterpret_cast<const Bytef*>(content.data()), static_cast<uInt>(content.size()))));
    png.insert(png.begin() + headerEnd, chunk.begin(), chunk.end());
}

} // namespace

std::string maskGeoJson(std::span<const NamedMask> masks, const std::optional<MaskClassification>& classification)
{
    if (masks.empty())
        throw Error(ErrorCode::BadArgument, "masks", "expected at least one, got none");
    json features = json::array();
    for (const NamedMask& named : masks) {
        json properties{{"objectType", "annotation"}, {"name", named.name}};
        if (classification)
            properties["classification"] = classificationOf(*classification);
        features.push_back(
            {{"type", "Feature"}, {"geometry", geometryOf(named)}, {"properties", std::move(properties)}});
    }
    const json collection{{"type", "FeatureCollection"}, {"features", std::move(features)}};
    return collection.dump(-1, ' ', false, json::error_handler_t::replace) + '\n';
}

void writeMaskGeoJson(const std::filesystem::path& path, std::span<const NamedMask> masks,
                      const std::optional<MaskClassification>& classification)
{
    writeFileAtomically(path, maskGeoJson(masks, classification));
}

void writeMaskPng(const std::filesystem::path& path, const Mask& mask)
{
    if (mask.empty())
        throw Error(ErrorCode::BadArgument, path.string(), "expected a mask with a selected pixel, got an empty one",
                    "Paint or select something first.");
    const Size size = mask.pictureSize();
    std::vector<std::uint8_t> alpha = mask.alphaOf(wholeBox(size));
    const cv::Mat image(size.height, size.width, CV_8UC1, alpha.data());
    std::vector<std::uint8_t> bytes;
    if (!cv::imencode(".png", image, bytes))
        throw Error(ErrorCode::Internal, path.string(), "the mask cannot be written as PNG");
    noteSelection(bytes);
    writeFileAtomically(path, std::as_bytes(std::span(bytes)));
}

} // namespace ocellus

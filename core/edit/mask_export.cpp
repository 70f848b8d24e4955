// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/mask_export.h"

#include <cstddef>
#include <cstdint>

#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

#include "core/base/error.h"
#include "core/image/decode.h"
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
    writeFileAtomically(path, std::as_bytes(std::span(bytes)));
}

Mask readMask(const std::filesystem::path& path, Size picture)
{
    const Picture grey = decodePicture(path);
    if (!(grey.size == picture))
        throw Error(ErrorCode::Mismatch, path.string(),
                    "expected a mask of " + std::to_string(picture.width) + "x" + std::to_string(picture.height) +
                        " pixels, as the picture has, got " + std::to_string(grey.size.width) + "x" +
                        std::to_string(grey.size.height));
    std::vector<std::uint8_t> alpha(grey.rgb.size() / 3);
    for (std::size_t pixel = 0; pixel < alpha.size(); ++pixel) {
        const std::uint8_t* rgb = grey.rgb.data() + 3 * pixel;
        if (rgb[0] != rgb[1] || rgb[1] != rgb[2])
            throw Error(ErrorCode::Unsupported, path.string(), "expected a grey picture, got one with colours",
                        "Save the mask in shades of grey: black is not selected, white is.");
        alpha[pixel] = rgb[0];
    }
    return {picture, wholeBox(picture), std::move(alpha)};
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/edit/mask.h"
#include "core/edit/picture_edits.h"
#include "core/image/geometry.h"
#include "core/image/rgb.h"

namespace ocellus {

/// One connected part of a mask: closed lines without their first corner repeated, in pixel coordinates.
struct MaskPart {
    std::vector<Point> outline;            ///< clockwise on the screen
    std::vector<std::vector<Point>> holes; ///< against it
};

/// The parts of what is selected at least half (128 of 255), connected up, down, left and right. The lines run along
/// the pixels' edges, not through their centres, so that a part's area less its holes' is its number of pixels; none
/// meets itself, and two meet at most in single corners, as the Simple Features standard (ISO 19125-1) wants it.
std::vector<MaskPart> maskParts(const Mask& mask);

/// The class of annotations in QuPath.
struct MaskClassification {
    std::string name;
    Rgb colour{230, 120, 30};
};

/// GeoJSON (RFC 7946, but in pixels, downwards) as QuPath imports it: a FeatureCollection with one annotation a mask,
/// a Polygon, or a MultiPolygon where it has several parts.
/// Throws Error(BadArgument) for no masks, and for one of which no pixel is selected at least half.
std::string maskGeoJson(std::span<const NamedMask> masks, const std::optional<MaskClassification>& classification = {});

/// Writes maskGeoJson(), whole or not at all. Throws the same errors, and Error(Unreadable).
void writeMaskGeoJson(const std::filesystem::path& path, std::span<const NamedMask> masks,
                      const std::optional<MaskClassification>& classification = {});

/// Writes the mask at its picture's size as an 8-bit grey PNG: 0 not selected, 255 wholly; readMask() reads it back.
/// Throws Error: BadArgument for a mask of which nothing is selected, Unreadable.
void writeMaskPng(const std::filesystem::path& path, const Mask& mask);

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/map_tiff.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

#include "core/analysis/bilinear.h"
#include "core/base/error.h"
#include "core/io/atomic_file.h"

namespace ocellus {

namespace {

/// For each pixel along one axis; `from` and `step` are the first cell's edge and a cell's length in pixels.
std::vector<BetweenCells> mixesAlong(int pixels, double from, double step, int cells)
{
    std::vector<BetweenCells> mixes;
    mixes.reserve(static_cast<std::size_t>(pixels));
    for (int i = 0; i < pixels; ++i)
        mixes.push_back(betweenCells((i + 0.5 - from) / step - 0.5, cells));
    return mixes;
}

/// The nearest cell alone, by the same rule as everywhere else.
template <class CellOf>
std::vector<BetweenCells> nearestAlong(int pixels, CellOf&& cellOf)
{
    std::vector<BetweenCells> mixes;
    mixes.reserve(static_cast<std::size_t>(pixels));
    for (int i = 0; i < pixels; ++i) {
        const auto cell = static_cast<std::size_t>(cellOf(i + 0.5));
        mixes.push_back({cell, cell, 0});
    }
    return mixes;
}

/// No map is there: neither a number nor nothing.
void clearUnseen(std::vector<float>& pixels, const CellGeometry& geometry)
{
    const Size size = geometry.pictureSize();
    auto pixel = pixels.begin();
    for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x, ++pixel)
            if (!geometry.sees({x + 0.5, y + 0.5}))
                *pixel = std::numeric_limits<float>::quiet_NaN();
}

void requireMap(std::span<const float> values, const CellGeometry& geometry)
{
    const auto cells = static_cast<std::size_t>(geometry.rows()) * static_cast<std::size_t>(geometry.columns());
    if (values.empty() || values.size() != cells)
        throw Error(ErrorCode::BadArgument, "map",
                    "expected " + std::to_string(cells) + " values, got " + std::to_string(values.size()));
    const Size size = geometry.pictureSize();
    if (static_cast<double>(size.width) * size.height > maxMapPixels)
        throw Error(ErrorCode::TooLarge, "map",
                    "expected a picture of at most 200 million pixels, got " + std::to_string(size.width) + "x" +
                        std::to_string(size.height),
                    "Export the map's cells as NPZ or CSV instead.");
}

} // namespace

std::vector<float> mapAtPictureSize(std::span<const float> values, const CellGeometry& geometry, bool smooth)
{
    requireMap(values, geometry);
    const Size size = geometry.pictureSize();
    const Box grid = geometry.gridBox();
    const int rows = geometry.rows(), columns = geometry.columns();
    const std::vector<BetweenCells> across = smooth ? mixesAlong(size.width, grid.left, grid.width / columns, columns)
                                                    : nearestAlong(size.width, [&](double x) {
                                                          return geometry.cellAt({x, 0}).column;
                                                      });
    const std::vector<BetweenCells> down =
        smooth ? mixesAlong(size.height, grid.top, grid.height / rows, rows) : nearestAlong(size.height, [&](double y) {
            return geometry.cellAt({0, y}).row;
        });

    std::vector<float> pixels = sampled(values, static_cast<std::size_t>(columns), across, down);
    if (!geometry.seesAll())
        clearUnseen(pixels, geometry);
    return pixels;
}

void writeMapTiff(const std::filesystem::path& path, std::span<const float> values, const CellGeometry& geometry,
                  bool smooth)
{
    std::vector<float> pixels = mapAtPictureSize(values, geometry, smooth);
    const Size size = geometry.pictureSize();
    const cv::Mat image(size.height, size.width, CV_32FC1, pixels.data());
    std::vector<std::uint8_t> bytes;
    if (!cv::imencode(".tiff", image, bytes))
        throw Error(ErrorCode::Internal, path.string(), "the map cannot be written as TIFF");
    writeFileAtomically(path, std::as_bytes(std::span(bytes)));
}

} // namespace ocellus

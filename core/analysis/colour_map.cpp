// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/colour_map.h"

#include <cmath>
#include <cstddef>
#include <numbers>
#include <string>
#include <utility>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/edit/colour_space.h"

namespace ocellus {

namespace {

using Table = std::array<Rgb, 256>;

constexpr std::string_view divergingName = "diverging";
constexpr std::array<std::pair<ColourMap, std::string_view>, 6> choosable{{{ColourMap::Viridis, "viridis"},
                                                                           {ColourMap::Cividis, "cividis"},
                                                                           {ColourMap::Inferno, "inferno"},
                                                                           {ColourMap::Magma, "magma"},
                                                                           {ColourMap::Grey, "grey"},
                                                                           {ColourMap::Jet, "jet"}}};

Table greyTable()
{
    Table table{};
    for (std::size_t level = 0; level < table.size(); ++level) {
        const auto grey = static_cast<std::uint8_t>(level);
        table[level] = {grey, grey, grey};
    }
    return table;
}

Table divergingTable()
{
    Table table{};
    for (std::size_t level = 0; level < table.size(); ++level) {
        const double side = (static_cast<double>(level) - 127.5) / 127.5;
        const double hue = (side < 0 ? 260 : 30) * std::numbers::pi / 180;
        const double chroma = 0.16 * std::abs(side);
        table[level] = rgbFrom(OkLab{0.95 - 0.47 * std::abs(side), chroma * std::cos(hue), chroma * std::sin(hue)});
    }
    return table;
}

Table openCvTable(cv::ColormapTypes type)
{
    cv::Mat levels(1, 256, CV_8UC1);
    for (int level = 0; level < 256; ++level)
        levels.at<std::uint8_t>(level) = static_cast<std::uint8_t>(level);
    cv::Mat coloured;
    cv::applyColorMap(levels, coloured, type);
    Table table{};
    for (int level = 0; level < 256; ++level) {
        const auto& blueGreenRed = coloured.at<cv::Vec3b>(level);
        table[static_cast<std::size_t>(level)] = {blueGreenRed[2], blueGreenRed[1], blueGreenRed[0]};
    }
    return table;
}

} // namespace

const std::array<Rgb, 256>& colours(ColourMap map)
{
    static const std::array<Table, choosable.size() + 1> tables{openCvTable(cv::COLORMAP_VIRIDIS),
                                                                openCvTable(cv::COLORMAP_CIVIDIS),
                                                                openCvTable(cv::COLORMAP_INFERNO),
                                                                openCvTable(cv::COLORMAP_MAGMA),
                                                                greyTable(),
                                                                openCvTable(cv::COLORMAP_JET),
                                                                divergingTable()};
    return tables[static_cast<std::size_t>(map)];
}

std::string_view toString(ColourMap map)
{
    return map == ColourMap::Diverging ? divergingName : choosable[static_cast<std::size_t>(map)].second;
}

ColourMap colourMapFromString(std::string_view name)
{
    std::string known;
    for (const auto& [map, mapName] : choosable) {
        if (mapName == name)
            return map;
        known += (known.empty() ? "" : ", ") + std::string(mapName);
    }
    throw Error(ErrorCode::BadArgument, "colour map",
                "expected one of " + known + ", got \"" + std::string(name) + "\"");
}

} // namespace ocellus

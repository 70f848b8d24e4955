// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <set>

#include <QJsonObject>
#include <QString>

#include "core/analysis/overlay.h"

namespace ocellus {

/// How a figure for a paper is made of what the window shows. None of it changes a number.
struct PlateOptions {
    enum class Picture { None, Tile, Large };    ///< the plain picture: not, as one of the tiles, of four tiles' size
    enum class Labels { None, Tiles, Rows };     ///< what is lettered a, b, c
    enum class Names { Latin, Italic, Upright }; ///< in italics: what looks like a Latin name, all, none
    enum class Numbers { None, Peak, PeakAndScore };      ///< beside the title of a map
    enum class RangeRule { AsShown, Shared, Own, Given }; ///< of the maps' colours; Shared is 0 to the largest chosen
    enum class Scale { None, OfFile, Given };             ///< bar: where the size of a pixel comes from

    double width = 180;      ///< mm
    double mostHeight = 180; ///< mm; decides where `columns` is 0
    int columns = 0;         ///< of tiles; 0: as few as keep the figure within mostHeight
    int dotsPerInch = 300;   ///< of PNG, and of the maps in PDF and SVG

    QString fontFamily; ///< empty: a sans serif that is found
    int textSize = 7;   ///< points, of all text
    Labels labels = Labels::Tiles;
    Names names = Names::Latin;
    Numbers numbers = Numbers::Peak;
    bool rowTitles = true;    ///< class names, "Before", ...
    bool predictions = false; ///< and what else the rows tell
    bool notes = true;        ///< on heads, where there are any

    Picture picture = Picture::Tile;
    std::optional<OverlayRule> overlay; ///< none: as shown
    std::optional<ValueScale> valueScale;
    RangeRule range = RangeRule::AsShown;
    Range given{0, 10}; ///< times uniform
    bool colourBar = true;
    Scale scale = Scale::None;
    double millimetresPerPixel = 0.01; ///< with Scale::Given

    // What is left out. Heads count from 0, -1 is their mean; places count from 0 where rows or columns are neither
    // classes nor heads, and are not kept.
    std::set<int> hiddenHeads, hiddenClasses, hiddenRows, hiddenColumns;

    bool operator==(const PlateOptions&) const = default;
};

/// What a value can be; what comes from elsewhere is brought within by limited().
namespace plate {
inline constexpr double leastSide = 20, mostSide = 600; ///< mm
inline constexpr int leastDots = 72, mostDots = 1200;
inline constexpr int leastText = 4, mostText = 48;
inline constexpr int mostColumns = 24;
inline constexpr double leastPixel = 1e-6, mostPixel = 1000; ///< mm
inline constexpr std::size_t mostHidden = 500;               ///< of each kind that are kept
} // namespace plate

PlateOptions limited(PlateOptions options);

/// Sizes that journals and projectors have.
enum class PlateSize { Single, Double, Slide, Other };

/// Other where it has none of the named widths.
PlateSize sizeOf(const PlateOptions& options);
/// Width, height, resolution and text size; Other leaves all as it is.
PlateOptions withSize(PlateOptions options, PlateSize size);

/// All but what is hidden by place.
QJsonObject jsonOf(const PlateOptions& options);
/// What is missing, unknown or out of range is as by default.
PlateOptions plateOptionsOf(const QJsonObject& json);

} // namespace ocellus

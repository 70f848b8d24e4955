// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <cstdio>

#include <QApplication>
#include <QPainter>

#include "core/data/sample.h"
#include "core/edit/colour_space.h"
#include "tests/benchmarks/window_user.h"
#include "ui/figures/map_painter.h"
#include "ui/style/window_style.h"
#include "ui/window/installed_sample.h"

using namespace ocellus;

namespace {

/// Mean distance in CIELAB over the pixels of cells that have no more than an even spread.
struct Distance {
    double sum = 0;
    double pixels = 0;

    double mean() const { return pixels > 0 ? sum / pixels : 0; }
};

struct Rule {
    OverlayRule rule;
    const char* name;
    Distance fromPicture = {}, fromGround = {};
};

CieLab labOf(QRgb pixel)
{
    const auto part = [](int value) { return static_cast<std::uint8_t>(value); };
    return cieLab({part(qRed(pixel)), part(qGreen(pixel)), part(qBlue(pixel))});
}

QImage groundFor(const QImage& picture, const MapStyle& style)
{
    QImage ground = picture.convertToFormat(QImage::Format_RGB32);
    for (int y = 0; y < ground.height(); ++y)
        toGround({reinterpret_cast<std::uint32_t*>(ground.scanLine(y)), static_cast<std::size_t>(ground.width())},
                 groundOf(style));
    return ground;
}

/// The coloured map alone: contours and hairlines lie between cells.
QImage painted(const Explanation& shown, const TileMap& tile, const MapStyle& style)
{
    QImage image(shown.picture.size(), QImage::Format_RGB32);
    ScaledPicture picture;
    picture.setPicture(shown.picture);
    MapPainter map;
    map.setMap(tile.values, shown.geometry, style, tile.range);
    QPainter painter(&image);
    map.paint(painter, QRectF(image.rect()), {1, {0, 0}}, picture);
    return image;
}

void measure(Rule& rule, const Explanation& shown, const TileMap& tile)
{
    MapStyle style = shown.style;
    style.overlay = rule.rule;
    const QImage with = painted(shown, tile, style);
    const QImage picture = shown.picture.convertToFormat(QImage::Format_RGB32), ground = groundFor(picture, style);
    for (int y = 0; y < with.height(); ++y)
        for (int x = 0; x < with.width(); ++x) {
            const Cell cell = shown.geometry.cellAt({x + 0.5, y + 0.5});
            if (tile.values[static_cast<std::size_t>(cell.row * shown.geometry.columns() + cell.column)] > 1)
                continue;
            const CieLab seen = labOf(with.pixel(x, y));
            const bool same = with.pixel(x, y) == picture.pixel(x, y);
            rule.fromPicture.sum += same ? 0 : colourDistance(seen, labOf(picture.pixel(x, y)));
            rule.fromGround.sum +=
                with.pixel(x, y) == ground.pixel(x, y) ? 0 : colourDistance(seen, labOf(ground.pixel(x, y)));
            ++rule.fromPicture.pixels;
            ++rule.fromGround.pixels;
        }
}

} // namespace

/// Prints how far each rule takes the animal's colours, in CIELAB, where there is nothing to say: over cells at or
/// below 1x uniform of all heads and the mean, in the sample's pictures. "Ground" is what the rule lays its map on: the
/// picture itself, or for the spotlight and for heat on grey the picture without its colours.
int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QApplication::setStyle(new WindowStyle);
    std::array rules{Rule{OverlayRule::Transparent, "transparent"}, Rule{OverlayRule::Contours, "contours"},
                     Rule{OverlayRule::Spotlight, "spotlight"}, Rule{OverlayRule::HeatOnGrey, "heat on grey"},
                     Rule{OverlayRule::Flat, "flat tint"}};
    WindowUser user;
    const int pictures = user.document().pictures().rowCount();
    for (int row = 0; row < pictures; ++row) {
        user.document().setCurrentPicture(row);
        user.waitForAnswer();
        const Explanation shown = user.answer().explanation();
        for (const TileMap& tile : tileMaps(shown))
            for (Rule& rule : rules)
                measure(rule, shown, tile);
    }
    std::printf("%d pictures; mean CIELAB distance at or below 1x uniform\n%-14s %12s %12s\n", pictures, "rule",
                "from picture", "from ground");
    for (const Rule& rule : rules)
        std::printf("%-14s %12.3f %12.3f\n", rule.name, rule.fromPicture.mean(), rule.fromGround.mean());
    return 0;
}

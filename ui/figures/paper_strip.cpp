// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/paper_strip.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>

#include <opencv2/imgproc.hpp>

#include "ui/figures/figure_page.h"
#include "ui/figures/figure_text.h"

namespace ocellus {

namespace {

constexpr double tileWidth = 84;
constexpr double gap = 4;
constexpr double releasedScale = 0.8; // the released code shrinks the picture first
constexpr int releasedKernel = 15;    // pixels of the shrunken picture, median and Gaussian
constexpr double longestSide = 1600;  // beyond it the blur cannot be seen in a strip, only waited for

/// The maps are of this part, and stretched over it.
QImage seenPart(const Explanation& explanation)
{
    const CellGeometry& geometry = explanation.geometry;
    if (explanation.isEmpty() || geometry.seesAll())
        return explanation.picture;
    const Box& seen = geometry.seen();
    const QRect rect = QRectF(seen.left, seen.top, seen.width, seen.height).toRect() & explanation.picture.rect();
    return rect.isEmpty() ? explanation.picture : explanation.picture.copy(rect);
}

QImage shrunken(const QImage& picture)
{
    const double scale = std::min(releasedScale, longestSide / std::max(picture.width(), picture.height()));
    const QSize size = (scale * QSizeF(picture.size())).toSize().expandedTo({1, 1});
    return picture.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation).convertToFormat(QImage::Format_RGB888);
}

cv::Mat wrapped(QImage& image)
{
    return {image.height(), image.width(), CV_8UC3, image.bits(), static_cast<std::size_t>(image.bytesPerLine())};
}

/// `SuperImposeHeatmap` of INTR's tools/visualization.py, step by step.
QImage superimposed(std::vector<float> values, const CellGeometry& grid, const QImage& picture)
{
    QImage result = picture.copy();
    cv::Mat pixels = wrapped(result);
    cv::Mat map;
    cv::resize(cv::Mat(grid.rows(), grid.columns(), CV_32F, values.data()), map, pixels.size(), 0, 0, cv::INTER_CUBIC);
    double low = 0, high = 0;
    cv::minMaxLoc(map, &low, &high);
    // A uniform map is not stretched into the noise of its interpolation.
    const bool uniform = high - low <= 1e-5 * std::abs(high);
    // Cut off like astype(np.uint8), where convertTo would round.
    map = uniform ? cv::Mat(map * 0) : cv::Mat((map - low) * (255 / (high - low)) - 0.4999);
    cv::Mat levels, heat;
    map.convertTo(levels, CV_8U);
    cv::applyColorMap(levels, heat, cv::COLORMAP_JET);
    cv::cvtColor(heat, heat, cv::COLOR_BGR2RGB);
    cv::medianBlur(heat, heat, releasedKernel);
    cv::GaussianBlur(heat, heat, {releasedKernel, releasedKernel}, 0);
    cv::addWeighted(pixels, 0.5, heat, 0.5, -0.25, pixels);
    return result;
}

void paintTile(QPainter& painter, const QRectF& title, const QRectF& rect, const QImage& image, const TileMap* tile)
{
    const QRectF first(title.left(), title.top(), title.width(), title.height() / 2);
    FigurePage::text(painter, first, FigurePage::font(FigurePage::textSize, true),
                     tile ? tile->title : FigureText::picture());
    if (tile) {
        const QString numbers = tile->values.empty()
                                    ? tile->words
                                    : FigureText::peak(*tile) + QStringLiteral("  ") + FigureText::score(*tile);
        FigurePage::text(painter, first.translated(0, first.height()), FigurePage::font(FigurePage::smallSize),
                         numbers);
    }
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(rect, image);
}

/// Paints, or measures where the page has no painter.
void layOut(FigurePage& page, const Explanation& explanation, const std::vector<TileMap>& tiles, double pixelsPerPoint)
{
    page.header(explanation);
    page.banner(FigureText::paperStyle());
    page.skip(gap);
    const double titleHeight = 2.2 * QFontMetricsF(FigurePage::font(FigurePage::textSize)).height();
    const QImage seen = seenPart(explanation);
    const QSizeF picture = seen.size();
    const double height = tileWidth * std::clamp(picture.height() / picture.width(), 0.02, 10.0);
    const QRectF room = page.take(titleHeight + height);
    if (page.painter()) {
        const QImage shrunk = shrunken(seen);
        const QSize pixels = (pixelsPerPoint * QSizeF(tileWidth, height)).toSize().expandedTo({1, 1});
        for (std::size_t i = 0; i <= tiles.size(); ++i) {
            const TileMap* tile = i == 0 ? nullptr : &tiles[i - 1];
            const QImage image =
                tile && !tile->values.empty() ? superimposed(tile->values, explanation.geometry, shrunk) : shrunk;
            const QRectF title(room.left() + static_cast<double>(i) * (tileWidth + gap), room.top(), tileWidth,
                               titleHeight);
            paintTile(*page.painter(), title, {title.left(), title.bottom(), tileWidth, height},
                      image.scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation), tile);
        }
    }
    page.skip(gap);
    for (const QString& change : FigureText::changes(explanation))
        page.small(change);
    page.small(FigureText::madeBy(explanation));
}

double widthFor(const std::vector<TileMap>& tiles)
{
    // The banner's words need five tiles' room even where there are fewer heads.
    const double count = std::max(static_cast<double>(tiles.size()) + 1, 6.0);
    return count * (tileWidth + gap) - gap + 2 * FigurePage::margin;
}

} // namespace

QSizeF paperStripSize(const Explanation& explanation)
{
    const std::vector<TileMap> tiles = tileMaps(explanation);
    FigurePage page(widthFor(tiles), nullptr);
    layOut(page, explanation, tiles, 1);
    return {widthFor(tiles), std::ceil(page.bottom())};
}

void paintPaperStrip(QPainter& painter, const Explanation& explanation, double pixelsPerPoint)
{
    const std::vector<TileMap> tiles = tileMaps(explanation);
    FigurePage page(widthFor(tiles), &painter);
    layOut(page, explanation, tiles, pixelsPerPoint);
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/plate_figure.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include <QFontMetricsF>

#include "core/base/error.h"
#include "ui/figures/colour_bar.h"
#include "ui/figures/figure_page.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/map_evidence.h"
#include "ui/figures/map_in_figure.h"
#include "ui/figures/plate_text.h"
#include "ui/figures/scale_bar.h"
#include "ui/figures/shown_text.h"

namespace ocellus {

namespace {

constexpr double pointsPerMillimetre = 72 / 25.4;
constexpr double margin = 1; ///< letters can reach a little beyond their line
constexpr int titleLines = 4, headerLines = 6, largeSide = 2;

/// A tile's place in the grid of its row.
struct Place {
    int column = 0, row = 0, span = 1;
};

/// A number and its word stay in one line, where they fit into one.
QString unbroken(QString words)
{
    constexpr QChar joiner(0x2060), space(0x00a0);
    return words.replace('/', QString('/') + joiner).replace(' ', space);
}

/// Lays a plate out and paints it; all in points.
class PlateLayout {
public:
    explicit PlateLayout(const Plate& plate, std::optional<int> columns = {})
        : m_plate(plate),
          m_options(plate.options),
          m_font(PlateText::font(m_options)),
          m_width(m_options.width * pointsPerMillimetre - 2 * margin),
          m_gap(std::max(3.0, 0.6 * m_options.textSize))
    {
        setColumns(columns ? *columns : bestColumns());
    }

    int columns() const { return m_columns; }
    QSizeF size() const { return {m_width + 2 * margin, height() + 2 * margin}; }
    void paint(QPainter& painter, double pixelsPerPoint, const std::stop_token& stop) const;

private:
    void setColumns(int columns);
    int bestColumns() const;
    double height() const;
    double rowHeight(const PlateRow& row) const;
    double gridHeight(const PlateRow& row) const;
    double tileHeight(const PlateRow& row) const { return m_titleHeights.at(&row) + pictureHeight(row); }
    double pictureHeight(const PlateRow& row) const;
    std::vector<Place> placesOf(const PlateRow& row) const;
    PlateText header(const PlateRow& row) const;
    PlateText title(const PlateTile& tile) const;
    PlateText states() const;
    std::vector<const PlateTile*> bars() const;
    PlateText barLabel(const PlateTile& tile) const;
    double barHeight(const PlateTile& tile) const;
    bool areBarsBeside() const;
    double barWidth() const;
    double barsHeight() const;
    void paintRow(QPainter& painter, QPointF at, const PlateRow& row, double pixelsPerPoint,
                  const std::stop_token& stop) const;
    void paintTile(QPainter& painter, const QRectF& rect, double titleHeight, const PlateTile& tile,
                   double pixelsPerPoint) const;
    void paintBars(QPainter& painter, QPointF at) const;

    const Plate& m_plate;
    const PlateOptions& m_options;
    QFont m_font;
    double m_width;
    double m_gap;
    int m_columns = 1;
    double m_tileWidth = 0;
    std::map<const PlateRow*, double> m_titleHeights; ///< of all tiles of a row: their pictures stand in line
};

void PlateLayout::setColumns(int columns)
{
    const double leastTile = 4 * m_options.textSize;
    const int most = std::max(1, static_cast<int>((m_width + m_gap) / (leastTile + m_gap)));
    m_columns = std::clamp(columns, 1, most);
    m_tileWidth = (m_width - (m_columns - 1) * m_gap) / m_columns;
    m_titleHeights.clear();
    for (const PlateRow& row : m_plate.rows) {
        double& height = m_titleHeights[&row];
        for (const PlateTile& tile : row.tiles)
            height = std::max(height, title(tile).height(m_tileWidth, titleLines));
    }
}

/// As few as keep the figure within its height: they make the tiles largest.
int PlateLayout::bestColumns() const
{
    if (m_options.columns > 0)
        return m_options.columns;
    int most = 1;
    for (const PlateRow& row : m_plate.rows) {
        int tiles = 0;
        for (const PlateTile& tile : row.tiles)
            tiles += tile.isLarge ? largeSide * largeSide : 1;
        most = std::max(most, tiles);
    }
    const double allowed = m_options.mostHeight * pointsPerMillimetre;
    most = std::min(most, plate::mostColumns);
    for (int columns = 1; columns < most; ++columns)
        if (PlateLayout(m_plate, columns).size().height() <= allowed)
            return columns;
    return most;
}

double PlateLayout::pictureHeight(const PlateRow& row) const
{
    double shape = 0;
    for (const PlateTile& tile : row.tiles)
        if (tile.explanation)
            shape = std::max(shape, double(tile.explanation->picture.height()) / tile.explanation->picture.width());
    return m_tileWidth * (shape > 0 ? std::clamp(shape, 0.1, 2.5) : 0.5);
}

std::vector<Place> PlateLayout::placesOf(const PlateRow& row) const
{
    std::vector<Place> places;
    std::set<std::pair<int, int>> taken;
    int next = 0;
    for (const PlateTile& tile : row.tiles) {
        const int span = tile.isLarge ? std::min(largeSide, m_columns) : 1;
        while (taken.contains({next / m_columns, next % m_columns}) || next % m_columns + span > m_columns)
            ++next;
        const Place place{next % m_columns, next / m_columns, tile.isLarge ? largeSide : 1};
        for (int y = 0; y < place.span; ++y)
            for (int x = 0; x < span; ++x)
                taken.insert({place.row + y, place.column + x});
        places.push_back(place);
    }
    return places;
}

double PlateLayout::gridHeight(const PlateRow& row) const
{
    int rows = 0;
    for (const Place& place : placesOf(row))
        rows = std::max(rows, place.row + place.span);
    return rows * tileHeight(row) + (rows - 1) * m_gap;
}

double PlateLayout::rowHeight(const PlateRow& row) const
{
    return header(row).height(m_width, headerLines) + gridHeight(row);
}

double PlateLayout::height() const
{
    double height = 0;
    for (const PlateRow& row : m_plate.rows)
        height += rowHeight(row) + m_gap;
    height += barsHeight();
    const PlateText told = states();
    return told.isEmpty() ? height - (bars().empty() ? m_gap : 0) : height + told.height(m_width, headerLines);
}

PlateText PlateLayout::header(const PlateRow& row) const
{
    PlateText text(m_options, m_plate.names);
    text.add(row.label, true);
    if (m_options.rowTitles && !row.title.isEmpty()) {
        text.addSpace();
        text.add(row.title);
    }
    if (m_options.predictions)
        for (const QString& detail : row.details) {
            if (m_options.rowTitles && !row.title.isEmpty())
                text.add(QStringLiteral(","));
            text.addSpace();
            text.add(detail);
        }
    for (const QString& state : row.states) {
        text.addSpace();
        text.add(QStringLiteral("[%1]").arg(state));
    }
    return text;
}

PlateText PlateLayout::title(const PlateTile& tile) const
{
    PlateText text(m_options, m_plate.names);
    text.add(tile.label, true);
    const auto add = [&text](const QString& words) {
        if (words.isEmpty())
            return;
        text.addSpace();
        text.add(words);
    };
    add(tile.title);
    if (!tile.map)
        return text;
    if (tile.explanation)
        add(markOf(*tile.explanation, *tile.map));
    if (m_options.notes)
        add(tile.map->note);
    if (m_options.numbers == PlateOptions::Numbers::Peak)
        add(unbroken(FigureText::extremes(*tile.map)));
    if (m_options.numbers == PlateOptions::Numbers::PeakAndScore) {
        add(unbroken(FigureText::peak(*tile.map)));
        add(unbroken(FigureText::score(*tile.map)));
    }
    if (m_options.numbers != PlateOptions::Numbers::None)
        add(unbroken(FigureText::held(*tile.map)));
    return text;
}

PlateText PlateLayout::states() const
{
    PlateText text(m_options, m_plate.names);
    text.add(atBeginning(m_plate.states.join(QStringLiteral("; "))));
    return text;
}

std::vector<const PlateTile*> PlateLayout::bars() const
{
    std::vector<const PlateTile*> bars;
    if (m_options.colourBar && m_plate.hasOneScale)
        for (const bool ofDifference : {false, true})
            if (const PlateTile* tile = m_plate.firstMap(ofDifference))
                bars.push_back(tile);
    return bars;
}

PlateText PlateLayout::barLabel(const PlateTile& tile) const
{
    PlateText text(m_options, m_plate.names);
    text.add(FigureText::scale(tile.explanation->style, tile.explanation->unit()));
    return text;
}

/// Wide enough for its numbers, and no wider: it is no picture.
double PlateLayout::barWidth() const
{
    return std::min(m_width, 36.0 * m_options.textSize);
}

bool PlateLayout::areBarsBeside() const
{
    return static_cast<double>(bars().size()) * (barWidth() + m_gap) - m_gap <= m_width;
}

double PlateLayout::barHeight(const PlateTile& tile) const
{
    return barLabel(tile).height(barWidth(), titleLines) + colourScaleHeight(m_font) + m_gap / 2;
}

double PlateLayout::barsHeight() const
{
    double height = 0;
    for (const PlateTile* tile : bars())
        height = areBarsBeside() ? std::max(height, barHeight(*tile)) : height + barHeight(*tile);
    return height;
}

void PlateLayout::paint(QPainter& painter, double pixelsPerPoint, const std::stop_token& stop) const
{
    QPointF at(margin, margin);
    for (const PlateRow& row : m_plate.rows) {
        paintRow(painter, at, row, pixelsPerPoint, stop);
        at.ry() += rowHeight(row) + m_gap;
        if (stop.stop_requested())
            return;
    }
    paintBars(painter, at);
    at.ry() += barsHeight();
    states().paint(painter, at, m_width, headerLines);
}

void PlateLayout::paintRow(QPainter& painter, QPointF at, const PlateRow& row, double pixelsPerPoint,
                           const std::stop_token& stop) const
{
    const PlateText text = header(row);
    text.paint(painter, at, m_width, headerLines);
    at.ry() += text.height(m_width, headerLines);
    const std::vector<Place> places = placesOf(row);
    const double height = tileHeight(row);
    for (std::size_t i = 0; i < places.size() && !stop.stop_requested(); ++i) {
        const Place& place = places[i];
        const int across = std::min(place.span, m_columns);
        const QRectF rect(at.x() + place.column * (m_tileWidth + m_gap), at.y() + place.row * (height + m_gap),
                          across * m_tileWidth + (across - 1) * m_gap, place.span * height + (place.span - 1) * m_gap);
        paintTile(painter, rect, m_titleHeights.at(&row), row.tiles[i], pixelsPerPoint);
    }
}

void PlateLayout::paintTile(QPainter& painter, const QRectF& rect, double titleHeight, const PlateTile& tile,
                            double pixelsPerPoint) const
{
    title(tile).paint(painter, rect.topLeft(), m_tileWidth, titleLines);
    const QRectF room = rect.adjusted(0, titleHeight, 0, 0);
    if (!tile.explanation) {
        PlateText words(m_options, m_plate.names);
        words.add(tile.words);
        const int lines = std::max(1, static_cast<int>(room.height() / QFontMetricsF(m_font).height()));
        words.paint(painter, room.topLeft(), room.width(), lines);
        return;
    }
    const QSizeF picture = tile.explanation->picture.size();
    // To the top and the left, under its letter.
    const QRectF shown(room.topLeft(), picture.scaled(room.size(), Qt::KeepAspectRatio));
    MapInFigure(painter, *tile.explanation, pixelsPerPoint).paint(shown, tile.map ? &*tile.map : nullptr);
    if (tile.millimetresPerPixel > 0)
        paintScaleBar(painter, shown, m_font, tile.millimetresPerPixel * picture.width());
}

void PlateLayout::paintBars(QPainter& painter, QPointF at) const
{
    for (const PlateTile* tile : bars()) {
        const PlateText label = barLabel(*tile);
        label.paint(painter, at, barWidth(), titleLines, Qt::AlignHCenter);
        const double labelHeight = label.height(barWidth(), titleLines);
        painter.setFont(m_font);
        painter.setPen(inkColour());
        paintColourScale(painter, QRectF(at + QPointF(0, labelHeight), QSizeF(barWidth(), colourScaleHeight(m_font))),
                         tile->explanation->style, tile->map->range, tile->explanation->picture,
                         tile->explanation->unit());
        at += areBarsBeside() ? QPointF(barWidth() + m_gap, 0) : QPointF(0, barHeight(*tile));
    }
}

} // namespace

Figure figureOf(const Plate& plate, std::stop_token stop)
{
    if (plate.isEmpty())
        throw Error(ErrorCode::BadArgument, "figure", "expected something to show, got nothing");
    const PlateLayout layout(plate);
    const int columns = layout.columns();
    const QSizeF size = layout.size();
    constexpr double highest = 5000 * pointsPerMillimetre;
    if (size.height() > highest)
        throw Error(ErrorCode::TooLarge, "figure",
                    "it would be " + std::to_string(std::lround(size.height() / pointsPerMillimetre / 1000)) +
                        " m high",
                    "Leave out some rows, or take more columns");
    return {plate.title, size,
            [shared = std::make_shared<const Plate>(plate), columns, stop = std::move(stop)](QPainter& painter,
                                                                                             double pixelsPerPoint) {
                PlateLayout(*shared, columns).paint(painter, pixelsPerPoint, stop);
            }};
}

int columnsOf(const Plate& plate)
{
    return plate.isEmpty() ? 0 : PlateLayout(plate).columns();
}

} // namespace ocellus

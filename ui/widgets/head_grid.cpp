// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/head_grid.h"

#include <algorithm>

#include <QKeyEvent>
#include <QPushButton>

#include "ui/figures/map_names.h"
#include "ui/widgets/room_sharing.h"

namespace ocellus {

HeadGrid::HeadGrid(LinkedView& view, QWidget* parent)
    : QWidget(parent),
      m_view(view),
      m_scaled(std::make_shared<ScaledPicture>()),
      m_more(new QPushButton(this))
{
    m_more->hide();
    connect(m_more, &QPushButton::clicked, this, [this] {
        m_showsAll = !m_showsAll;
        setExplanation(Explanation(m_explanation));
    });
    setExplanation({});
}

void HeadGrid::setExplanation(const Explanation& explanation)
{
    m_explanation = explanation;
    setAccessibleName(explanation.isEmpty() ? tr("Tiles") : MapNames::heading(explanation.mapKind));
    const std::vector<TileMap> maps = chooseMaps();
    setTileCount(std::max<std::size_t>(maps.size(), 1));
    for (std::size_t i = 0; i < m_tiles.size(); ++i)
        m_tiles[i]->setMap(explanation, maps.empty() ? nullptr : &maps[i]);
    showSelection();
    arrange();
}

/// Those that are shown; the button says how many that are.
std::vector<TileMap> HeadGrid::chooseMaps()
{
    std::vector<TileMap> maps = tileMaps(m_explanation);
    const bool areMany =
        m_explanation.mapKind != MapKind::Head && !m_explanation.source && maps.size() > MostAtFirst + 1;
    m_more->setVisible(areMany);
    if (!areMany)
        return maps;
    const std::size_t all = maps.size() - 1; // the last is their mean
    m_more->setText(m_showsAll ? tr("Show the %1 that give the class most, of %2").arg(MostAtFirst).arg(all)
                               : tr("Show all %1: these %2 give the class most").arg(all).arg(MostAtFirst));
    if (m_showsAll)
        return maps;
    std::vector<int> first = m_explanation.decoding->rankHeads(m_explanation.layer, m_explanation.classIndex);
    first.resize(std::min(first.size(), MostAtFirst));
    std::erase_if(maps, [&](const TileMap& map) {
        return !map.isMean && map.head != m_selectedHead && std::ranges::find(first, map.head) == first.end();
    });
    return maps;
}

void HeadGrid::setSelectedHead(int head)
{
    m_selectedHead = head;
    const bool isThere = std::ranges::find(m_tiles, head, &MapTile::head) != m_tiles.end();
    if (!isThere && !m_more->isHidden()) {
        setExplanation(Explanation(m_explanation)); // one of those that are not shown yet
        return;
    }
    showSelection();
    arrange();
}

void HeadGrid::setEnlarged(bool enlarged)
{
    if (enlarged == m_enlarged)
        return;
    m_enlarged = enlarged;
    arrange();
    emit enlargedChanged(enlarged);
}

QSize HeadGrid::sizeHint() const
{
    return {480, 480};
}

void HeadGrid::resizeEvent(QResizeEvent*)
{
    arrange();
}

void HeadGrid::keyPressEvent(QKeyEvent* event)
{
    const int count = static_cast<int>(m_tiles.size());
    switch (event->key()) {
    case Qt::Key_Left: moveSelection(-1); break;
    case Qt::Key_Right: moveSelection(1); break;
    case Qt::Key_Up: moveSelection(-m_columns); break;
    case Qt::Key_Down: moveSelection(m_columns); break;
    case Qt::Key_Home: moveSelection(-count); break;
    case Qt::Key_End: moveSelection(count); break;
    case Qt::Key_Escape:
        if (m_enlarged) {
            setEnlarged(false);
            break;
        }
        [[fallthrough]];
    default: QWidget::keyPressEvent(event);
    }
}

void HeadGrid::setTileCount(std::size_t count)
{
    for (; m_tiles.size() > count; m_tiles.pop_back())
        delete m_tiles.back();
    while (m_tiles.size() < count) {
        auto* tile = new MapTile(m_view, m_scaled, this);
        connect(tile, &MapTile::clicked, this, &HeadGrid::select);
        connect(tile, &MapTile::activated, this, &HeadGrid::toggleEnlarged);
        m_tiles.push_back(tile);
    }
}

void HeadGrid::showSelection()
{
    for (MapTile* tile : m_tiles) {
        const bool selected = tile == selectedTile();
        tile->setSelected(selected && tile->head() >= 0);
        // Tab goes to the selected tile only; from there on the arrows lead.
        tile->setFocusPolicy(selected ? Qt::StrongFocus : Qt::ClickFocus);
    }
}

void HeadGrid::arrange()
{
    const int count = m_enlarged ? 1 : static_cast<int>(m_tiles.size());
    const int below = m_more->isHidden() ? 0 : m_more->sizeHint().height() + Gap;
    m_more->setGeometry(0, height() - below + Gap, m_more->sizeHint().width(), m_more->sizeHint().height());
    const QSize room(width(), std::max(1, height() - below));
    const TileFit fit = fitTiles(room, count, pictureSize(), strips(), Gap);
    m_columns = fit.columns;
    // All of one size, so that they share one scaled picture.
    const QSize tileSize((width() - (m_columns - 1) * Gap) / m_columns,
                         (room.height() - (fit.rows - 1) * Gap) / fit.rows);
    int place = 0;
    for (MapTile* tile : m_tiles) {
        const bool shown = !m_enlarged || tile == selectedTile();
        if (shown) {
            const QPoint topLeft(place % m_columns * (tileSize.width() + Gap),
                                 place / m_columns * (tileSize.height() + Gap));
            tile->setGeometry(QRect(topLeft, tileSize));
            ++place;
        }
        tile->setVisible(shown);
    }
}

QSizeF HeadGrid::pictureSize() const
{
    return m_explanation.picture.isNull() ? QSizeF(4, 3) : QSizeF(m_explanation.picture.size());
}

QSizeF HeadGrid::strips() const
{
    const MapTile& tile = *m_tiles.front();
    return QSizeF(tile.size()) - tile.pictureArea().size();
}

void HeadGrid::select(int head)
{
    setSelectedHead(head);
    emit headSelected(head);
}

void HeadGrid::moveSelection(int steps)
{
    const auto selected = std::ranges::find(m_tiles, selectedTile());
    const int from = static_cast<int>(selected - m_tiles.begin());
    const int to = std::clamp(from + steps, 0, static_cast<int>(m_tiles.size()) - 1);
    MapTile* tile = m_tiles[static_cast<std::size_t>(to)];
    if (to == from || tile->head() < 0)
        return;
    select(tile->head());
    tile->setFocus();
}

void HeadGrid::toggleEnlarged(int head)
{
    setSelectedHead(head);
    setEnlarged(!m_enlarged);
    if (m_enlarged)
        emit headActivated(head);
}

MapTile* HeadGrid::selectedTile() const
{
    const auto found = std::ranges::find(m_tiles, m_selectedHead, &MapTile::head);
    return found != m_tiles.end() ? *found : m_tiles.front();
}

} // namespace ocellus

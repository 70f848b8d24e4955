// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/matrix_arrangement.h"

#include <algorithm>

namespace ocellus {

namespace {

constexpr int blockGap = 12;    ///< between blocks
constexpr double nearly = 0.95; ///< of the same size

int titleWidth(const MatrixNeeds& needs, QSize room)
{
    return needs.hasRowTitles ? MatrixArrangement::rowTitleWidth(room) + MatrixArrangement::Gap : 0;
}

int heightOf(const MatrixNeeds& needs, int tileWidth)
{
    return static_cast<int>(tileWidth * needs.shape) + needs.strips;
}

} // namespace

MatrixArrangement::MatrixArrangement(const MatrixNeeds& needs, int across, int columns, int tileWidth, QSize room)
    : m_needs(needs),
      m_across(across),
      m_columns(std::max(columns, 1)),
      m_tileWidth(tileWidth),
      m_rowTitleWidth(across == 0 ? titleWidth(needs, room) : 0)
{
    m_left = std::max(0, (room.width() - size().width()) / 2);
}

int MatrixArrangement::tableTile(const MatrixNeeds& needs, QSize room)
{
    const int titles = titleWidth(needs, room);
    const int byWidth = (room.width() - titles) / needs.columns - Gap;
    const int rowRoom = (room.height() - needs.columnTitles) / needs.rows - Gap - needs.caption;
    return std::min(byWidth, static_cast<int>((rowRoom - needs.strips) / needs.shape));
}

int MatrixArrangement::blockTile(const MatrixNeeds& needs, QSize room, int across, int columns)
{
    const int lines = (needs.columns + columns - 1) / columns;
    const int bands = (needs.rows + across - 1) / across;
    const int width = (room.width() - (across - 1) * blockGap) / across;
    const int height = (room.height() - (bands - 1) * blockGap) / bands - needs.rowTitleAbove;
    const int byWidth = (width + Gap) / columns - Gap;
    const int lineRoom = height / lines - Gap - needs.caption;
    return std::min(byWidth, static_cast<int>((lineRoom - needs.strips) / needs.shape));
}

MatrixArrangement MatrixArrangement::best(const MatrixNeeds& needs, QSize room)
{
    if (needs.tile)
        return ofTile(needs, room, *needs.tile);
    const int fitting = tableTile(needs, room);
    if (!needs.canWrap) {
        // All columns are seen, and of rows that have to be scrolled two at a time.
        MatrixNeeds pair = needs;
        pair.rows = std::min(needs.rows, 2);
        const int byWidth = (room.width() - titleWidth(needs, room)) / needs.columns - Gap;
        return {needs, 0, needs.columns, std::max({fitting, std::min(byWidth, tableTile(pair, room)), LeastTile}),
                room};
    }
    int across = 0, columns = needs.columns, width = fitting;
    // Long lines before short ones.
    for (int inLine = needs.columns; inLine >= 1; --inLine)
        for (int beside = 1; beside <= needs.rows; ++beside)
            if (const int tile = blockTile(needs, room, beside, inLine); tile * nearly > width) {
                width = tile;
                across = beside;
                columns = inLine;
            }
    if (width < Readable)
        return ofTile(needs, room, Readable);
    return {needs, across, columns, std::min(width, MostTile), room};
}

MatrixArrangement MatrixArrangement::ofTile(const MatrixNeeds& needs, QSize room, int tile)
{
    const int inTable = (room.width() - titleWidth(needs, room)) / needs.columns - Gap;
    if (!needs.canWrap || tile <= inTable)
        return {needs, 0, needs.columns, tile, room};
    const int inLine = std::clamp((room.width() + Gap) / (tile + Gap), 1, needs.columns);
    const int wide = inLine * (tile + Gap) - Gap;
    return {needs, std::clamp((room.width() + blockGap) / (wide + blockGap), 1, needs.rows), inLine, tile, room};
}

QSize MatrixArrangement::tileSize() const
{
    return {m_tileWidth, heightOf(m_needs, m_tileWidth)};
}

int MatrixArrangement::lineHeight() const
{
    const int tile = m_needs.caption + tileSize().height();
    // A title longer than two tiles is cut off: its tool tip has it whole.
    return (isTable() ? std::max(tile, std::min(m_needs.rowTitleBeside, 2 * tile)) : tile) + Gap;
}

QSize MatrixArrangement::blockSize() const
{
    return {m_columns * (m_tileWidth + Gap) - Gap, (isTable() ? 0 : m_needs.rowTitleAbove) + lines() * lineHeight()};
}

QPoint MatrixArrangement::blockPlace(int row) const
{
    if (isTable())
        return {m_left + m_rowTitleWidth, m_needs.columnTitles + row * blockSize().height()};
    return {m_left + row % m_across * (blockSize().width() + blockGap),
            row / m_across * (blockSize().height() + blockGap)};
}

QSize MatrixArrangement::size() const
{
    const int last = std::max(m_needs.rows - 1, 0);
    const int right = blockPlace(isTable() ? 0 : std::min(last, m_across - 1)).x() + blockSize().width() - m_left;
    return {right, blockPlace(last).y() + blockSize().height()};
}

QRect MatrixArrangement::tileArea(int row, int column) const
{
    const QPoint inBlock(column % m_columns * (m_tileWidth + Gap),
                         (isTable() ? 0 : m_needs.rowTitleAbove) + column / m_columns * lineHeight() + m_needs.caption);
    return {blockPlace(row) + inBlock, tileSize()};
}

QRect MatrixArrangement::captionArea(int row, int column) const
{
    const QRect tile = tileArea(row, column);
    return {tile.left(), tile.top() - m_needs.caption, tile.width(), m_needs.caption};
}

QRect MatrixArrangement::rowTitleArea(int row) const
{
    if (!m_needs.hasRowTitles)
        return {};
    const QPoint block = blockPlace(row);
    if (isTable())
        return {m_left, block.y(), m_rowTitleWidth - Gap, blockSize().height() - Gap};
    return {block.x(), block.y(), blockSize().width(), m_needs.rowTitleAbove - Gap};
}

QRect MatrixArrangement::columnTitleArea(int column) const
{
    return {tileArea(0, column).left(), 0, m_tileWidth, std::max(m_needs.columnTitles - Gap, 0)};
}

} // namespace ocellus

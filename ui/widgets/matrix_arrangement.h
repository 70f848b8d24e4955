// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <optional>

#include <QRect>
#include <QSize>

namespace ocellus {

/// What a table of maps asks of the room that it is shown in; lengths in pixels.
struct MatrixNeeds {
    int rows = 0;
    int columns = 0;
    double shape = 1;     ///< of the pictures, height by width
    int strips = 0;       ///< height of a tile besides its picture
    int caption = 0;      ///< height of the words above each tile
    int columnTitles = 0; ///< height of the columns' titles, which a table has and blocks have not
    bool hasRowTitles = false;
    int rowTitleBeside = 0;  ///< height of the highest of them beside its tiles
    int rowTitleAbove = 0;   ///< the same above its tiles
    bool canWrap = false;    ///< each tile says by itself which column it is of
    std::optional<int> tile; ///< width that the user wants; none: as large as the room allows
};

/// Where the tiles of a table of maps lie: in a table with titles beside its rows and above its columns, or each row as
/// a block of several lines under its title, with blocks beside each other.
class MatrixArrangement {
public:
    static constexpr int Gap = 4;
    static constexpr int LeastTile = 80, MostTile = 2000; ///< widths
    static constexpr int Readable = 104;                  ///< smaller ones are scrolled to rather than shrunk

    /// What fits the room and has the largest pictures, else what is to be scrolled. Of nearly equal ones it is the one
    /// with the longer lines, whose columns are compared more easily. `needs` has a row and a column at least.
    static MatrixArrangement best(const MatrixNeeds& needs, QSize room);

    /// Of a table with titles beside its rows.
    static int rowTitleWidth(QSize room) { return std::clamp(room.width() / 7, 120, 220); }

    bool isTable() const { return m_across == 0; }
    QSize tileSize() const; ///< without the caption above it
    QSize size() const;     ///< of everything

    QRect tileArea(int row, int column) const;
    QRect captionArea(int row, int column) const; ///< above the tile's
    QRect rowTitleArea(int row) const;
    QRect columnTitleArea(int column) const; ///< of a table

private:
    MatrixArrangement(const MatrixNeeds& needs, int across, int columns, int tileWidth, QSize room);

    static MatrixArrangement ofTile(const MatrixNeeds& needs, QSize room, int tile);
    static int tableTile(const MatrixNeeds& needs, QSize room);
    static int blockTile(const MatrixNeeds& needs, QSize room, int across, int columns);
    int lines() const { return (m_needs.columns + m_columns - 1) / m_columns; }
    QPoint blockPlace(int row) const;
    QSize blockSize() const;
    int lineHeight() const;

    MatrixNeeds m_needs;
    int m_across = 0; ///< blocks beside each other; 0: a table
    int m_columns = 1;
    int m_tileWidth = LeastTile;
    int m_rowTitleWidth = 0;
    int m_left = 0; ///< what is left over of the room's width, on each side
};

} // namespace ocellus

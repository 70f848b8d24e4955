// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include <QScrollArea>

#include "ui/figures/map_matrix.h"
#include "ui/widgets/coupled_views.h"
#include "ui/widgets/map_tile.h"
#include "ui/widgets/matrix_arrangement.h"

class QLabel;

namespace ocellus {

class MatrixCells;
class RowHeader;

/// The tiles of a MapMatrix as large as the room allows: in a table between its rows' and columns' titles, which stay
/// in sight while the tiles scroll, or each row as a block under its title.
///
/// Tiles of one picture share their view; those of other pictures follow in parts of their size. Arrows move the
/// choice, Home and End go to the row's ends, with Ctrl to the first and the last map; a double click or Return
/// enlarges a tile, the same again or Esc goes back; N asks for the head's note. The wheel zooms; where there is
/// something to scroll it scrolls, and with Shift it zooms. With Ctrl it makes the tiles larger or smaller.
class MatrixGrid : public QScrollArea {
    Q_OBJECT

public:
    /// A place in the matrix; both from 0.
    struct Place {
        int row = 0, column = 0;

        bool operator==(const Place&) const = default;
    };

    explicit MatrixGrid(QWidget* parent = nullptr);

    void setMatrix(const MapMatrix& matrix);
    const MapMatrix& matrix() const { return m_matrix; }

    /// Marks a place without a signal; nothing where there is no map.
    void choose(Place place);
    /// Goes to this head's map, from 0 as everywhere, in the chosen row; stays where that has none.
    void chooseHead(int head);
    std::optional<Place> chosen() const { return m_chosen; }
    /// Marks a row, with its first map where it has any, without a signal; nothing where there is no such row.
    void chooseRow(int row);
    int chosenRow() const { return m_row; } ///< that is marked; -1: none
    bool isEnlarged() const { return m_enlarged; }
    void setEnlarged(bool enlarged); ///< the chosen one, in place of all others

    /// In pixels; none: as large as the room allows.
    void setTileWidth(std::optional<int> width);
    int tileWidth() const;     ///< that is shown; 0 without tiles
    MatrixNeeds needs() const; ///< of any room; without rows while there are no tiles
    bool fits() const { return !m_wantedTile; }

    /// Null where words stand in the map's place.
    MapTile* tile(Place place) const;
    RowHeader* rowHeader(int row) const { return m_rowHeaders.at(static_cast<std::size_t>(row)); }
    CoupledViews& views();

signals:
    void cellChosen(int row, int column); ///< by the user
    void rowChosen(int row);              ///< by a click on its title
    void noteRequested(int row, int column);
    void arranged(); ///< the tiles' size may be another one
    void enlargedChanged(bool enlarged);
    void choiceMoved(); ///< whoever moved it

protected:
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void rebuildTitles();
    void arrange();
    void placeCell(Place place);
    int columnTitleHeight(int width) const;
    void moveHeaders();
    void chooseByUser(Place place);
    void step(int down, int right);
    std::optional<Place> firstMapFrom(Place place, int rows, int columns) const;
    void showChosen();
    int rows() const;
    int columns() const;
    bool contains(Place place) const;

    MapMatrix m_matrix;
    QWidget* m_body;
    QWidget* m_corner; ///< over the titles that scroll behind each other
    MatrixCells* m_cells;
    std::vector<RowHeader*> m_rowHeaders;
    std::vector<QLabel*> m_columnTitles;
    std::optional<MatrixArrangement> m_arrangement; ///< none while there is nothing to arrange
    std::optional<int> m_wantedTile;
    std::optional<Place> m_chosen;
    int m_row = -1; ///< that is marked, which need not have a map
    bool m_enlarged = false;
};

} // namespace ocellus

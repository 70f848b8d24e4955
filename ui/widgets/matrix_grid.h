// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include <QScrollArea>

#include "ui/figures/map_matrix.h"
#include "ui/widgets/coupled_views.h"
#include "ui/widgets/map_tile.h"

class QLabel;

namespace ocellus {

class RowHeader;

/// The tiles of a MapMatrix between its rows' and columns' titles, which stay in sight while the tiles scroll.
///
/// Tiles of one picture share their view; those of other pictures follow in parts of their size. Arrows move the
/// choice, Home and End go to the row's ends, with Ctrl to the first and the last map; a double click or Return
/// enlarges a tile, the same again or Esc goes back; N asks for the head's note. Where there is something to scroll
/// the wheel scrolls, and with Ctrl it zooms; else it zooms.
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
    bool isEnlarged() const { return m_enlarged; }

    /// Null where words stand in the map's place.
    MapTile* tile(Place place) const;
    RowHeader* rowHeader(int row) const { return m_rowHeaders.at(static_cast<std::size_t>(row)); }
    CoupledViews& views() { return m_views; }

signals:
    void cellChosen(int row, int column); ///< by the user
    void rowChosen(int row);              ///< by a click on its title
    void noteRequested(int row, int column);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    /// What a place's tile is bound to for its life.
    struct Source {
        int view = -1;           ///< none: words stand in the map's place
        bool withBanner = false; ///< tiles with a banner have less room, so their pictures have another scale

        auto operator<=>(const Source&) const = default;
    };
    /// One place on the screen.
    struct CellWidgets {
        MapTile* tile = nullptr;   ///< null where words stand in its place
        QLabel* words = nullptr;   ///< the other way round
        QLabel* caption = nullptr; ///< above the tile
    };

    std::vector<Source> sourcesOf(const MapMatrix& matrix) const;
    void rebuild();
    CellWidgets makeCell(Place place, const Source& source);
    void fill();
    void arrange();
    QSize tileSize(int headerWidth, int titleHeight) const;
    double pictureShape() const;
    int captionHeight(int row) const;
    int columnTitleHeight(int width) const;
    void moveHeaders();
    void chooseByUser(Place place);
    void step(int rows, int columns);
    std::optional<Place> firstMapFrom(Place place, int rows, int columns) const;
    void showChosen();
    void setEnlarged(bool enlarged);
    void showMenu(Place place, QPoint position);
    int rows() const { return static_cast<int>(m_matrix.rows.size()); }
    int columns() const { return m_columnCount; }
    bool contains(Place place) const;
    std::size_t indexOf(Place place) const { return static_cast<std::size_t>(place.row * columns() + place.column); }

    MapMatrix m_matrix;
    int m_columnCount = 0;
    std::vector<Source> m_sources; ///< row by row, as m_cells
    std::vector<CellWidgets> m_cells;
    std::map<Source, std::shared_ptr<ScaledPicture>> m_scaled;
    CoupledViews m_views;
    QWidget* m_body;
    QWidget* m_corner; ///< over the titles that scroll behind each other
    std::vector<RowHeader*> m_rowHeaders;
    std::vector<QLabel*> m_columnTitles;
    std::optional<Place> m_chosen;
    bool m_enlarged = false;
};

} // namespace ocellus

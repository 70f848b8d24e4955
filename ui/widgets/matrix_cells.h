// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <vector>

#include <QObject>

#include "ui/figures/map_matrix.h"
#include "ui/widgets/coupled_views.h"
#include "ui/widgets/map_tile.h"

class QLabel;

namespace ocellus {

/// The widgets in the places of a MapMatrix: a tile with words above it, or words in its place. They are kept from one
/// matrix to the next where the pictures are the same ones.
class MatrixCells : public QObject {
    Q_OBJECT

public:
    /// They become children of `body`, hidden at first, in which the tiles' events go to `filter` before.
    MatrixCells(QWidget* body, QObject* filter);

    /// True where the tiles are new ones.
    bool setMatrix(const MapMatrix& matrix);

    int rows() const { return m_rows; }
    int columns() const { return m_columns; }
    /// Null where words stand in the map's place, or where there is no place.
    MapTile* tile(int row, int column) const;
    /// What stands in the place, which is there.
    QWidget* shown(int row, int column) const;
    QLabel* caption(int row, int column) const { return at(row, column).caption; } ///< above a tile; else null

    QStringList captions() const;                   ///< whole, of all cells that have one
    int captionHeight() const;                      ///< of the highest
    int strips() const;                             ///< the most height that a tile has besides its picture
    double pictureShape() const { return m_shape; } ///< of the tallest picture, height by width, within reason

    /// Whether each tile says by itself what its column's title says, so that it can stand anywhere.
    bool nameTheirColumns() const { return m_nameTheirColumns; }

    CoupledViews& views() { return m_views; }

signals:
    void clicked(int row, int column);
    void activated(int row, int column);

private:
    /// What a place's tile is bound to for its life.
    struct Source {
        int view = -1; ///< none: words stand in the map's place

        auto operator<=>(const Source&) const = default;
    };
    /// One place on the screen.
    struct Widgets {
        MapTile* tile = nullptr;   ///< null where words stand in its place
        QLabel* words = nullptr;   ///< the other way round
        QLabel* caption = nullptr; ///< above the tile
    };

    static std::vector<Source> sourcesOf(const MapMatrix& matrix);
    void rebuild();
    Widgets make(int row, int column, const Source& source);
    void dropPins(const MapMatrix& matrix);
    void fill(const MapMatrix& matrix);
    const Widgets& at(int row, int column) const
    {
        return m_widgets.at(static_cast<std::size_t>(row * m_columns + column));
    }

    QWidget* m_body;
    QObject* m_filter;
    int m_rows = 0, m_columns = 0;
    double m_shape = 1;
    bool m_nameTheirColumns = false;
    std::vector<QString> m_pictureNames; ///< by view
    std::vector<Source> m_sources;       ///< row by row, as m_widgets
    std::vector<Widgets> m_widgets;
    std::map<Source, std::shared_ptr<ScaledPicture>> m_scaled;
    CoupledViews m_views{this};
};

} // namespace ocellus

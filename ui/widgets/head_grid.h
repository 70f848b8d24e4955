// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include <QWidget>

#include "ui/widgets/map_tile.h"

class QPushButton;

namespace ocellus {

/// The heads' tiles and their mean in a grid, as large as the room allows. Of very many prototypes, nodes or concepts
/// those that give the class most, until all are asked for. Arrows move the selection, Home and End go
/// to its ends, a double click or Return enlarges a tile, the same again or Esc goes back.
class HeadGrid : public QWidget {
    Q_OBJECT

public:
    static constexpr int Gap = 4; ///< between tiles, in pixels
    /// Maps of prototypes, nodes or concepts that are shown at first; with the mean and the selected one.
    static constexpr std::size_t MostAtFirst = 24;

    /// `view` must outlive the grid; an ImageView with the same one zooms, pans and points along.
    explicit HeadGrid(LinkedView& view, QWidget* parent = nullptr);

    void setExplanation(const Explanation& explanation);

    /// From 0; the number of heads is the mean. A head that is not there is kept for the next explanation.
    void setSelectedHead(int head);
    int selectedHead() const { return m_selectedHead; }

    bool isEnlarged() const { return m_enlarged; }
    void setEnlarged(bool enlarged);

    const std::vector<MapTile*>& tiles() const { return m_tiles; } ///< in the order in which they are shown
    QSizeF pictureSize() const;                                    ///< of the picture in each tile
    QSizeF strips() const;                                         ///< what of a tile is not the picture's
    QSize sizeHint() const override;

signals:
    void enlargedChanged(bool enlarged);
    void headSelected(int head);  ///< by the user
    void headActivated(int head); ///< enlarged by the user

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    std::vector<TileMap> chooseMaps();
    void setTileCount(std::size_t count);
    void arrange();
    void select(int head);
    void moveSelection(int steps);
    void toggleEnlarged(int head);
    void showSelection();
    MapTile* selectedTile() const;

    LinkedView& m_view;
    std::shared_ptr<ScaledPicture> m_scaled;
    Explanation m_explanation;
    std::vector<MapTile*> m_tiles; ///< owned as children
    QPushButton* m_more;           ///< says how many are shown, and shows all or fewer
    bool m_showsAll = false;
    int m_columns = 1;
    int m_selectedHead = 0;
    bool m_enlarged = false;
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/figures/map_matrix.h"

class QLabel;
class QSlider;
class QToolButton;

namespace ocellus {

class ColourBarWidget;
class MatrixGrid;

/// A MapMatrix on the screen: its title and notes, both colour bars, the tiles' size, and the tiles; or words that say
/// what to do to get one.
class MatrixView : public QWidget {
    Q_OBJECT

public:
    explicit MatrixView(QWidget* parent = nullptr);

    void setMatrix(const MapMatrix& matrix);
    const MapMatrix& matrix() const;
    /// Shows these words in place of any maps.
    void showInvitation(const QString& text);

    MatrixGrid* grid() const { return m_grid; }
    QString invitation() const; ///< empty while maps are shown

signals:
    void changed(); ///< another matrix, or none

private:
    void connectTileSize();

    QLabel* m_title;
    ColourBarWidget* m_bar;
    ColourBarWidget* m_differenceBar;
    QSlider* m_tileSize;
    QToolButton* m_fit;
    MatrixGrid* m_grid;
    QLabel* m_invitation;
};

} // namespace ocellus

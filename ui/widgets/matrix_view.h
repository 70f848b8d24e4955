// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/figures/map_matrix.h"
#include "ui/widgets/open_offer.h"
#include "ui/widgets/picture_pair.h"

class QLabel;
class QSlider;
class QToolButton;

namespace ocellus {

class ColourBarWidget;
class MatrixGrid;
class MatrixPair;

/// A MapMatrix on the screen: its title and notes, both colour bars, the tiles' size, and the tiles, or any two of them
/// in one place with a divider or in turn; or words that say what to do to get one.
class MatrixView : public QWidget {
    Q_OBJECT

public:
    explicit MatrixView(QWidget* parent = nullptr);

    void setMatrix(const MapMatrix& matrix);
    const MapMatrix& matrix() const;
    /// Shows these words in place of any maps.
    void showInvitation(const QString& text);
    /// What can be done about what the words say is missing: buttons below them.
    void setChoices(const std::vector<OpenOffer::Choice>& choices);

    MatrixGrid* grid() const { return m_grid; }
    QString invitation() const; ///< empty while maps are shown

    /// Off where the page has its own way to lay pictures over each other.
    void setPairing(bool possible);
    /// Two maps in place of the tiles; nothing where there are no two.
    void showPair(PicturePair::Arrangement arrangement);
    void showTiles();
    bool isPaired() const { return m_isPaired; }
    bool canPair() const { return whyNoPair().isEmpty(); }
    MatrixPair* pair() const { return m_pair; }

signals:
    void changed(); ///< another matrix, or none
    void pairedChanged(bool paired);

private:
    void connectTileSize();
    void connectPair();
    QString whyNoPair() const;
    void updateShown();

    QLabel* m_title;
    ColourBarWidget* m_bar;
    ColourBarWidget* m_differenceBar;
    QSlider* m_tileSize;
    QToolButton* m_fit;
    QToolButton* m_swipe;
    QToolButton* m_blink;
    MatrixGrid* m_grid;
    MatrixPair* m_pair;
    OpenOffer* m_invitation;
    std::vector<OpenOffer::Choice> m_choices;
    bool m_pairing = true;
    bool m_isPaired = false;
    bool m_isInviting = true; ///< words stand in the place of maps
};

} // namespace ocellus

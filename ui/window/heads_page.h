// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/figures/explanation.h"
#include "ui/widgets/open_offer.h"

namespace ocellus {

class ColourBarWidget;
class ElidedLabel;
class HeadGrid;
class ImageView;
class LinkedView;
class RoomSplitter;
class StateChips;

/// One class in one picture: what is shown in words and chips, the large picture, and the tiles of all heads. What is
/// not open yet is offered.
class HeadsPage : public QWidget {
    Q_OBJECT

public:
    /// `view` must outlive the widget.
    explicit HeadsPage(LinkedView& view, QWidget* parent = nullptr);

    void setExplanation(const Explanation& explanation, int head);
    void setTileTextSize(int points); ///< of captions and banners on the tiles; 0: as the rest of the window

    /// In place of the picture where there is none, else in the line above it.
    void offer(const QString& words, const std::vector<OpenOffer::Choice>& choices);

    ImageView* imageView() const { return m_image; }
    HeadGrid* headGrid() const { return m_grid; }
    StateChips* chips() const { return m_chips; } ///< above the picture
    ColourBarWidget* colourBar() const { return m_colourBar; }

private:
    ElidedLabel* m_title;
    StateChips* m_chips;
    ColourBarWidget* m_colourBar;
    ImageView* m_image;
    HeadGrid* m_grid;
    RoomSplitter* m_splitter;
    OpenOffer* m_offerInside; ///< of the empty view
    OpenOffer* m_offerAbove;  ///< the picture
};

} // namespace ocellus

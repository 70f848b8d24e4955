// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/figures/explanation.h"

class QLabel;

namespace ocellus {

class ColourBarWidget;
class HeadGrid;
class ImageView;
class LinkedView;
class RoomSplitter;

/// One class in one picture: what is shown in words, the large picture, and the tiles of all heads.
class HeadsPage : public QWidget {
    Q_OBJECT

public:
    /// `view` must outlive the widget.
    explicit HeadsPage(LinkedView& view, QWidget* parent = nullptr);

    void setExplanation(const Explanation& explanation, int head);
    void setTileTextSize(int points); ///< of captions and banners on the tiles; 0: as the rest of the window

    ImageView* imageView() const { return m_image; }
    HeadGrid* headGrid() const { return m_grid; }

private:
    QLabel* m_title;
    ColourBarWidget* m_colourBar;
    ImageView* m_image;
    HeadGrid* m_grid;
    RoomSplitter* m_splitter;
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/figures/explanation.h"
#include "ui/tree/tree_text.h"
#include "ui/widgets/open_offer.h"
#include "ui/window/shown_view.h"

class QAction;
class QLabel;
class QPushButton;
class QTabBar;

namespace ocellus {

class ColourBarWidget;
class ElidedLabel;
class HeadGrid;
class ImageView;
class LinkedView;
class RoomSplitter;
class StateChips;
class TaskStatus;
class TreePanel;

/// One class in one picture: what is shown in words and chips, the large picture, and the tiles of all heads, or the
/// tree whose nodes they are. What is not open yet is offered.
class HeadsPage : public QWidget {
    Q_OBJECT

public:
    /// `view` must outlive the widget.
    explicit HeadsPage(LinkedView& view, QWidget* parent = nullptr);

    void setExplanation(const Explanation& explanation, int head);
    void setClassNames(const TreeText::NameOfClass& nameOf) { m_nameOf = nameOf; } ///< for the leaves of a tree
    /// The tree where that is shown; else the tiles.
    ShownView shownView() const;
    void setTileTextSize(int points); ///< of captions and banners on the tiles; 0: as the rest of the window

    /// In place of the picture where there is none, else in the line above it.
    void offer(const QString& words, const std::vector<OpenOffer::Choice>& choices);

    /// Beside the words about prototypes: a button that triggers the action, while it `isOffered`.
    void offerPatches(QAction& find, bool isOffered);
    TaskStatus* patchTask() const { return m_patchTask; } ///< of that action, in its place

    ImageView* imageView() const { return m_image; }
    HeadGrid* headGrid() const { return m_grid; }
    TreePanel* tree() const { return m_tree; }    ///< hidden where the model is none
    StateChips* chips() const { return m_chips; } ///< above the picture
    ColourBarWidget* colourBar() const { return m_colourBar; }

private:
    void arrangeSide();
    bool showsTree() const;
    void showPatchOffer();
    void showMap();

    LinkedView& m_view;
    TreeText::NameOfClass m_nameOf = [](int classIndex) { return QString::number(classIndex); };
    bool m_hasTree = false;
    ElidedLabel* m_title;
    StateChips* m_chips;
    ColourBarWidget* m_colourBar;
    ImageView* m_image;
    QWidget* m_side; ///< what is beside the picture
    QTabBar* m_sideTabs;
    HeadGrid* m_grid;
    TreePanel* m_tree;
    QLabel* m_words; ///< of prototypes
    QPushButton* m_findPatches;
    TaskStatus* m_patchTask;
    bool m_offersPatches = false;
    RoomSplitter* m_splitter;
    OpenOffer* m_offerInside; ///< of the empty view
    OpenOffer* m_offerAbove;  ///< the picture
    Explanation m_explanation;
    int m_head = 0;
};

} // namespace ocellus

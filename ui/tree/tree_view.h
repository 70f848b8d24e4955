// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include <QAbstractScrollArea>

#include "ui/figures/explanation.h"
#include "ui/tree/tree_picture.h"

namespace ocellus {

/// The picture of a tree with the picture's way through it: lines as wide as the probability that the picture goes
/// there.
///
/// Wheel with Ctrl, + and -: zoom. 0: the whole tree. Arrows: up to the branch above, down where the picture goes, left
/// and right to the neighbours. Home: the root. End: the leaf of the marked way.
class TreeView : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit TreeView(QWidget* parent = nullptr);

    /// An explanation without a tree shows nothing. What was chosen stays where the tree is the same.
    void setAnswer(const Explanation& explanation, const TreeText::NameOfClass& nameOf);
    /// Subtrees that the picture reaches with less become one place; 0: none.
    void setFoldBelow(double probability);

    /// Place in TreeAnswer::nodes; -1 for none. A node that is folded away chooses what it is folded into.
    int chosenNode() const;
    void chooseNode(int node);
    const std::vector<TreePlace>& places() const { return m_picture.places(); }
    const TreePlace* chosen() const;
    QRect placeInView(int node) const; ///< of a node, in the viewport's coordinates; empty where it has no place

    double zoom() const { return m_zoom; }

public slots:
    void zoomIn();
    void zoomOut();
    void showWhole();

signals:
    void nodeChosen(int node);
    void zoomChanged();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    const TreeAnswer* tree() const { return m_picture.tree(); }
    void choose(int place, bool isTold);
    void tellChosen();
    void reveal();
    QPointF origin() const; ///< of the unzoomed tree in the viewport
    int placeAt(QPointF position) const;
    int placeOf(int node) const;
    int neighbour(int step) const;
    int childToGo() const;
    void zoomTo(double zoom, QPointF about);
    void fit();
    void updateScrollBars();

    std::shared_ptr<const Decoding> m_decoding; ///< whose tree it is
    TreeText::NameOfClass m_nameOf;
    TreePicture m_picture;
    double m_zoom = 1;
    int m_chosen = -1;                        ///< place
    enum class Fit { Readable, Whole, None }; ///< what a view of another size does
    Fit m_fit = Fit::Readable;
    std::optional<QPointF> m_dragFrom;
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QPainter>
#include <QPalette>

#include "ui/figures/explanation.h"
#include "ui/tree/tree_layout.h"
#include "ui/tree/tree_node_painter.h"

namespace ocellus {

/// A tree as a drawing, for screen and paper: its nodes, and lines as wide as the probability that the picture goes
/// there.
class TreePicture {
public:
    static constexpr double WordsFrom = 0.45; ///< scale of the painter from which words can be read

    /// An explanation without a tree is an empty drawing.
    void setAnswer(const Explanation& explanation, const TreeText::NameOfClass& nameOf);
    /// Subtrees that the picture reaches with less become one place; 0: none.
    void setFoldBelow(double probability);

    const TreeAnswer* tree() const;
    const std::vector<TreePlace>& places() const { return m_places; }
    QSizeF size() const; ///< units of the painter
    QRectF boxOf(const TreePlace& place) const;

    /// What lies in `seen`, from the painter's origin, in its font; `chosen` is a place or -1. `scale` is the
    /// painter's.
    void paint(QPainter& painter, const QRectF& seen, const QPalette& palette, int chosen, double scale);

private:
    void layOut();
    void paintLine(QPainter& painter, const TreePlace& child, const QPalette& palette) const;

    Explanation m_explanation;
    TreeNodePainter m_nodes;
    std::vector<TreePlace> m_places;
    double m_foldBelow = 0;
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>

#include <QImage>
#include <QPainter>
#include <QPalette>

#include "ui/figures/explanation.h"
#include "ui/tree/tree_layout.h"
#include "ui/tree/tree_text.h"

namespace ocellus {

/// Paints one node of a tree: what it looks for, where that is found in the picture, and how probable it is.
class TreeNodePainter {
public:
    static constexpr QSizeF Size{108, 104}; ///< of a node, units of the painter

    void setAnswer(const Explanation& explanation, TreeText::NameOfClass nameOf);

    /// With its upper left corner at the painter's origin. `isTiny`: words would be too small to be read.
    void paint(QPainter& painter, const TreePlace& place, const QPalette& palette, bool isChosen, bool isTiny);

private:
    const TreeAnswer& tree() const { return *m_explanation.decoding->tree(); }
    void paintBranch(QPainter& painter, const TreePlace& place, bool isTiny);
    void paintLeaf(QPainter& painter, const TreePlace& place, bool isTiny);
    const QImage& foundAt(const TreeAnswer::Node& node);

    Explanation m_explanation;
    TreeText::NameOfClass m_nameOf;
    std::map<int, QImage> m_found; ///< by cell: made when they are first seen
};

} // namespace ocellus

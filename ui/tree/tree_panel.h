// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QWidget>

#include "ui/figures/explanation.h"
#include "ui/tree/tree_text.h"

class QCheckBox;
class QLabel;

namespace ocellus {

class TreeView;

/// A tree with what it says: both predictions above it, and the chosen node in words below.
class TreePanel : public QWidget {
    Q_OBJECT

public:
    static constexpr double FoldBelow = 0.01; ///< probability

    explicit TreePanel(QWidget* parent = nullptr);

    /// `head` is the branch of the marked way whose map is shown; choosing another one chooses its node.
    void setAnswer(const Explanation& explanation, int head, const TreeText::NameOfClass& nameOf);

    TreeView* view() const { return m_view; }
    double foldBelow() const; ///< as the view does now
    /// The prototype of the chosen node where that is a branch off the marked way: the answer has no map of it among
    /// its heads.
    std::optional<int> branchOffWay() const;

signals:
    void headChosen(int head);              ///< a branch of the marked way
    void branchChosen();                    ///< another one, or none, see branchOffWay()
    void placeChosen(QPointF picturePoint); ///< where the chosen node's prototype is most alike

private:
    void showChosen();
    void takeNode(int node);

    Explanation m_explanation;
    TreeText::NameOfClass m_nameOf;
    std::optional<int> m_head;
    QLabel* m_predictions;
    QLabel* m_legend;
    QLabel* m_chosen;
    QCheckBox* m_fold;
    TreeView* m_view;
};

} // namespace ocellus

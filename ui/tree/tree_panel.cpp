// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tree/tree_panel.h"

#include <algorithm>

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/engine/tree_answer.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/prototype_patches.h"
#include "ui/figures/prototype_text.h"
#include "ui/tree/tree_view.h"
#include "ui/widgets/plain_label.h"

namespace ocellus {

namespace {

QToolButton* button(const QString& text, const QString& name, QWidget* parent)
{
    auto* made = new QToolButton(parent);
    made->setText(text);
    made->setAccessibleName(name);
    made->setToolTip(name);
    made->setAutoRaise(true);
    return made;
}

} // namespace

TreePanel::TreePanel(QWidget* parent)
    : QWidget(parent),
      m_predictions(plainLabel(this)),
      m_legend(plainLabel(this)),
      m_chosen(plainLabel(this)),
      m_fold(new QCheckBox(tr("Fold what is reached below %1").arg(FigureText::number(FoldBelow)), this)),
      m_view(new TreeView(this))
{
    m_predictions->setAccessibleName(tr("What the tree says"));
    m_chosen->setAccessibleName(tr("The chosen node"));
    m_fold->setToolTip(tr("Subtrees that this picture reaches with a lower probability become one box"));
    m_fold->setChecked(true);
    m_view->setFoldBelow(FoldBelow);
    auto* out = button(QString(QChar(0x2212)), tr("Smaller (-)"), this);
    auto* in = button(QStringLiteral("+"), tr("Larger (+)"), this);
    auto* whole = button(tr("Whole tree"), tr("Whole tree (0)"), this);
    auto* tools = new QHBoxLayout;
    tools->addWidget(m_fold);
    tools->addStretch();
    tools->addWidget(out);
    tools->addWidget(in);
    tools->addWidget(whole);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_predictions);
    layout->addLayout(tools);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_chosen);
    layout->addWidget(m_legend);
    connect(m_fold, &QCheckBox::toggled, this, [this] {
        m_view->setFoldBelow(foldBelow());
        showChosen();
    });
    connect(out, &QToolButton::clicked, m_view, &TreeView::zoomOut);
    connect(in, &QToolButton::clicked, m_view, &TreeView::zoomIn);
    connect(whole, &QToolButton::clicked, m_view, &TreeView::showWhole);
    connect(m_view, &TreeView::nodeChosen, this, &TreePanel::takeNode);
}

double TreePanel::foldBelow() const
{
    return m_fold->isChecked() ? FoldBelow : 0;
}

void TreePanel::setAnswer(const Explanation& explanation, int head, const TreeText::NameOfClass& nameOf)
{
    m_explanation = explanation;
    m_nameOf = nameOf;
    m_view->setAnswer(explanation, nameOf);
    const TreeAnswer* tree = explanation.decoding ? explanation.decoding->tree() : nullptr;
    m_predictions->setText(tree ? TreeText::predictions(*explanation.decoding, nameOf) : QString());
    m_legend->setText(TreeText::legend(explanation.patches && explanation.patches->areThere));
    if (tree && head != m_head && head >= 0 && head < static_cast<int>(tree->path.size())) {
        const int index = tree->path[static_cast<std::size_t>(head)];
        const auto found = std::ranges::find(tree->nodes, index, &TreeAnswer::Node::index);
        m_view->chooseNode(static_cast<int>(found - tree->nodes.begin()));
    }
    m_head = head;
    showChosen();
}

std::optional<int> TreePanel::branchOffWay() const
{
    const TreeAnswer* tree = m_explanation.decoding ? m_explanation.decoding->tree() : nullptr;
    const TreePlace* chosen = m_view->chosen();
    if (!tree || !chosen || chosen->isOnWay || chosen->foldedLeaves > 0)
        return {};
    const TreeAnswer::Node& node = tree->nodes[static_cast<std::size_t>(chosen->node)];
    return node.isLeaf() ? std::nullopt : std::optional(node.prototype);
}

void TreePanel::showChosen()
{
    const TreeAnswer* tree = m_explanation.decoding ? m_explanation.decoding->tree() : nullptr;
    const TreePlace* chosen = m_view->chosen();
    QString words = tree && chosen ? TreeText::sentence(*tree, *chosen, m_nameOf) : QString();
    if (branchOffWay())
        words += ' ' + tr("It is off the marked way; the map beside is its own, and the crosshair marks where it is "
                          "most alike.");
    m_chosen->setText(words);
}

void TreePanel::takeNode(int node)
{
    showChosen();
    emit branchChosen();
    const TreeAnswer* tree = m_explanation.decoding ? m_explanation.decoding->tree() : nullptr;
    if (!tree || node < 0 || m_view->chosen()->foldedLeaves > 0)
        return;
    const TreeAnswer::Node& own = tree->nodes[static_cast<std::size_t>(node)];
    if (own.isLeaf())
        return;
    const auto step = std::ranges::find(tree->path, own.index);
    if (step != tree->path.end()) {
        m_head = static_cast<int>(step - tree->path.begin());
        emit headChosen(*m_head);
    }
    const int columns = std::max(1, m_explanation.geometry.columns());
    const Point centre = m_explanation.geometry.centre({own.cell / columns, own.cell % columns});
    emit placeChosen({centre.x, centre.y});
}

} // namespace ocellus

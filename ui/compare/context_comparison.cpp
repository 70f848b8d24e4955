// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/context_comparison.h"

#include <QPushButton>
#include <QVBoxLayout>

#include "core/analysis/similarity.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/widgets/matrix_grid.h"
#include "ui/widgets/matrix_view.h"

namespace ocellus {

ContextComparison::ContextComparison(Document& document, LiveAnswer& answer, QWidget* parent)
    : ComparePage(document, answer, parent),
      m_limit(new QPushButton(tr("&Limit to this class and the most similar one"), this))
{
    m_limit->setToolTip(tr("All other queries become zero vectors. Any other limit is chosen in the list of classes."));
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(view(), 1);
    layout->addWidget(m_limit, 0, Qt::AlignHCenter);
    layout->addStretch(0);
    connect(m_limit, &QPushButton::clicked, this, &ContextComparison::limit);
    connect(view()->grid(), &MatrixGrid::cellChosen, this,
            [this](int, int column) { this->document().setHead(std::min(column, this->document().headCount())); });
}

void ContextComparison::refresh()
{
    const Explanation limited = answer().explanation();
    const bool hasMaps = !limited.isEmpty() && limited.decoding->hasClass(limited.classIndex);
    const bool isLimited = hasMaps && limited.decoding->querySet().mode != LimitMode::All;
    m_limit->setVisible(hasMaps && !isLimited);
    if (!hasMaps)
        view()->showInvitation(limited.whyEmpty.isEmpty()
                                   ? tr("Open a checkpoint and a picture to compare a class among all classes and "
                                        "among a few.")
                                   : limited.whyEmpty);
    else if (!isLimited)
        view()->showInvitation(tr("No limit is on: all classes take part. Limit them, here or in the list of classes, "
                                  "to see where the class looks then, and what that changes."));
    else
        view()->setMatrix(contextMatrix(answer().explanationOfFull(), limited));
}

void ContextComparison::limit()
{
    const std::shared_ptr<const Decoding>& full = answer().result().full;
    const int shown = answer().explanation().classIndex;
    if (!full || full->extent().classes < 2)
        return;
    document().setLimit({LimitChoice::Kind::Zero, {shown, mostSimilar(*full, shown, 1).front()}});
}

} // namespace ocellus

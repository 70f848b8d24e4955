// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/before_after_view.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/compare/before_after_pictures.h"
#include "ui/compare/document_comparison.h"
#include "ui/compare/logit_change_plot.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/figures/edit_text.h"
#include "ui/widgets/matrix_grid.h"
#include "ui/widgets/matrix_view.h"

namespace ocellus {

BeforeAfterView::BeforeAfterView(Document& document, LiveAnswer& answer, QWidget* parent)
    : ComparePage(document, answer, parent),
      m_verdict(new QLabel(this)),
      m_edits(new QLabel(this)),
      m_swipe(addButton(tr("&Swipe"), tr("Before and after in one place, with a divider between them"))),
      m_blink(addButton(tr("Show &before"), tr("Before in the place of after; hold B on the pictures to blink"))),
      m_maps(
          addButton(tr("Ma&ps"), tr("The chosen head's maps over the pictures; hold H on the pictures to hide them"))),
      m_pictures(new BeforeAfterPictures(this)),
      m_logits(new LogitChangePlot(this)),
      m_upper(new QSplitter(Qt::Horizontal, this))
{
    m_maps->setChecked(true);
    arrange();
    connectButtons();
    connect(m_logits, &LogitChangePlot::classChosen, &document, &Document::setCurrentClass);
    connect(view()->grid(), &MatrixGrid::cellChosen, this,
            [this](int, int column) { this->document().setHead(std::min(column, this->document().headCount())); });
    connect(&document, &Document::headChanged, this, &BeforeAfterView::refreshLater);
}

QToolButton* BeforeAfterView::addButton(const QString& text, const QString& explanation)
{
    auto* button = new QToolButton(this);
    button->setText(text);
    button->setToolTip(explanation);
    button->setCheckable(true);
    return button;
}

void BeforeAfterView::arrange()
{
    QFont bold = m_verdict->font();
    bold.setBold(true);
    m_verdict->setFont(bold);
    for (QLabel* label : {m_verdict, m_edits}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        // Long words are wrapped rather than widening the window.
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    }
    auto* head = new QHBoxLayout;
    auto* words = new QVBoxLayout;
    words->addWidget(m_verdict);
    words->addWidget(m_edits);
    head->addLayout(words, 1);
    for (QToolButton* button : {m_swipe, m_blink, m_maps})
        head->addWidget(button, 0, Qt::AlignTop);

    m_upper->addWidget(m_pictures);
    m_upper->addWidget(m_logits);
    m_upper->setSizes({640, 400});
    m_upper->setChildrenCollapsible(false);
    auto* parts = new QSplitter(Qt::Vertical, this);
    parts->addWidget(m_upper);
    parts->addWidget(view());
    parts->setSizes({300, 460});
    parts->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(head);
    layout->addWidget(parts, 1);
}

void BeforeAfterView::connectButtons()
{
    connect(m_swipe, &QToolButton::toggled, this, [this](bool swipe) {
        m_pictures->setArrangement(swipe ? BeforeAfterPictures::Arrangement::Swipe
                                         : BeforeAfterPictures::Arrangement::SideBySide);
    });
    connect(m_blink, &QToolButton::toggled, m_pictures, &BeforeAfterPictures::setBlinking);
    connect(m_pictures, &BeforeAfterPictures::blinkingChanged, m_blink, &QToolButton::setChecked);
    connect(m_maps, &QToolButton::toggled, m_pictures, &BeforeAfterPictures::setMapsVisible);
    connect(m_pictures, &BeforeAfterPictures::mapsVisibleChanged, m_maps, &QToolButton::setChecked);
}

QString BeforeAfterView::verdictText() const
{
    return m_verdict->text();
}

void BeforeAfterView::refresh()
{
    const EditComparison comparison = comparisonOf(document(), answer());
    for (QWidget* widget : std::initializer_list<QWidget*>{m_verdict, m_edits, m_swipe, m_blink, m_maps, m_upper})
        widget->setVisible(!comparison.isEmpty());
    if (comparison.isEmpty()) {
        view()->showInvitation(tr("Nothing is edited. Select something in the picture and choose what is done to it, "
                                  "to see what that changes."));
        return;
    }
    const bool hasMaps = !comparison.maps.empty();
    const MapMatrix matrix = hasMaps ? editMatrix(comparison.before, comparison.after) : MapMatrix();
    m_verdict->setText(verdict(comparison));
    m_edits->setText(describe(comparison.edits));
    m_pictures->setComparison(comparison, matrix, document().head());
    m_swipe->setEnabled(m_pictures->canSwipe());
    m_maps->setEnabled(hasMaps);
    m_logits->setComparison(comparison);
    if (hasMaps)
        view()->setMatrix(matrix);
    else
        view()->showInvitation(tr("The shown class has left the decoder: no map to compare."));
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/similarity_view.h"

#include <algorithm>

#include <QLabel>
#include <QVBoxLayout>

#include "core/analysis/patch_similarity.h"
#include "ui/compare/lazy_refresh.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/figures/number_text.h"
#include "ui/widgets/similarity_pane.h"

namespace ocellus {

SimilarityView::SimilarityView(Document& document, LiveAnswer& answer, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_answer(answer),
      m_text(new QLabel(this)),
      m_pane(new SimilarityPane(this)),
      m_offer(new OpenOffer(Qt::Vertical, this))
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_text);
    layout->addWidget(m_pane, 1);
    layout->addWidget(m_offer, 1, Qt::AlignVCenter);
    auto* lazy = new LazyRefresh(this, [this] { refresh(); });
    connect(&answer, &LiveAnswer::explanationChanged, lazy, &LazyRefresh::ask);
    connect(&document, &Document::modelChanged, this, [this] { m_marked.reset(); });
    connect(m_pane, &SimilarityPane::cellChosen, this, &SimilarityView::mark);
    connect(m_pane, &SimilarityPane::pointed, this, &SimilarityView::say);
}

QString SimilarityView::text() const
{
    return m_text->text();
}

void SimilarityView::setChoices(const std::vector<OpenOffer::Choice>& choices)
{
    m_choices = choices;
    m_offer->setOffer(m_offer->words(), m_choices);
}

void SimilarityView::mark(Cell cell)
{
    m_marked = cell;
    refresh();
}

void SimilarityView::refresh()
{
    const Explanation shown = m_answer.explanationOfHeads();
    const std::shared_ptr<const Encoding>& encoding = m_answer.result().encoding;
    m_pane->setStale(shown.stale);
    const bool isGrid = encoding && encoding->rows() * encoding->columns() > 1;
    m_text->setVisible(isGrid && !shown.isEmpty());
    if (!isGrid || shown.isEmpty()) {
        m_patches.reset();
        m_encoding.reset();
        m_pane->hide();
        m_offer->setOffer(shown.whyEmpty.isEmpty() ? tr("Open a model and a picture to see which of its places "
                                                        "are alike for the model.")
                                                   : shown.whyEmpty,
                          m_choices);
        emit changed();
        return;
    }
    m_offer->setOffer({}, {});
    m_pane->show();
    if (encoding != m_encoding) {
        m_encoding = encoding;
        m_tokens = encoding->memory();
    }
    const int rows = encoding->rows(), columns = encoding->columns();
    const Cell cell = m_marked.value_or(Cell{rows / 2, columns / 2});
    const Cell marked{std::clamp(cell.row, 0, rows - 1), std::clamp(cell.column, 0, columns - 1)};
    m_patches.emplace(shown, marked,
                      similarityTo(static_cast<std::size_t>(marked.row * columns + marked.column), m_tokens,
                                   static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns)));
    m_pane->setMap(shown.picture, shown.geometry, similarityStyle(shown.style), m_patches->cosines(), marked);
    say({});
    emit changed();
}

void SimilarityView::say(std::optional<double> cosine)
{
    if (!m_patches)
        return;
    const float least = similarityRange(m_patches->cosines()).low;
    const QString text =
        tr("What looks like the framed patch to the model? Clear is a cosine of %1 or less, most opaque one of 1. "
           "Click "
           "another patch, or move the frame with the arrow keys. Here: %2.")
            .arg(fixedText(static_cast<double>(least), 2), cosine ? fixedText(*cosine, 2) : QStringLiteral("–"));
    m_text->setText(text);
}

} // namespace ocellus

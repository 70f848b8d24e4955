// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_page.h"

#include "ui/document/document.h"
#include "ui/document/key_text.h"
#include "ui/document/live_answer.h"
#include "ui/figures/source_view.h"
#include "ui/widgets/matrix_grid.h"
#include "ui/widgets/matrix_view.h"

namespace ocellus {

ComparePage::ComparePage(Document& document, LiveAnswer& answer, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_answer(answer),
      m_view(new MatrixView(this))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (!isVisible() || !m_outOfDate)
            return;
        m_outOfDate = false;
        const auto& model = m_document.model();
        if (needsHeads() && model && model->offer.maps == MapSubject::None)
            m_view->showInvitation(tr("This model has no heads of attention to compare. Methods compares what other "
                                      "sources of maps say of it."));
        else
            refresh();
        m_view->grid()->chooseHead(m_document.head());
    });
    connect(&document, &Document::headChanged, m_view->grid(), &MatrixGrid::chooseHead);
    connect(&answer, &LiveAnswer::explanationChanged, this, &ComparePage::refreshLater);
    connect(m_view->grid(), &MatrixGrid::noteRequested, this, [this](int row, int column) {
        const MatrixRow& of = m_view->matrix().rows.at(static_cast<std::size_t>(row));
        const MatrixCell& cell = of.cells.at(static_cast<std::size_t>(column));
        if (cell.tile && !cell.tile->isMean && isOfModel(cell.explanation->modelHash, m_document.model()))
            emit noteRequested(cell.explanation->classIndex, cell.tile->head);
    });
}

std::optional<MapMatrix> ComparePage::matrix() const
{
    if (m_view->matrix().isEmpty())
        return {};
    return m_view->matrix();
}

void ComparePage::setTileTextSize(int points)
{
    QFont text = font();
    if (points > 0)
        text.setPointSize(points);
    m_view->grid()->setFont(text);
}

bool ComparePage::isEnlarged() const
{
    return m_view->grid()->isEnlarged() || m_view->isPaired();
}

void ComparePage::setEnlarged(bool enlarged)
{
    if (m_view->isPaired())
        m_view->showTiles();
    m_view->grid()->setEnlarged(enlarged);
}

void ComparePage::refreshLater()
{
    m_outOfDate = true;
    if (isVisible())
        m_timer.start();
}

QString ComparePage::otherSource() const
{
    const Explanation shown = m_answer.explanation();
    return shown.source ? tr("Display shows %1").arg(shown.source->name) : QString();
}

void ComparePage::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    if (m_held)
        m_held->holdSource(false);
    m_held.clear();
}

void ComparePage::showEvent(QShowEvent* event)
{
    if (asksSources()) {
        m_held = &m_answer;
        m_held->holdSource(true);
    }
    QWidget::showEvent(event);
    if (m_outOfDate)
        m_timer.start();
}

} // namespace ocellus

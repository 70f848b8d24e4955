// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/central_view.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include "ui/compare/compare_page.h"
#include "ui/compare/similarity_view.h"
#include "ui/figures/map_names.h"
#include "ui/tour/tour_panel.h"
#include "ui/widgets/head_grid.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/matrix_grid.h"
#include "ui/widgets/matrix_view.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/state_chips.h"
#include "ui/window/heads_page.h"
#include "ui/window/page_stack.h"

namespace ocellus {

CentralView::CentralView(LinkedView& view, QWidget* parent)
    : QWidget(parent),
      m_tour(new TourPanel(this)),
      m_messages(new MessageBar(this)),
      m_tabs(new QTabBar(this)),
      m_chips(new StateChips(this)),
      m_pages(new PageStack(this)),
      m_actions(new QActionGroup(this)),
      m_heads(new HeadsPage(view, this))
{
    m_tabs->setDocumentMode(true);
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->setAccessibleName(tr("Views"));
    m_chips->hide();
    addPage(m_heads, MapNames::heading(MapKind::Head));
    setPages({m_heads}, m_heads);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        if (index >= 0)
            showPage(m_tabPages.at(index));
    });
    connect(m_pages, &QStackedWidget::currentChanged, this, [this](int index) {
        m_actions->actions().at(index)->setChecked(true);
        selectTab();
        announceEnlarged();
        m_chips->setVisible(qobject_cast<ComparePage*>(currentPage()) || qobject_cast<SimilarityView*>(currentPage()));
        emit pageChanged(m_pages->currentWidget());
    });

    connect(m_heads->headGrid(), &HeadGrid::enlargedChanged, this, &CentralView::announceEnlarged);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(2, 2, 2, 2);
    layout->setSpacing(4);
    layout->addWidget(m_tour);
    auto* top = new QHBoxLayout;
    top->addWidget(m_tabs);
    top->addWidget(m_chips, 1);
    layout->addLayout(top);
    layout->addWidget(m_pages, 1);
}

void CentralView::addPage(QWidget* page, const QString& title)
{
    const int index = m_pages->addWidget(page);
    auto* action = m_actions->addAction(title);
    action->setCheckable(true);
    action->setChecked(index == 0);
    if (index < 9)
        action->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + index)));
    connect(action, &QAction::triggered, this, [this, page] { emit pageRequested(page); });
    if (const auto* comparison = qobject_cast<ComparePage*>(page)) {
        connect(comparison->view()->grid(), &MatrixGrid::enlargedChanged, this, &CentralView::announceEnlarged);
        connect(comparison->view(), &MatrixView::pairedChanged, this, &CentralView::announceEnlarged);
    }
}

void CentralView::setPages(const QList<QWidget*>& pages, QWidget* shown)
{
    const QSignalBlocker blocker(m_tabs);
    while (m_tabs->count() > 0)
        m_tabs->removeTab(0);
    m_tabPages = pages;
    for (QWidget* page : pages) {
        const QAction* action = m_actions->actions().at(m_pages->indexOf(page));
        const int tab = m_tabs->addTab(action->text());
        m_tabs->setTabToolTip(tab, action->shortcut().toString(QKeySequence::NativeText));
    }
    m_tabs->setVisible(pages.size() > 1);
    showPage(shown);
    selectTab();
}

void CentralView::selectTab()
{
    const QSignalBlocker blocker(m_tabs);
    if (const auto tab = m_tabPages.indexOf(m_pages->currentWidget()); tab >= 0)
        m_tabs->setCurrentIndex(static_cast<int>(tab));
}

void CentralView::showPage(QWidget* page)
{
    m_pages->setCurrentWidget(page);
    m_actions->actions().at(m_pages->currentIndex())->setChecked(true);
}

QWidget* CentralView::currentPage() const
{
    return m_pages->currentWidget();
}

QString CentralView::currentTitle() const
{
    return m_actions->actions().at(m_pages->currentIndex())->text().remove('&');
}

void CentralView::nameMaps(MapKind kind)
{
    const QString title = MapNames::heading(kind);
    m_actions->actions().at(m_pages->indexOf(m_heads))->setText(title);
    if (const auto tab = m_tabPages.indexOf(m_heads); tab >= 0)
        m_tabs->setTabText(static_cast<int>(tab), title);
}

QList<QAction*> CentralView::pageActions() const
{
    return m_actions->actions();
}

void CentralView::setEnlarged(bool enlarged)
{
    if (auto* comparison = qobject_cast<ComparePage*>(currentPage()))
        comparison->setEnlarged(enlarged);
    else if (currentPage() == m_heads)
        m_heads->headGrid()->setEnlarged(enlarged);
    announceEnlarged();
}

bool CentralView::isEnlarged() const
{
    if (const auto* comparison = qobject_cast<ComparePage*>(currentPage()))
        return comparison->isEnlarged();
    return currentPage() == m_heads && m_heads->headGrid()->isEnlarged();
}

void CentralView::announceEnlarged()
{
    emit enlargedChanged(isEnlarged());
}

ImageView* CentralView::imageView() const
{
    return m_heads->imageView();
}

HeadGrid* CentralView::headGrid() const
{
    return m_heads->headGrid();
}

} // namespace ocellus

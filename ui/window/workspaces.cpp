// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/workspaces.h"

#include <algorithm>
#include <utility>

#include <QActionGroup>
#include <QDockWidget>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMainWindow>
#include <QToolBar>

#include "ui/widgets/message_bar.h"
#include "ui/widgets/symbol_icon.h"
#include "ui/window/central_view.h"
#include "ui/window/dock_arrangement.h"

namespace ocellus {

namespace {

/// Another number where docks or tool bars come or go, so that no layout without them is restored.
constexpr int LayoutVersion = 3;

const QString workspacesKey = QStringLiteral("workspaces");
const QString currentKey = QStringLiteral("current");
const QString layoutKey = QStringLiteral("layout");
const QString pageKey = QStringLiteral("page");

} // namespace

Workspaces::Workspaces(QMainWindow& window, CentralView& centre, std::vector<Workspace> all)
    : QObject(&window),
      m_window(window),
      m_centre(centre),
      m_all(std::move(all)),
      m_actions(new QActionGroup(this)),
      m_current(m_all.front().id)
{
    for (const Workspace& workspace : m_all) {
        QAction* action = m_actions->addAction(symbolIcon(workspace.icon), workspace.name);
        action->setCheckable(true);
        action->setObjectName(QStringLiteral("workspace ") + workspace.key);
        const auto number = static_cast<int>(m_actions->actions().size());
        action->setShortcut(QKeySequence(static_cast<Qt::Key>(Qt::Key_F1 + number)));
        action->setToolTip(tr("%1 (%2)\n%3")
                               .arg(QString(workspace.name).remove('&'),
                                    action->shortcut().toString(QKeySequence::NativeText), workspace.purpose));
        action->setStatusTip(workspace.purpose);
        connect(action, &QAction::triggered, this, [this, id = workspace.id] { show(id); });
    }
    connect(&centre, &CentralView::pageRequested, this, &Workspaces::showPage);
    connect(&centre, &CentralView::pageChanged, this, [this](QWidget* page) { m_pages[m_current] = page; });
    for (const QDockWidget* dock : m_window.findChildren<QDockWidget*>(Qt::FindDirectChildrenOnly))
        connect(dock->toggleViewAction(), &QAction::triggered, this, [this, toggle = dock->toggleViewAction()] {
            if (!arePanelsHidden())
                return;
            // One panel alone is not what was there before.
            endHiding();
            if (!toggle->isChecked())
                toggle->trigger();
        });
    setUp();
}

QList<QAction*> Workspaces::actions() const
{
    return m_actions->actions();
}

const Workspace& Workspaces::at(WorkspaceId id) const
{
    return *std::ranges::find(m_all, id, &Workspace::id);
}

void Workspaces::show(WorkspaceId id)
{
    m_actions->actions().at(std::ranges::find(m_all, id, &Workspace::id) - m_all.begin())->setChecked(true);
    if (id == m_current)
        return;
    remember();
    m_current = id;
    setUp();
    emit changed(id);
}

void Workspaces::showPage(QWidget* page)
{
    const auto has = [page](const Workspace& workspace) { return workspace.pages.contains(page); };
    const auto owner = std::ranges::find_if(m_all, has);
    if (!has(at(m_current)) && owner != m_all.end()) {
        m_pages[owner->id] = page;
        show(owner->id);
    }
    m_centre.showPage(page);
}

void Workspaces::reset()
{
    m_layouts.erase(m_current);
    m_pages.erase(m_current);
    setUp();
    emit changed(m_current);
}

void Workspaces::resetAll()
{
    m_layouts.clear();
    m_pages.clear();
    setUp();
    emit changed(m_current);
}

void Workspaces::setPanelsHidden(bool hidden)
{
    if (hidden == arePanelsHidden())
        return;
    if (!hidden) {
        endHiding();
        return;
    }
    m_beforeHiding = m_window.saveState(LayoutVersion);
    for (QDockWidget* dock : m_window.findChildren<QDockWidget*>(Qt::FindDirectChildrenOnly))
        dock->hide();
    for (QToolBar* bar : m_window.findChildren<QToolBar*>(Qt::FindDirectChildrenOnly))
        bar->hide();
    emit panelsHidden(true);
}

void Workspaces::endHiding()
{
    if (!arePanelsHidden())
        return;
    m_window.restoreState(std::exchange(m_beforeHiding, {}), LayoutVersion);
    emit panelsHidden(false);
}

QByteArray Workspaces::layoutOfNow() const
{
    return arePanelsHidden() ? m_beforeHiding : m_window.saveState(LayoutVersion);
}

void Workspaces::remember()
{
    m_layouts[m_current] = layoutOfNow();
    m_pages[m_current] = m_centre.currentPage();
}

void Workspaces::setUp()
{
    const bool wereHidden = !std::exchange(m_beforeHiding, {}).isEmpty();
    m_window.setUpdatesEnabled(false);
    const auto kept = m_layouts.find(m_current);
    if (kept == m_layouts.end() || !m_window.restoreState(kept->second, LayoutVersion))
        arrangeAtFirst();
    const QList<QWidget*>& pages = at(m_current).pages;
    const auto page = m_pages.find(m_current);
    m_centre.setPages(pages, page != m_pages.end() && pages.contains(page->second) ? page->second : pages.first());
    m_window.setUpdatesEnabled(true);
    m_actions->actions().at(std::ranges::find(m_all, m_current, &Workspace::id) - m_all.begin())->setChecked(true);
    if (m_window.isVisible())
        keepFocus();
    if (wereHidden)
        emit panelsHidden(false);
}

/// Whoever works without a mouse goes on in the page when what had the focus is not there any more.
void Workspaces::keepFocus()
{
    const QWidget* focus = m_window.focusWidget();
    // It can have fallen to a passing message, which stays as long as it has it.
    if (focus && focus->isVisibleTo(&m_window) && !m_centre.messages()->isAncestorOf(focus))
        return;
    QWidget* page = m_centre.currentPage();
    for (QWidget* next = page->nextInFocusChain(); next != page; next = next->nextInFocusChain())
        if (page->isAncestorOf(next) && (next->focusPolicy() & Qt::TabFocus) && next->isVisibleTo(page) &&
            next->isEnabled()) {
            next->setFocus(Qt::OtherFocusReason);
            return;
        }
    m_centre.setFocus(Qt::OtherFocusReason);
}

void Workspaces::arrangeAtFirst()
{
    std::vector<DockPlace> homes;
    QStringList ofSome;
    for (const Workspace& workspace : m_all) {
        homes.insert(homes.end(), workspace.docks.begin(), workspace.docks.end());
        ofSome += workspace.toolBars;
    }
    arrangeDocks(m_window, at(m_current).docks, homes);
    for (QToolBar* bar : m_window.findChildren<QToolBar*>(Qt::FindDirectChildrenOnly))
        bar->setVisible(!ofSome.contains(bar->objectName()) || at(m_current).toolBars.contains(bar->objectName()));
}

QByteArray Workspaces::state() const
{
    std::map<WorkspaceId, QByteArray> layouts = m_layouts;
    layouts[m_current] = layoutOfNow();
    QJsonObject workspaces;
    for (const auto& [id, layout] : layouts) {
        QJsonObject kept{{layoutKey, QString::fromLatin1(layout.toBase64())}};
        if (const auto page = m_pages.find(id); page != m_pages.end())
            kept[pageKey] = static_cast<int>(at(id).pages.indexOf(page->second));
        workspaces[at(id).key] = kept;
    }
    return QJsonDocument(QJsonObject{{currentKey, at(m_current).key}, {workspacesKey, workspaces}})
        .toJson(QJsonDocument::Compact);
}

bool Workspaces::restore(const QByteArray& state)
{
    const QJsonObject kept = QJsonDocument::fromJson(state).object();
    const QJsonObject workspaces = kept[workspacesKey].toObject();
    if (workspaces.isEmpty())
        return false;
    m_layouts.clear();
    m_pages.clear();
    for (const Workspace& workspace : m_all) {
        const QJsonObject of = workspaces[workspace.key].toObject();
        const QByteArray layout = QByteArray::fromBase64(of[layoutKey].toString().toLatin1());
        if (!layout.isEmpty())
            m_layouts[workspace.id] = layout;
        const int page = of[pageKey].toInt(-1);
        if (page >= 0 && page < workspace.pages.size())
            m_pages[workspace.id] = workspace.pages[page];
        if (kept[currentKey].toString() == workspace.key)
            m_current = workspace.id;
    }
    setUp();
    emit changed(m_current);
    return true;
}

} // namespace ocellus

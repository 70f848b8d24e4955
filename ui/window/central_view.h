// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

#include "core/model/model_offer.h"

class QActionGroup;
class QStackedWidget;
class QTabBar;

namespace ocellus {

class HeadGrid;
class HeadsPage;
class ImageView;
class LinkedView;
class MessageBar;
class StateChips;
class TourPanel;

/// The middle of the window: the tour, and pages of which one is shown, with messages over their lower edge. The first
/// page is the heads'. Of the others those of a workspace have tabs.
class CentralView : public QWidget {
    Q_OBJECT

public:
    /// `view` must outlive the widget.
    explicit CentralView(LinkedView& view, QWidget* parent = nullptr);

    /// Behind those there are; the view owns the page. `title` may have a mnemonic. Ctrl and its number show it.
    void addPage(QWidget* page, const QString& title);
    /// Those that have tabs, in this order, and one of them that is shown. A single one needs no tab.
    void setPages(const QList<QWidget*>& pages, QWidget* shown);
    void showPage(QWidget* page);
    QWidget* currentPage() const;
    QString currentTitle() const; ///< without a mnemonic
    void nameMaps(MapKind kind);  ///< the heads' page is called after what its maps are of
    /// The chosen tile of the page that is shown, in place of all others.
    void setEnlarged(bool enlarged);
    bool isEnlarged() const;
    /// One a page, checkable.
    QList<QAction*> pageActions() const;

    TourPanel* tour() const { return m_tour; }
    MessageBar* messages() const { return m_messages; }
    HeadsPage* heads() const { return m_heads; }
    StateChips* chips() const
    {
        return m_chips;
    } ///< beside the tabs of pages that compare; the heads' page has its own
    ImageView* imageView() const;
    HeadGrid* headGrid() const;

signals:
    void pageChanged(QWidget* page);
    void enlargedChanged(bool enlarged); ///< of the page that is shown
    void pageRequested(QWidget* page);   ///< by its action: it need not be one of those with tabs

private:
    void selectTab();
    void announceEnlarged();

    TourPanel* m_tour;
    MessageBar* m_messages;
    QTabBar* m_tabs;
    StateChips* m_chips;
    QStackedWidget* m_pages;
    QList<QWidget*> m_tabPages;
    QActionGroup* m_actions;
    HeadsPage* m_heads;
};

} // namespace ocellus

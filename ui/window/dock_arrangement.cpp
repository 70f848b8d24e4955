// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/dock_arrangement.h"

#include <algorithm>
#include <map>

#include <QDockWidget>
#include <QMainWindow>

namespace ocellus {

namespace {

QDockWidget* dockOf(const QMainWindow& window, const QString& name)
{
    return window.findChild<QDockWidget*>(name, Qt::FindDirectChildrenOnly);
}

bool isBeside(Qt::DockWidgetArea area)
{
    return area == Qt::LeftDockWidgetArea || area == Qt::RightDockWidgetArea;
}

/// The lengths of an area's docks follow from their shares, its breadth from the largest that is asked for.
void resizeArea(QMainWindow& window, Qt::DockWidgetArea area, const std::vector<DockPlace>& shown)
{
    constexpr int length = 1000; // only the ratios matter
    QList<QDockWidget*> docks;
    QList<int> shares, sizes;
    int breadth = 0, sum = 0;
    for (const DockPlace& place : shown)
        if (place.area == area && !place.tabbed)
            sum += place.share;
    for (const DockPlace& place : shown) {
        QDockWidget* dock = dockOf(window, place.dock);
        if (!dock || place.area != area)
            continue;
        breadth = std::max(breadth, place.size);
        if (place.tabbed)
            continue;
        docks << dock;
        shares << length * place.share / std::max(sum, 1);
    }
    if (docks.isEmpty())
        return;
    window.resizeDocks(docks, shares, isBeside(area) ? Qt::Vertical : Qt::Horizontal);
    if (breadth > 0)
        window.resizeDocks({docks.first()}, {breadth}, isBeside(area) ? Qt::Horizontal : Qt::Vertical);
}

} // namespace

void arrangeDocks(QMainWindow& window, const std::vector<DockPlace>& shown, const std::vector<DockPlace>& homes)
{
    const auto docks = window.findChildren<QDockWidget*>(Qt::FindDirectChildrenOnly);
    for (QDockWidget* dock : docks) {
        dock->setFloating(false);
        window.removeDockWidget(dock);
    }
    std::map<Qt::DockWidgetArea, QDockWidget*> last;
    QList<QDockWidget*> inFront;
    for (const DockPlace& place : shown) {
        QDockWidget* dock = dockOf(window, place.dock);
        if (!dock)
            continue;
        window.addDockWidget(place.area, dock);
        if (place.tabbed && last.contains(place.area))
            window.tabifyDockWidget(last.at(place.area), dock);
        else
            inFront << dock;
        dock->show();
        last[place.area] = dock;
    }
    for (QDockWidget* dock : docks) {
        if (std::ranges::find(shown, dock->objectName(), &DockPlace::dock) != shown.end())
            continue;
        const auto home = std::ranges::find(homes, dock->objectName(), &DockPlace::dock);
        const Qt::DockWidgetArea area = home == homes.end() ? Qt::RightDockWidgetArea : home->area;
        window.addDockWidget(area, dock);
        if (last.contains(area))
            window.tabifyDockWidget(last.at(area), dock);
        dock->hide();
    }
    for (QDockWidget* dock : inFront)
        dock->raise();
    for (const Qt::DockWidgetArea area :
         {Qt::LeftDockWidgetArea, Qt::RightDockWidgetArea, Qt::TopDockWidgetArea, Qt::BottomDockWidgetArea})
        resizeArea(window, area, shown);
}

} // namespace ocellus

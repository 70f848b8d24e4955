// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/drop_target.h"

#include <algorithm>

#include <QDropEvent>
#include <QWidget>

#include "ui/compare/class_comparison.h"
#include "ui/compare/picture_grid.h"
#include "ui/document/document.h"
#include "ui/models/dragged.h"
#include "ui/window/window_pages.h"
#include "ui/window/workspaces.h"

namespace ocellus {

DropTarget::DropTarget(Document& document, WindowPages& pages, Workspaces& workspaces, QWidget* target)
    : QObject(target),
      m_document(document),
      m_pages(pages),
      m_workspaces(workspaces)
{
    target->setAcceptDrops(true);
    target->installEventFilter(this);
}

bool DropTarget::takes(const QMimeData& data) const
{
    const auto isThere = [this](const std::filesystem::path& path) { return m_document.pictures().rowOf(path) >= 0; };
    return std::ranges::any_of(draggedClasses(data), [this](int c) { return c < m_document.classCount(); }) ||
           std::ranges::any_of(draggedPictures(data), isThere);
}

bool DropTarget::eventFilter(QObject* watched, QEvent* event)
{
    const bool isDrag =
        event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove || event->type() == QEvent::Drop;
    if (!isDrag)
        return QObject::eventFilter(watched, event);
    auto* drop = static_cast<QDropEvent*>(event);
    // Files, and what else other programs drag, are the window's.
    if (!takes(*drop->mimeData())) {
        drop->ignore();
        return true;
    }
    drop->setDropAction(Qt::CopyAction);
    drop->accept();
    if (event->type() == QEvent::Drop) {
        compareClasses(draggedClasses(*drop->mimeData()));
        comparePictures(draggedPictures(*drop->mimeData()));
    }
    return true;
}

void DropTarget::compareClasses(const QList<int>& classes)
{
    ClassComparison* page = m_pages.classes();
    QList<int> compared = page->isVisible() ? page->classes() : QList<int>{m_document.currentClass()};
    for (const int classIndex : classes)
        if (classIndex >= 0 && classIndex < m_document.classCount() && !compared.contains(classIndex))
            compared << classIndex;
    if (classes.isEmpty())
        return;
    page->setClasses(compared); // a single one is compared with the most similar
    m_workspaces.showPage(page);
}

void DropTarget::comparePictures(const std::vector<std::filesystem::path>& pictures)
{
    PictureGrid* page = m_pages.pictureGrid();
    std::vector<std::filesystem::path> compared;
    if (page->isVisible())
        compared = page->chosen();
    if (compared.empty() && m_document.currentPicture() >= 0)
        compared.push_back(m_document.pictures().path(m_document.currentPicture()));
    for (const std::filesystem::path& path : pictures)
        if (m_document.pictures().rowOf(path) >= 0 && std::ranges::find(compared, path) == compared.end())
            compared.push_back(path);
    if (pictures.empty() || compared.size() < 2)
        return;
    page->choose(compared);
    m_workspaces.showPage(page);
}

} // namespace ocellus

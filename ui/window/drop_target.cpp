// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/drop_target.h"

#include <algorithm>

#include <QAbstractItemView>
#include <QDropEvent>

#include "ui/compare/class_comparison.h"
#include "ui/compare/picture_grid.h"
#include "ui/document/document.h"
#include "ui/models/dragged.h"
#include "ui/models/menu_subject.h"
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

void DropTarget::takeOn(QAbstractItemView& list)
{
    m_lists.push_back(&list);
    list.viewport()->setAcceptDrops(true);
    list.viewport()->installEventFilter(this);
}

bool DropTarget::eventFilter(QObject* watched, QEvent* event)
{
    const bool isDrag =
        event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove || event->type() == QEvent::Drop;
    if (!isDrag)
        return QObject::eventFilter(watched, event);
    auto& drop = static_cast<QDropEvent&>(*event);
    const auto list = std::ranges::find(m_lists, watched, &QAbstractItemView::viewport);
    return list == m_lists.end() ? takeOnCentre(drop) : takeOnRow(**list, drop);
}

bool DropTarget::takeOnCentre(QDropEvent& event)
{
    // Files, and what else other programs drag, are the window's.
    if (!takes(*event.mimeData())) {
        event.ignore();
        return true;
    }
    event.setDropAction(Qt::CopyAction);
    event.accept();
    if (event.type() == QEvent::Drop) {
        compareClasses(draggedClasses(*event.mimeData()));
        comparePictures(draggedPictures(*event.mimeData()));
    }
    return true;
}

bool DropTarget::takeOnRow(const QAbstractItemView& list, QDropEvent& event)
{
    if (!takes(*event.mimeData()))
        return false;
    event.setDropAction(Qt::CopyAction);
    event.accept();
    // Which row it will be is not known yet; one that refuses here is not asked again.
    if (event.type() == QEvent::DragEnter)
        return true;
    const MenuSubject subject = subjectOf(list.indexAt(event.position().toPoint()));
    QList<int> classes;
    std::vector<std::filesystem::path> pictures;
    // A row that is let go where it was is not compared with itself.
    if (!subject.picture.empty()) {
        pictures = draggedPictures(*event.mimeData());
        std::erase(pictures, subject.picture);
        if (!pictures.empty())
            pictures.insert(pictures.begin(), subject.picture);
    } else if (subject.classIndex) {
        classes = draggedClasses(*event.mimeData());
        classes.removeAll(*subject.classIndex);
        if (!classes.isEmpty())
            classes.prepend(*subject.classIndex);
    }
    if (classes.isEmpty() && pictures.empty())
        event.ignore();
    else if (event.type() == QEvent::Drop && !classes.isEmpty())
        showClasses(classes);
    else if (event.type() == QEvent::Drop)
        showPictures(pictures);
    return true;
}

void DropTarget::compareClasses(const QList<int>& classes)
{
    if (classes.isEmpty())
        return;
    const ClassComparison* page = m_pages.classes();
    showClasses((page->isVisible() ? page->classes() : QList<int>{m_document.currentClass()}) + classes);
}

void DropTarget::showClasses(const QList<int>& classes)
{
    QList<int> compared;
    for (const int classIndex : classes)
        if (classIndex >= 0 && classIndex < m_document.classCount() && !compared.contains(classIndex))
            compared << classIndex;
    if (compared.isEmpty())
        return;
    m_pages.classes()->setClasses(compared); // a single one is compared with the most similar
    m_workspaces.showPage(m_pages.classes());
}

void DropTarget::comparePictures(const std::vector<std::filesystem::path>& pictures)
{
    if (pictures.empty())
        return;
    const PictureGrid* page = m_pages.pictureGrid();
    std::vector<std::filesystem::path> compared;
    if (page->isVisible())
        compared = page->chosen();
    if (compared.empty() && m_document.currentPicture() >= 0)
        compared.push_back(m_document.pictures().path(m_document.currentPicture()));
    compared.insert(compared.end(), pictures.begin(), pictures.end());
    showPictures(compared);
}

void DropTarget::showPictures(const std::vector<std::filesystem::path>& pictures)
{
    std::vector<std::filesystem::path> compared;
    for (const std::filesystem::path& path : pictures)
        if (m_document.pictures().rowOf(path) >= 0 && std::ranges::find(compared, path) == compared.end())
            compared.push_back(path);
    if (compared.size() < 2)
        return;
    m_pages.pictureGrid()->choose(compared);
    m_workspaces.showPage(m_pages.pictureGrid());
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include <QList>
#include <QObject>

class QAbstractItemView;
class QDropEvent;
class QMimeData;

namespace ocellus {

class Document;
class WindowPages;
class Workspaces;

/// Compares what is dragged from the lists onto the middle of the window with what is shown there: a class with the
/// shown class, or beside those that are compared already; a picture with the shown picture. What is dropped on a row
/// of a list is compared with that row.
class DropTarget : public QObject {
    Q_OBJECT

public:
    /// All must outlive this object; `target` owns it.
    DropTarget(Document& document, WindowPages& pages, Workspaces& workspaces, QWidget* target);

    /// Rows of classes or pictures, which are dragged onto each other.
    void takeOn(QAbstractItemView& list);

    /// The same without a mouse. Those that are not there are left out.
    void compareClasses(const QList<int>& classes);
    void comparePictures(const std::vector<std::filesystem::path>& pictures);
    /// These and no others.
    void showClasses(const QList<int>& classes);
    void showPictures(const std::vector<std::filesystem::path>& pictures);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool takes(const QMimeData& data) const;
    bool takeOnCentre(QDropEvent& event);
    bool takeOnRow(const QAbstractItemView& list, QDropEvent& event);

    Document& m_document;
    WindowPages& m_pages;
    Workspaces& m_workspaces;
    std::vector<QAbstractItemView*> m_lists;
};

} // namespace ocellus

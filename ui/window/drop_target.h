// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include <QList>
#include <QObject>

class QMimeData;

namespace ocellus {

class Document;
class WindowPages;
class Workspaces;

/// Compares what is dragged from the lists onto the middle of the window with what is shown there: a class with the
/// shown class, or beside those that are compared already; a picture with the shown picture.
class DropTarget : public QObject {
    Q_OBJECT

public:
    /// All must outlive this object; `target` owns it.
    DropTarget(Document& document, WindowPages& pages, Workspaces& workspaces, QWidget* target);

    /// The same without a mouse. Those that are not there are left out.
    void compareClasses(const QList<int>& classes);
    void comparePictures(const std::vector<std::filesystem::path>& pictures);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool takes(const QMimeData& data) const;

    Document& m_document;
    WindowPages& m_pages;
    Workspaces& m_workspaces;
};

} // namespace ocellus

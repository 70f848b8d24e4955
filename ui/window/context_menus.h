// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QMenu>
#include <QObject>

namespace ocellus {

class DropTarget;
class Document;
class MapTile;
class MaskCommands;
class WindowActions;
class WindowDocks;
class WindowPages;
class Workspaces;

/// What a right click, the menu key or Shift+F10 offers on pictures, tiles and the rows of the lists: the commands that
/// the menus have too, for what lies there.
class ContextMenus : public QObject {
    Q_OBJECT

public:
    /// What the menus are made of; all must outlive this object.
    struct Parts {
        Document& document;
        WindowActions& actions;
        WindowDocks& docks;
        WindowPages& pages;
        Workspaces& workspaces;
        MaskCommands& masks;
        DropTarget& comparing;
    };

    ContextMenus(const Parts& parts, QWidget* window);

    /// For that tile, as it is now.
    std::unique_ptr<QMenu> menuOf(const MapTile& tile);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void addToLists();
    void addClass(QMenu& menu, int classIndex);
    void addHead(QMenu& menu, const MapTile& tile);
    void addPicture(QMenu& menu);
    void showInFolder() const;

    Parts m_parts;
    QWidget* m_window;
    QAction* m_folder;
};

} // namespace ocellus

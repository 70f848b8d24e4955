// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>
#include <QObject>

#include "ui/figures/map_names.h"
#include "ui/models/menu_subject.h"

namespace ocellus {

class Document;
class DropTarget;
class LiveAnswer;
class MaskCommands;
class WindowActions;
class WindowDocks;
class WindowPages;
class Workspaces;

/// What can be done with a picture, a class and a head, as entries of a menu: the commands that the menus have too, for
/// what lies there.
class SubjectMenu : public QObject {
    Q_OBJECT

public:
    /// What the entries do; all must outlive this object.
    struct Parts {
        Document& document;
        WindowActions& actions;
        WindowDocks& docks;
        WindowPages& pages;
        Workspaces& workspaces;
        MaskCommands& masks;
        DropTarget& comparing;
        LiveAnswer& answer;
    };

    explicit SubjectMenu(const Parts& parts, QObject* parent = nullptr);

    /// What of the subject is not there is left out. A row is chosen by the click that asks for its menu: `before` is
    /// what was shown until then, to be compared with.
    void fill(QMenu& menu, const MenuSubject& subject, const MenuSubject& before = {});
    /// The picture and class that are shown.
    MenuSubject shown() const;
    /// The path of an open picture by the name that views give it; empty where there is none.
    std::filesystem::path pictureNamed(const QString& name) const;

private:
    void addClass(QMenu& menu, int classIndex, std::optional<int> before);
    void addShownClass(QMenu& menu, std::optional<int> before);
    void addHead(QMenu& menu, const MenuSubject& subject);
    void addPicture(QMenu& menu, const std::filesystem::path& picture, const std::filesystem::path& before);
    void compareWithNeighbour();
    void eraseWhatIsLookedAt(int head);
    bool isShown(const MenuSubject& subject) const;
    bool isOfTokens() const;
    MapNames namesOf(int classIndex) const;

    Parts m_parts;
};

} // namespace ocellus

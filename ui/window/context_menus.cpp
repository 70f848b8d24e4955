// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/context_menus.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QCoreApplication>
#include <QDesktopServices>
#include <QUrl>

#include "core/image/picture_address.h"
#include "ui/compare/class_chooser.h"
#include "ui/compare/class_comparison.h"
#include "ui/compare/head_notes_panel.h"
#include "ui/document/document.h"
#include "ui/engine/paths.h"
#include "ui/panels/classes_panel.h"
#include "ui/panels/pictures_panel.h"
#include "ui/tools/mask_commands.h"
#include "ui/widgets/image_view.h"
#include "ui/window/drop_target.h"
#include "ui/window/window_actions.h"
#include "ui/window/window_docks.h"
#include "ui/window/window_pages.h"
#include "ui/window/workspaces.h"

namespace ocellus {

ContextMenus::ContextMenus(const Parts& parts, QWidget* window)
    : QObject(window),
      m_parts(parts),
      m_window(window),
      m_folder(new QAction(tr("Show in &folder"), this))
{
    connect(m_folder, &QAction::triggered, this, &ContextMenus::showInFolder);
    addToLists();
    // Tiles come and go with their pages.
    QCoreApplication::instance()->installEventFilter(this);
}

/// Their own commands stand above.
void ContextMenus::addToLists()
{
    ClassesPanel* classes = m_parts.docks.classes();
    auto* compare = new QAction(tr("Co&mpare the selected classes"), this);
    connect(compare, &QAction::triggered, this,
            [this, classes] { m_parts.comparing.compareClasses(classes->selectedClasses()); });
    classes->addToMenu({compare});

    PicturesPanel* pictures = m_parts.docks.pictures();
    auto* beside = new QAction(tr("&Compare with its neighbour"), this);
    connect(beside, &QAction::triggered, this, [this] {
        const PictureListModel& list = m_parts.document.pictures();
        const int row = m_parts.document.currentPicture();
        const int other = row + 1 < list.rowCount() ? row + 1 : row - 1;
        m_parts.comparing.comparePictures({list.path(other)});
    });
    pictures->addToMenu({beside, m_folder});
}

bool ContextMenus::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::ContextMenu)
        return QObject::eventFilter(watched, event);
    const auto* tile = qobject_cast<MapTile*>(watched);
    const bool isOurs = tile && (tile->window() == m_window || tile->window()->parentWidget() == m_window);
    if (!isOurs || tile->explanation().picture.isNull())
        return QObject::eventFilter(watched, event);
    const auto* asked = static_cast<QContextMenuEvent*>(event);
    const bool isByKey = asked->reason() == QContextMenuEvent::Keyboard;
    QMenu* menu = menuOf(*tile).release();
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(isByKey ? tile->mapToGlobal(tile->pictureArea().center().toPoint()) : asked->globalPos());
    return true;
}

std::unique_ptr<QMenu> ContextMenus::menuOf(const MapTile& tile)
{
    auto menu = std::make_unique<QMenu>(m_window);
    menu->setToolTipsVisible(true);
    for (const Command command : {Command::Enlarge, Command::Fit, Command::ActualPixels})
        if (command != Command::Enlarge || !qobject_cast<const ImageView*>(&tile))
            menu->addAction(m_parts.actions.at(command));
    if (!tile.explanation().isEmpty()) {
        menu->addSeparator();
        addClass(*menu, tile.explanation().classIndex);
        menu->addSeparator();
        addHead(*menu, tile);
    }
    menu->addSeparator();
    addPicture(*menu);
    return menu;
}

void ContextMenus::addClass(QMenu& menu, int classIndex)
{
    if (classIndex != m_parts.document.currentClass()) {
        menu.addAction(tr("Show the maps of %1").arg(m_parts.document.classNames().label(classIndex)),
                       &m_parts.document, [this, classIndex] { m_parts.document.setCurrentClass(classIndex); });
        menu.addAction(tr("&Compare with the shown class"), this,
                       [this, classIndex] { m_parts.comparing.compareClasses({classIndex}); });
        return;
    }
    // What these do, they do with the class that is shown.
    QMenu* compare = menu.addMenu(tr("&Compare this class with"));
    ClassChooser* chooser = m_parts.pages.classes()->chooser();
    compare->addActions(chooser->compareActions());
    connect(compare, &QMenu::aboutToShow, chooser, &ClassChooser::updateMenu);
    connect(compare, &QMenu::triggered, this, [this] { m_parts.workspaces.showPage(m_parts.pages.classes()); });
    menu.addMenu(tr("&Limit"))->addActions(m_parts.docks.classes()->limitActions());
}

void ContextMenus::addHead(QMenu& menu, const MapTile& tile)
{
    const int head = tile.head(), classIndex = tile.explanation().classIndex;
    const bool isMean = head == tile.explanation().heads();
    if (head >= 0 && head != m_parts.document.head() && !isMean)
        menu.addAction(tr("Show head %1").arg(head + 1), &m_parts.document,
                       [this, head] { m_parts.document.setHead(head); });
    // Of the head that is shown in the large view.
    if (classIndex == m_parts.document.currentClass() && head == m_parts.document.head())
        for (const MaskCommand command : {MaskCommand::HeadLooksAt, MaskCommand::EraseHeadLooksAt})
            menu.addAction(m_parts.masks.at(command));
    if (head >= 0 && !isMean)
        menu.addAction(tr("&Note on head %1…").arg(head + 1), m_parts.docks.notes(),
                       [this, classIndex, head] { m_parts.docks.notes()->ask(classIndex, head); });
}

void ContextMenus::addPicture(QMenu& menu)
{
    menu.addAction(m_parts.workspaces.actions().at(static_cast<int>(WorkspaceId::Experiment)));
    menu.addAction(m_parts.actions.at(Command::CopyFigure));
    menu.addAction(m_parts.actions.at(Command::ExportFigure));
    m_folder->setEnabled(m_parts.document.currentPicture() >= 0);
    menu.addAction(m_folder);
}

void ContextMenus::showInFolder() const
{
    const int row = m_parts.document.currentPicture();
    if (row < 0)
        return;
    const std::filesystem::path file = pictureAddress(m_parts.document.pictures().path(row)).file;
    QDesktopServices::openUrl(QUrl::fromLocalFile(toQString(file.parent_path())));
}

} // namespace ocellus

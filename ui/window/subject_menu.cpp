// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/subject_menu.h"

#include <QAction>
#include <QDesktopServices>
#include <QUrl>

#include "core/image/picture_address.h"
#include "ui/compare/class_chooser.h"
#include "ui/compare/class_comparison.h"
#include "ui/compare/head_notes_panel.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/engine/paths.h"
#include "ui/panels/classes_panel.h"
#include "ui/tools/mask_commands.h"
#include "ui/window/drop_target.h"
#include "ui/window/window_actions.h"
#include "ui/window/window_docks.h"
#include "ui/window/window_pages.h"
#include "ui/window/workspace.h"
#include "ui/window/workspaces.h"

namespace ocellus {

namespace {

/// A name in a menu has no mnemonic.
QString plain(QString name)
{
    return name.replace('&', QLatin1String("&&"));
}

void showInFolder(const std::filesystem::path& picture)
{
    const std::filesystem::path folder = pictureAddress(picture).file.parent_path();
    QDesktopServices::openUrl(QUrl::fromLocalFile(toQString(folder)));
}

} // namespace

SubjectMenu::SubjectMenu(const Parts& parts, QObject* parent) : QObject(parent), m_parts(parts) {}

void SubjectMenu::fill(QMenu& menu, const MenuSubject& subject, const MenuSubject& before)
{
    const Document& document = m_parts.document;
    if (subject.classIndex && *subject.classIndex < document.classCount()) {
        menu.addSeparator();
        addClass(menu, *subject.classIndex, before.classIndex);
    }
    if (subject.head && *subject.head <= document.headCount()) {
        menu.addSeparator();
        addHead(menu, subject);
    }
    if (document.pictures().rowOf(subject.picture) >= 0) {
        menu.addSeparator();
        addPicture(menu, subject.picture, before.picture);
    }
}

MenuSubject SubjectMenu::shown() const
{
    const Document& document = m_parts.document;
    MenuSubject subject;
    if (document.currentPicture() >= 0)
        subject.picture = document.pictures().path(document.currentPicture());
    if (document.currentClass() >= 0)
        subject.classIndex = document.currentClass();
    return subject;
}

std::filesystem::path SubjectMenu::pictureNamed(const QString& name) const
{
    const PictureListModel& pictures = m_parts.document.pictures();
    for (int row = 0; row < pictures.rowCount(); ++row)
        if (pictures.index(row).data().toString() == name)
            return pictures.path(row);
    return {};
}

/// Of the picture, class and head that the large view is about.
bool SubjectMenu::isShown(const MenuSubject& subject) const
{
    const Document& document = m_parts.document;
    const bool isOtherPicture =
        !subject.picture.empty() && document.pictures().rowOf(subject.picture) != document.currentPicture();
    return !isOtherPicture && subject.classIndex.value_or(document.currentClass()) == document.currentClass();
}

/// What stands in the list of classes is none: there is nothing to compare or to limit to.
bool SubjectMenu::isOfTokens() const
{
    return m_parts.document.model() && !m_parts.document.model()->offer.hasLogits;
}

void SubjectMenu::addClass(QMenu& menu, int classIndex, std::optional<int> before)
{
    if (classIndex == m_parts.document.currentClass()) {
        addShownClass(menu, before);
        return;
    }
    menu.addAction(tr("Show the maps of %1").arg(plain(m_parts.document.classNames().label(classIndex))),
                   &m_parts.document, [this, classIndex] { m_parts.document.setCurrentClass(classIndex); });
    if (isOfTokens())
        return;
    menu.addAction(tr("&Compare with the shown class"), this,
                   [this, classIndex] { m_parts.comparing.compareClasses({classIndex}); });
    menu.addAction(tr("&Limit to this and the shown class"), this, [this, classIndex] {
        m_parts.document.setLimit({LimitChoice::Kind::Zero, {m_parts.document.currentClass(), classIndex}});
    });
}

/// What these do, they do with the class that is shown.
void SubjectMenu::addShownClass(QMenu& menu, std::optional<int> before)
{
    if (isOfTokens())
        return;
    if (before && *before != m_parts.document.currentClass() && *before < m_parts.document.classCount())
        menu.addAction(tr("&Compare with %1").arg(plain(m_parts.document.classNames().label(*before))), this,
                       [this, other = *before] { m_parts.comparing.compareClasses({other}); });
    QMenu* compare = menu.addMenu(tr("&Compare this class with"));
    ClassChooser* chooser = m_parts.pages.classes()->chooser();
    compare->addActions(chooser->compareActions());
    connect(compare, &QMenu::aboutToShow, chooser, &ClassChooser::updateMenu);
    connect(compare, &QMenu::triggered, this, [this] { m_parts.workspaces.showPage(m_parts.pages.classes()); });
    // Where the list of classes is asked, they stand in its menu already.
    if (const QList<QAction*>& limits = m_parts.docks.classes()->limitActions();
        !menu.actions().contains(limits.first()))
        menu.addMenu(tr("&Limit"))->addActions(limits);
}

void SubjectMenu::addHead(QMenu& menu, const MenuSubject& subject)
{
    Document& document = m_parts.document;
    const int head = *subject.head, classIndex = subject.classIndex.value_or(document.currentClass());
    const bool isMean = head == document.headCount();
    const MapNames names = namesOf(classIndex);
    if (head != document.head())
        menu.addAction(isMean ? tr("Show the mean") : tr("Show %1").arg(names.name(head)), &document,
                       [&document, head] { document.setHead(head); });
    if (isShown(subject) && head == document.head())
        for (const MaskCommand command : {MaskCommand::HeadLooksAt, MaskCommand::EraseHeadLooksAt})
            menu.addAction(m_parts.masks.at(command));
    else if (isShown(subject) && !isMean)
        menu.addAction(names.areHeads() ? tr("&Erase what head %1 looks at").arg(head + 1)
                                        : tr("&Erase where %1 is found").arg(names.name(head)),
                       this, [this, head] { eraseWhatIsLookedAt(head); });
    if (isShown(subject))
        menu.addAction(tr("E&vidence for this map"), this, [this, head] {
            m_parts.document.setHead(head);
            m_parts.actions.at(Command::ShowEvidence)->trigger();
        });
    if (!isMean)
        menu.addAction(tr("&Note on %1…").arg(names.name(head)), m_parts.docks.notes(),
                       [this, classIndex, head] { m_parts.docks.notes()->ask(classIndex, head); });
}

MapNames SubjectMenu::namesOf(int classIndex) const
{
    const std::shared_ptr<const Decoding>& decoding = m_parts.answer.result().decoding;
    return decoding ? MapNames(*decoding, decoding->extent().layers - 1, classIndex) : MapNames();
}

void SubjectMenu::eraseWhatIsLookedAt(int head)
{
    m_parts.document.setHead(head);
    // The command learns of the head with the large view, which is brought up to date after the changes of now.
    QMetaObject::invokeMethod(m_parts.masks.at(MaskCommand::EraseHeadLooksAt), &QAction::trigger, Qt::QueuedConnection);
}

void SubjectMenu::addPicture(QMenu& menu, const std::filesystem::path& picture, const std::filesystem::path& before)
{
    Document& document = m_parts.document;
    const int row = document.pictures().rowOf(picture);
    if (row != document.currentPicture()) {
        menu.addAction(tr("&Show this picture"), &document, [this, picture] {
            m_parts.document.setCurrentPicture(m_parts.document.pictures().rowOf(picture));
        });
        menu.addAction(tr("C&ompare with the shown picture"), this,
                       [this, picture] { m_parts.comparing.comparePictures({picture}); });
    } else {
        if (before != picture && document.pictures().rowOf(before) >= 0)
            menu.addAction(tr("&Compare with %1").arg(plain(document.pictures().distinctName(before))), this,
                           [this, before] { m_parts.comparing.comparePictures({before}); });
        QAction* beside = menu.addAction(tr("C&ompare with its neighbour"), this, &SubjectMenu::compareWithNeighbour);
        beside->setEnabled(document.pictures().rowCount() > 1);
    }
    menu.addAction(m_parts.workspaces.actions().at(static_cast<int>(WorkspaceId::Experiment)));
    menu.addAction(tr("Show in &folder"), this, [picture] { showInFolder(picture); });
}

void SubjectMenu::compareWithNeighbour()
{
    const PictureListModel& list = m_parts.document.pictures();
    const int row = m_parts.document.currentPicture();
    const int other = row + 1 < list.rowCount() ? row + 1 : row - 1;
    if (other >= 0)
        m_parts.comparing.comparePictures({list.path(other)});
}

} // namespace ocellus

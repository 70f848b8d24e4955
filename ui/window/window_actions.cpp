// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/window_actions.h"

#include <array>

#include <QKeySequence>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>

#include "ui/figures/map_names.h"
#include "ui/widgets/symbol_icon.h"

namespace ocellus {

namespace {

enum class Menu { File, Export, Edit, View, Display, Classes, Help };

/// Itself: who does it knows whether it can be done, and it is left as it is. Classes and Scores: not there at all
/// where the model has neither.
enum class Needs { Nothing, Model, Classes, Picture, View, Scores, Busy, Stale, Itself };

struct Row {
    Command command;
    Menu menu;
    const char* text;
    const char* shortcut = "";
    const char* icon = "";
    Needs needs = Needs::Nothing;
    bool checkable = false;
    bool separatorBefore = false;
};

constexpr std::array rows{
    Row{Command::OpenCheckpoint, Menu::File, QT_TRANSLATE_NOOP("ocellus::WindowActions", "Open &checkpoint…"), "Ctrl+O",
        "open-model"},
    Row{Command::OpenPictures, Menu::File, QT_TRANSLATE_NOOP("ocellus::WindowActions", "Open &pictures…"),
        "Ctrl+Shift+O", "open-pictures"},
    Row{Command::OpenFolder, Menu::File, QT_TRANSLATE_NOOP("ocellus::WindowActions", "Open &folder of pictures…"),
        "Ctrl+Shift+D", "open-folder"},
    Row{Command::WatchFolders, Menu::File,
        QT_TRANSLATE_NOOP("ocellus::WindowActions", "Add new pict&ures of opened folders"), "", "", Needs::Nothing,
        true},
    Row{Command::OpenSample, Menu::File, QT_TRANSLATE_NOOP("ocellus::WindowActions", "Open the &sample")},
    Row{Command::OpenSession, Menu::File, QT_TRANSLATE_NOOP("ocellus::WindowActions", "Ope&n session…"), "Ctrl+Alt+O",
        "", Needs::Nothing, false, true},
    Row{Command::SaveSession, Menu::File, QT_TRANSLATE_NOOP("ocellus::WindowActions", "Sa&ve session"), "Ctrl+S",
        "save", Needs::Model},
    Row{Command::SaveSessionAs, Menu::File, QT_TRANSLATE_NOOP("ocellus::WindowActions", "Save session &as…"),
        "Ctrl+Shift+S", "", Needs::Model},
    Row{Command::DiscardedWork, Menu::File, QT_TRANSLATE_NOOP("ocellus::WindowActions", "Discarded &work…"), "", "",
        Needs::Nothing},
    Row{Command::LoadClassTable, Menu::File, QT_TRANSLATE_NOOP("ocellus::WindowActions", "Load class &table…"),
        "Ctrl+T", "class-table", Needs::Classes, false, true},
    Row{Command::LoadClassFolder, Menu::File,
        QT_TRANSLATE_NOOP("ocellus::WindowActions", "Take class names from a fol&der…"), "Ctrl+Shift+T", "",
        Needs::Classes},
    Row{Command::ForgetClassTable, Menu::File, QT_TRANSLATE_NOOP("ocellus::WindowActions", "F&orget class table"), "",
        "", Needs::Classes},
    Row{Command::ExportFigure, Menu::Export, QT_TRANSLATE_NOOP("ocellus::WindowActions", "&Export figure…"), "Ctrl+E",
        "export-figure", Needs::View},
    Row{Command::FigureForPaper, Menu::Export, QT_TRANSLATE_NOOP("ocellus::WindowActions", "&Figure for a paper…"),
        "Ctrl+Alt+E", "", Needs::View},
    Row{Command::ExportPaperFigure, Menu::Export,
        QT_TRANSLATE_NOOP("ocellus::WindowActions", "Export figure as pu&blished…"), "", "", Needs::View},
    Row{Command::ExportArrays, Menu::Export, QT_TRANSLATE_NOOP("ocellus::WindowActions", "Export arra&ys (NPZ)…"),
        "Ctrl+Shift+E", "export-arrays", Needs::View},
    Row{Command::ExportMapsCsv, Menu::Export, QT_TRANSLATE_NOOP("ocellus::WindowActions", "Export &maps (CSV)…"), "",
        "", Needs::View},
    Row{Command::ExportLogitsCsv, Menu::Export, QT_TRANSLATE_NOOP("ocellus::WindowActions", "Export &logits (CSV)…"),
        "", "", Needs::Scores},
    Row{Command::ExportEvidenceCsv, Menu::Export,
        QT_TRANSLATE_NOOP("ocellus::WindowActions", "Export e&vidence (CSV)…"), "", "", Needs::View},
    Row{Command::Quit, Menu::File, QT_TRANSLATE_NOOP("ocellus::WindowActions", "&Quit"), "Ctrl+Q", "", Needs::Nothing,
        false, true},
    Row{Command::Undo, Menu::Edit, QT_TRANSLATE_NOOP("ocellus::WindowActions", "&Undo"), "Ctrl+Z", "undo",
        Needs::Itself},
    Row{Command::Redo, Menu::Edit, QT_TRANSLATE_NOOP("ocellus::WindowActions", "&Redo"), "Ctrl+Shift+Z", "redo",
        Needs::Itself},
    Row{Command::DeleteEdit, Menu::Edit, QT_TRANSLATE_NOOP("ocellus::WindowActions", "&Delete the chosen edit"), "", "",
        Needs::Itself, false, true},
    Row{Command::CopyEdits, Menu::Edit, QT_TRANSLATE_NOOP("ocellus::WindowActions", "Copy all &edits"), "", "",
        Needs::Itself},
    Row{Command::PasteEdits, Menu::Edit, QT_TRANSLATE_NOOP("ocellus::WindowActions", "&Paste edits"), "", "",
        Needs::Itself},
    Row{Command::ResetEdits, Menu::Edit, QT_TRANSLATE_NOOP("ocellus::WindowActions", "Reset to &original"), "", "",
        Needs::Itself},
    Row{Command::CopyFigure, Menu::Edit, QT_TRANSLATE_NOOP("ocellus::WindowActions", "&Copy figure"), "Ctrl+Shift+C",
        "copy", Needs::View, false, true},
    Row{Command::RemovePicture, Menu::Edit, QT_TRANSLATE_NOOP("ocellus::WindowActions", "Re&move picture from list"),
        "", "", Needs::Picture},
    Row{Command::Cancel, Menu::Edit, QT_TRANSLATE_NOOP("ocellus::WindowActions", "Ca&ncel computation"), "Ctrl+.",
        "cancel", Needs::Busy},
    Row{Command::AskAgain, Menu::Edit, QT_TRANSLATE_NOOP("ocellus::WindowActions", "As&k the model again"), "Ctrl+R",
        "", Needs::Stale},
    Row{Command::OpenSettings, Menu::Edit, QT_TRANSLATE_NOOP("ocellus::WindowActions", "&Settings…"), "Ctrl+,",
        "settings", Needs::Nothing, false, true},
    Row{Command::PreviousPicture, Menu::View, QT_TRANSLATE_NOOP("ocellus::WindowActions", "&Previous picture"),
        "Alt+Up", "previous", Needs::Picture},
    Row{Command::NextPicture, Menu::View, QT_TRANSLATE_NOOP("ocellus::WindowActions", "&Next picture"), "Alt+Down",
        "next", Needs::Picture},
    Row{Command::NextMisclassified, Menu::View, QT_TRANSLATE_NOOP("ocellus::WindowActions", "Next &misclassified"),
        "Ctrl+M", "", Needs::Picture},
    Row{Command::FollowPrediction, Menu::View,
        QT_TRANSLATE_NOOP("ocellus::WindowActions", "A new picture &selects its most probable class"), "", "",
        Needs::Nothing, true},
    Row{Command::Fit, Menu::View, QT_TRANSLATE_NOOP("ocellus::WindowActions", "&Fit picture"), "F", "fit",
        Needs::Picture, false, true},
    Row{Command::ActualPixels, Menu::View, QT_TRANSLATE_NOOP("ocellus::WindowActions", "&One pixel to one"), "Z",
        "actual-size", Needs::Picture},
    Row{Command::Enlarge, Menu::View, QT_TRANSLATE_NOOP("ocellus::WindowActions", "&Enlarge the chosen tile"), "E", "",
        Needs::View, true},
    Row{Command::SecondView, Menu::View, QT_TRANSLATE_NOOP("ocellus::WindowActions", "Large view in a second window"),
        "F12", "", Needs::Nothing, true},
    Row{Command::HidePanels, Menu::View, QT_TRANSLATE_NOOP("ocellus::WindowActions", "&Hide all panels"), "F9", "",
        Needs::Nothing, true, true},
    Row{Command::FullScreen, Menu::View, QT_TRANSLATE_NOOP("ocellus::WindowActions", "F&ull screen"), "F11", "",
        Needs::Nothing, true},
    Row{Command::ResetWorkspace, Menu::View, QT_TRANSLATE_NOOP("ocellus::WindowActions", "&Reset this workspace"), "",
        "", Needs::Nothing, false, true},
    Row{Command::ResetWorkspaces, Menu::View, QT_TRANSLATE_NOOP("ocellus::WindowActions", "Reset all &workspaces")},
    Row{Command::LayerUp, Menu::Display, QT_TRANSLATE_NOOP("ocellus::WindowActions", "Layer &up"), "PgUp", "",
        Needs::View},
    Row{Command::LayerDown, Menu::Display, QT_TRANSLATE_NOOP("ocellus::WindowActions", "Layer &down"), "PgDown", "",
        Needs::View},
    Row{Command::HideMaps, Menu::Display, QT_TRANSLATE_NOOP("ocellus::WindowActions", "&Hide maps while held"), "H",
        "overlay", Needs::View, false, true},
    Row{Command::ShowBefore, Menu::Display, QT_TRANSLATE_NOOP("ocellus::WindowActions", "&Before the edits while held"),
        "Y", "", Needs::Picture},
    Row{Command::Loupe, Menu::Display, QT_TRANSLATE_NOOP("ocellus::WindowActions", "Lou&pe while held"), "K", "",
        Needs::Picture},
    Row{Command::Smooth, Menu::Display, QT_TRANSLATE_NOOP("ocellus::WindowActions", "S&mooth instead of raw cells"),
        "R", "cells", Needs::Nothing, true},
    Row{Command::LockRange, Menu::Display, QT_TRANSLATE_NOOP("ocellus::WindowActions", "&Lock range"), "L", "lock",
        Needs::View, true},
    Row{Command::StretchEach, Menu::Display,
        QT_TRANSLATE_NOOP("ocellus::WindowActions", "&Stretch each map to its own range"), "S", "", Needs::Nothing,
        true},
    Row{Command::Contour, Menu::Display, QT_TRANSLATE_NOOP("ocellus::WindowActions", "&Contour"), "C", "",
        Needs::Nothing, true},
    Row{Command::SortTiles, Menu::Display, QT_TRANSLATE_NOOP("ocellus::WindowActions", "Sort &tiles by peak score"),
        "T", "", Needs::Nothing, true},
    Row{Command::ShowDisplay, Menu::Display, QT_TRANSLATE_NOOP("ocellus::WindowActions", "Displa&y…"), "Shift+D"},
    Row{Command::ShowField, Menu::Display,
        QT_TRANSLATE_NOOP("ocellus::WindowActions", "Outline &what the pointed cell sees"), "G", "", Needs::View, true},
    Row{Command::ShowEvidence, Menu::Display,
        QT_TRANSLATE_NOOP("ocellus::WindowActions", "E&vidence for the shown map"), "Shift+E", "", Needs::View, false,
        true},
    Row{Command::FindPatches, Menu::Display,
        QT_TRANSLATE_NOOP("ocellus::WindowActions", "Find &patches of prototypes…"), "", "", Needs::Itself},
    Row{Command::FindClass, Menu::Classes, QT_TRANSLATE_NOOP("ocellus::WindowActions", "&Find class"), "Ctrl+F", "",
        Needs::Model},
    Row{Command::StartTour, Menu::Help, QT_TRANSLATE_NOOP("ocellus::WindowActions", "&Tour")},
    Row{Command::ShowGlossary, Menu::Help, QT_TRANSLATE_NOOP("ocellus::WindowActions", "&Glossary"), "F1", "help"},
    Row{Command::ShowKeys, Menu::Help, QT_TRANSLATE_NOOP("ocellus::WindowActions", "&Keys and mouse"), "Shift+F1"},
    Row{Command::ShowAbout, Menu::Help, QT_TRANSLATE_NOOP("ocellus::WindowActions", "&About Ocellus")},
};

bool isThere(Needs needs, const Availability& available)
{
    switch (needs) {
    case Needs::Model: return available.model;
    case Needs::Classes: return available.model && available.scores;
    case Needs::Scores: return available.view && available.scores;
    case Needs::Picture: return available.picture;
    case Needs::View: return available.view;
    case Needs::Busy: return available.busy;
    case Needs::Stale: return available.stale;
    case Needs::Nothing:
    case Needs::Itself: break;
    }
    return true;
}

} // namespace

WindowActions::WindowActions(QObject* parent) : QObject(parent), m_heads(new QActionGroup(this))
{
    for (const Row& row : rows) {
        auto* action = new QAction(tr(row.text), this);
        action->setObjectName(QString::fromUtf8(row.text).remove(QLatin1Char('&')));
        action->setShortcut(QKeySequence(QLatin1String(row.shortcut)));
        action->setCheckable(row.checkable);
        if (*row.icon)
            action->setIcon(symbolIcon(QStringLiteral(":/icons/%1.svg").arg(QLatin1String(row.icon))));
        m_actions[row.command] = action;
    }
    for (const Command held : {Command::HideMaps, Command::ShowBefore, Command::Loupe})
        m_actions.at(held)->setAutoRepeat(false);
    m_actions.at(Command::Redo)
        ->setShortcuts({QKeySequence(QStringLiteral("Ctrl+Shift+Z")), QKeySequence(QStringLiteral("Ctrl+Y"))});
    m_actions.at(Command::Quit)->setMenuRole(QAction::QuitRole);
    addHeads();
}

void WindowActions::addHeads()
{
    for (int head = 0; head < HeadKeys; ++head) {
        auto* action = m_heads->addAction(QString());
        action->setShortcut(QKeySequence(QString::number(head + 1)));
    }
    m_heads->addAction(QString())->setShortcut(QKeySequence(QStringLiteral("0")));
    const QList<QAction*> actions = m_heads->actions();
    for (int i = 0; i < actions.size(); ++i) {
        actions[i]->setCheckable(true);
        actions[i]->setData(i);
    }
    nameMaps(MapKind::Head);
}

void WindowActions::nameMaps(MapKind kind)
{
    const MapNames names(kind);
    const QList<QAction*> actions = m_heads->actions();
    for (int head = 0; head < HeadKeys; ++head)
        actions[head]->setText(names.label(head));
    actions[HeadKeys]->setText(MapNames::mean(kind));
    if (m_headMenu)
        m_headMenu->setTitle(kind == MapKind::Head ? tr("He&ad") : MapNames::heading(kind));
}

QList<QAction*> WindowActions::all() const
{
    QList<QAction*> actions;
    for (const Row& row : rows)
        actions << m_actions.at(row.command);
    return actions + m_heads->actions();
}

void WindowActions::fill(QMenuBar* bar, const QList<QAction*>& classActions)
{
    m_exports = new QMenu(tr("&Export"), bar);
    const std::map<Menu, QMenu*> menus{
        {Menu::File, bar->addMenu(tr("&File"))},    {Menu::Export, m_exports},
        {Menu::Edit, bar->addMenu(tr("&Edit"))},    {Menu::View, bar->addMenu(tr("&View"))},
        {Menu::Display, bar->addMenu(tr("&Maps"))}, {Menu::Classes, bar->addMenu(tr("&Classes"))},
        {Menu::Help, bar->addMenu(tr("&Help"))}};
    for (const Row& row : rows) {
        QMenu* menu = menus.at(row.menu);
        if (row.separatorBefore)
            menu->addSeparator();
        menu->addAction(m_actions.at(row.command));
        if (row.command == Command::OpenSample) {
            m_recentCheckpoints = menu->addMenu(tr("Recent c&heckpoints"));
            m_recentPictures = menu->addMenu(tr("Recent p&ictures"));
        }
        if (row.command == Command::OpenSession)
            m_recentSessions = menu->addMenu(tr("&Recent sessions"));
        if (row.command == Command::ForgetClassTable) {
            menu->addSeparator();
            menu->addMenu(m_exports);
        }
        if (row.command == Command::Enlarge) {
            m_workspaces = menu->addMenu(tr("Wor&kspace"));
            m_pages = menu->addMenu(tr("&Views"));
            m_panels = menu->addMenu(tr("Pane&ls"));
        }
        if (row.command == Command::LayerDown)
            m_headMenu = menu->addMenu(tr("He&ad"));
    }
    m_headMenu->addActions(m_heads->actions());
    menus.at(Menu::Classes)->addSeparator();
    menus.at(Menu::Classes)->addActions(classActions);
}

void WindowActions::fill(QToolBar* bar) const
{
    for (const Command command :
         {Command::OpenCheckpoint, Command::OpenPictures, Command::OpenFolder, Command::LoadClassTable})
        bar->addAction(at(command));
    bar->addSeparator();
    for (const Command command : {Command::Undo, Command::Redo})
        bar->addAction(at(command));
    bar->addSeparator();
    for (const Command command : {Command::PreviousPicture, Command::NextPicture, Command::Fit, Command::ActualPixels,
                                  Command::Smooth, Command::LockRange})
        bar->addAction(at(command));
    bar->addSeparator();
    for (const Command command : {Command::CopyFigure, Command::ExportFigure, Command::ExportArrays})
        bar->addAction(at(command));
    bar->addSeparator();
    for (const Command command : {Command::OpenSettings, Command::ShowGlossary})
        bar->addAction(at(command));
}

void WindowActions::setAvailable(const Availability& available, int headCount)
{
    for (const Row& row : rows) {
        QAction* const action = m_actions.at(row.command);
        if (row.needs != Needs::Itself)
            action->setEnabled(isThere(row.needs, available));
        if (row.needs == Needs::Classes || row.needs == Needs::Scores)
            action->setVisible(available.scores || !available.model);
    }
    for (QAction* action : m_heads->actions()) {
        const int head = action->data().toInt();
        const bool isMean = head == HeadKeys;
        action->setEnabled(available.view && (isMean || head < headCount));
        action->setVisible(isMean || head < headCount || headCount == 0);
    }
}

void WindowActions::setHead(int head, int headCount)
{
    const int position = head == headCount ? HeadKeys : head;
    for (QAction* action : m_heads->actions())
        action->setChecked(action->data().toInt() == position);
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <memory>

#include <QMenu>
#include <QObject>

#include "ui/window/subject_menu.h"
#include "ui/window/window_actions.h"

class QAbstractItemView;

namespace ocellus {

class ColourBarWidget;
class ControlsPanel;
class MapTile;
class MatrixView;
class PicturePair;
class RowHeader;
class StateChips;
struct Explanation;

/// What a right click, the menu key or Shift+F10 offers, wherever something lies in the window: pictures and tiles,
/// rows of tables and lists, chips, colour bars and plots.
class ContextMenus : public QObject {
    Q_OBJECT

public:
    /// The parts and `window` must outlive this object.
    ContextMenus(const SubjectMenu::Parts& parts, QWidget* window);

    /// For that place of a widget, as it is now; null where nothing lies, or where text is typed, which has its own.
    std::unique_ptr<QMenu> menuAt(QWidget& widget, QPoint position);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool isOfWindow(const QWidget& widget) const;
    bool fill(QMenu& menu, QWidget& place, QPoint position);
    bool fillTile(QMenu& menu, MapTile& tile);
    bool fillPair(QMenu& menu, PicturePair& pair, QPoint position);
    bool fillRow(QMenu& menu, RowHeader& header);
    bool fillChip(QMenu& menu, StateChips& chips, QPoint position);
    bool fillList(QMenu& menu, QAbstractItemView& list, QPoint position);
    void fillColourBar(QMenu& menu, ColourBarWidget& bar);
    void addPairing(QMenu& menu, const QWidget& place);
    void addControls(QMenu& menu, QWidget& place);
    void addCopy(QMenu& menu, QWidget& place);
    void addFigures(QMenu& menu, QWidget& place);
    void addCommands(QMenu& menu, std::initializer_list<Command> commands);
    MenuSubject subjectOf(const Explanation& explanation) const;

    SubjectMenu::Parts m_parts;
    SubjectMenu m_subjects;
    QWidget* m_window;
    MenuSubject m_before; ///< shown when the right button went down; empty by keyboard
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/context_menus.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QCoreApplication>
#include <QDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMouseEvent>

#include "ui/compare/control_plot_widget.h"
#include "ui/compare/controls_panel.h"
#include "ui/compare/logit_change_plot.h"
#include "ui/document/document.h"
#include "ui/document/key_text.h"
#include "ui/edit_panel/edit_panel.h"
#include "ui/experiment/experiment_results.h"
#include "ui/panels/attention_plot.h"
#include "ui/panels/classes_panel.h"
#include "ui/widgets/colour_bar_widget.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/matrix_grid.h"
#include "ui/widgets/matrix_pair.h"
#include "ui/widgets/matrix_view.h"
#include "ui/widgets/row_header.h"
#include "ui/widgets/similarity_pane.h"
#include "ui/widgets/state_chips.h"
#include "ui/window/drop_target.h"
#include "ui/window/window_docks.h"

namespace ocellus {

namespace {

template <class Widget>
Widget* ancestor(const QWidget& widget)
{
    QWidget* up = widget.parentWidget();
    while (up && !qobject_cast<Widget*>(up))
        up = up->parentWidget();
    return static_cast<Widget*>(up);
}

} // namespace

ContextMenus::ContextMenus(const SubjectMenu::Parts& parts, QWidget* window)
    : QObject(window),
      m_parts(parts),
      m_subjects(parts),
      m_window(window)
{
    ClassesPanel* classes = m_parts.docks.classes();
    auto* compare = new QAction(tr("Co&mpare the selected classes"), this);
    connect(compare, &QAction::triggered, this,
            [this, classes] { m_parts.comparing.compareClasses(classes->selectedClasses()); });
    classes->addToMenu({compare});
    // Tiles come and go with their pages.
    QCoreApplication::instance()->installEventFilter(this);
}

/// Its docks and its second view may be windows of their own.
bool ContextMenus::isOfWindow(const QWidget& widget) const
{
    const QWidget* window = widget.window();
    return window == m_window || (window->parentWidget() == m_window && !qobject_cast<const QDialog*>(window));
}

bool ContextMenus::eventFilter(QObject* watched, QEvent* event)
{
    // A list chooses its row by any button, before it is asked for a menu.
    if (event->type() == QEvent::MouseButtonPress && watched->isWidgetType() &&
        qobject_cast<QAbstractItemView*>(watched->parent()))
        m_before = static_cast<QMouseEvent*>(event)->button() == Qt::RightButton ? m_subjects.shown() : MenuSubject();
    auto* widget = event->type() == QEvent::ContextMenu ? qobject_cast<QWidget*>(watched) : nullptr;
    if (!widget || !isOfWindow(*widget))
        return QObject::eventFilter(watched, event);
    const auto* asked = static_cast<QContextMenuEvent*>(event);
    if (asked->reason() != QContextMenuEvent::Mouse)
        m_before = {};
    std::unique_ptr<QMenu> menu = menuAt(*widget, asked->pos());
    if (!menu)
        return QObject::eventFilter(watched, event);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu.release()->popup(asked->globalPos());
    return true;
}

std::unique_ptr<QMenu> ContextMenus::menuAt(QWidget& widget, QPoint position)
{
    auto menu = std::make_unique<QMenu>(m_window);
    menu->setToolTipsVisible(true);
    for (QWidget* place = &widget; place && !place->isWindow(); place = place->parentWidget()) {
        if (place->testAttribute(Qt::WA_InputMethodEnabled) && !qobject_cast<QAbstractItemView*>(place))
            return nullptr;
        if (qobject_cast<QHeaderView*>(place))
            return nullptr;
        if (fill(*menu, *place, position))
            return menu->isEmpty() ? nullptr : std::move(menu);
        position = place->mapToParent(position);
    }
    return nullptr;
}

/// Whether the place is one of those that have a menu, be it empty.
bool ContextMenus::fill(QMenu& menu, QWidget& place, QPoint position)
{
    if (auto* tile = qobject_cast<MapTile*>(&place))
        return fillTile(menu, *tile);
    if (auto* pair = qobject_cast<PicturePair*>(&place))
        return fillPair(menu, *pair, position);
    if (auto* header = qobject_cast<RowHeader*>(&place))
        return fillRow(menu, *header);
    if (auto* chips = qobject_cast<StateChips*>(&place))
        return fillChip(menu, *chips, position);
    if (auto* bar = qobject_cast<ColourBarWidget*>(&place)) {
        fillColourBar(menu, *bar);
        return true;
    }
    if (qobject_cast<SimilarityPane*>(&place)) {
        addFigures(menu, place);
        addCommands(menu, {Command::ExportMapsCsv, Command::ExportArrays});
        return true;
    }
    if (const auto* plot = qobject_cast<LogitChangePlot*>(&place)) {
        m_subjects.fill(menu, {{}, plot->classAt(position), {}});
        addCopy(menu, place);
        return true;
    }
    if (qobject_cast<ControlPlotWidget*>(&place) || qobject_cast<AttentionPlot*>(&place)) {
        addControls(menu, place);
        addCopy(menu, place);
        return true;
    }
    if (auto* list = qobject_cast<QAbstractItemView*>(place.parentWidget()); list && list->viewport() == &place)
        return fillList(menu, *list, position);
    // The menu key asks the list itself.
    if (auto* list = qobject_cast<QAbstractItemView*>(&place))
        return fillList(menu, *list, list->visualRect(list->currentIndex()).center());
    return false;
}

MenuSubject ContextMenus::subjectOf(const Explanation& explanation) const
{
    MenuSubject subject;
    subject.picture = m_subjects.pictureNamed(explanation.pictureName);
    if (!explanation.isEmpty() && isOfModel(explanation.modelHash, m_parts.document.model()))
        subject.classIndex = explanation.classIndex;
    return subject;
}

void ContextMenus::addCommands(QMenu& menu, std::initializer_list<Command> commands)
{
    for (const Command command : commands)
        menu.addAction(m_parts.actions.at(command));
}

bool ContextMenus::fillTile(QMenu& menu, MapTile& tile)
{
    if (tile.explanation().picture.isNull())
        return true;
    if (!qobject_cast<ImageView*>(&tile))
        addCommands(menu, {Command::Enlarge});
    addCommands(menu, {Command::Fit, Command::ActualPixels});
    addPairing(menu, tile);
    MenuSubject subject = subjectOf(tile.explanation());
    if (subject.classIndex && tile.head() >= 0)
        subject.head = tile.head();
    m_subjects.fill(menu, subject);
    addFigures(menu, tile);
    return true;
}

bool ContextMenus::fillPair(QMenu& menu, PicturePair& pair, QPoint position)
{
    const Explanation* shown = pair.explanationAt(position);
    if (!shown)
        return true;
    menu.addAction(m_parts.actions.at(Command::Fit)->text(), &pair, &PicturePair::fit);
    menu.addAction(m_parts.actions.at(Command::ActualPixels)->text(), &pair, &PicturePair::showActualPixels);
    if (auto* view = ancestor<MatrixView>(pair))
        menu.addAction(tr("Back to the &tiles"), view, &MatrixView::showTiles);
    m_subjects.fill(menu, subjectOf(*shown));
    addFigures(menu, pair);
    return true;
}

/// Two tiles of a table in one place.
void ContextMenus::addPairing(QMenu& menu, const QWidget& place)
{
    auto* view = ancestor<MatrixView>(place);
    if (!view || !view->canPair())
        return;
    menu.addAction(tr("S&wipe against another"), view, [view] { view->showPair(PicturePair::Arrangement::Swipe); });
    menu.addAction(tr("&Blink with another"), view, [view] { view->showPair(PicturePair::Arrangement::Blink); });
}

/// Of a table: what all its maps are about.
bool ContextMenus::fillRow(QMenu& menu, RowHeader& header)
{
    const auto* grid = ancestor<MatrixGrid>(header);
    if (!grid)
        return false;
    const std::vector<MatrixRow>& rows = grid->matrix().rows;
    for (std::size_t row = 0; row < rows.size(); ++row)
        if (grid->rowHeader(static_cast<int>(row)) == &header)
            for (const MatrixCell& cell : rows[row].cells)
                if (cell.explanation) {
                    if (!cell.isDifference())
                        m_subjects.fill(menu, subjectOf(*cell.explanation));
                    addFigures(menu, header);
                    return true;
                }
    return true;
}

bool ContextMenus::fillChip(QMenu& menu, StateChips& chips, QPoint position)
{
    if (const StateChip* chip = chips.chipAt(position); chip && chip->isRemovable) {
        QAction* off = menu.addAction(tr("&Switch off: %1").arg(QString(chip->text).replace('&', QLatin1String("&&"))),
                                      &chips, [&chips, id = chip->id] { emit chips.removed(id); });
        off->setEnabled(!chip->isLeaving);
    }
    QStringList removable;
    for (const StateChip& chip : chips.chips())
        if (chip.isRemovable && !chip.isLeaving)
            removable << chip.id;
    if (removable.size() > 1)
        menu.addAction(tr("Switch &all off"), &chips, [&chips, removable] {
            for (const QString& id : removable)
                emit chips.removed(id);
        });
    return true;
}

bool ContextMenus::fillList(QMenu& menu, QAbstractItemView& list, QPoint position)
{
    menu.addActions(list.actions());
    m_subjects.fill(menu, ocellus::subjectOf(list.indexAt(position)), m_before);
    if (auto* results = ancestor<ExperimentResults>(list); results && results->canApply())
        menu.addAction(tr("&Apply this edit to it"), results, &ExperimentResults::applyRequested);
    if (list.actions().isEmpty() && ancestor<EditPanel>(list))
        addCommands(menu, {Command::Undo, Command::Redo, Command::DeleteEdit, Command::CopyEdits, Command::PasteEdits,
                           Command::ResetEdits});
    if (ancestor<ControlsPanel>(list))
        addControls(menu, list);
    return true;
}

void ContextMenus::fillColourBar(QMenu& menu, ColourBarWidget& bar)
{
    menu.addAction(m_parts.actions.at(Command::ShowDisplay)->text(), &bar, &ColourBarWidget::displayRequested);
    addCommands(menu, {Command::LockRange, Command::StretchEach, Command::Smooth, Command::Contour});
    addFigures(menu, bar);
}

void ContextMenus::addControls(QMenu& menu, QWidget& place)
{
    if (auto* panel = ancestor<ControlsPanel>(place); panel && !panel->result().isEmpty()) {
        menu.addAction(tr("E&xport as CSV…"), panel, &ControlsPanel::exportTable);
        menu.addAction(tr("Export fi&gure…"), panel, &ControlsPanel::exportFigure);
    }
}

void ContextMenus::addCopy(QMenu& menu, QWidget& place)
{
    menu.addSeparator();
    menu.addAction(tr("Copy this as a &picture"), &place,
                   [&place] { QGuiApplication::clipboard()->setPixmap(place.grab()); });
}

/// Those of what the page shows.
void ContextMenus::addFigures(QMenu& menu, QWidget& place)
{
    addCopy(menu, place);
    addCommands(menu, {Command::CopyFigure, Command::ExportFigure, Command::FigureForPaper});
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prediction/prediction_table_view.h"

#include <algorithm>

#include <QHeaderView>
#include <QKeyEvent>

#include "ui/prediction/prediction_table_model.h"

namespace ocellus {

PredictionTableView::PredictionTableView(QWidget* parent) : QTableView(parent)
{
    setAccessibleName(tr("Predictions"));
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::AnyKeyPressed);
    setTabKeyNavigation(false);
    setSortingEnabled(true);
    setWordWrap(false);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
}

/// A letter or a number, with which a name can begin.
bool PredictionTableView::isTyped(const QKeyEvent& event)
{
    return !event.text().isEmpty() && event.text().at(0).isLetterOrNumber() &&
           !(event.modifiers() & (Qt::ControlModifier | Qt::AltModifier));
}

bool PredictionTableView::takes(const QKeyEvent& event) const
{
    constexpr int keys[]{Qt::Key_Return, Qt::Key_Enter, Qt::Key_Delete, Qt::Key_Backspace, Qt::Key_Space};
    return currentIndex().isValid() && (isTyped(event) || event.matches(QKeySequence::Undo) ||
                                        std::ranges::find(keys, event.key()) != std::end(keys));
}

/// Letters are tools' keys elsewhere in the window.
bool PredictionTableView::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && takes(*static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    return QTableView::event(event);
}

void PredictionTableView::keyPressEvent(QKeyEvent* event)
{
    const bool isEditing = state() == QAbstractItemView::EditingState;
    if (isEditing || !currentIndex().isValid()) {
        QTableView::keyPressEvent(event);
        return;
    }
    if (event->matches(QKeySequence::Undo)) {
        emit undoRequested();
        return;
    }
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter: emit confirmRequested(); return;
    case Qt::Key_Delete:
    case Qt::Key_Backspace: emit takeBackRequested(); return;
    case Qt::Key_Space: emit mapsRequested(); return;
    default: break;
    }
    const QModelIndex species = currentIndex().siblingAtColumn(PredictionTableModel::Species);
    // What is typed takes the place of what is there, since it is all selected.
    if (isTyped(*event) && edit(species, QAbstractItemView::AnyKeyPressed, event))
        return;
    if (event->key() == Qt::Key_F2) {
        edit(species);
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prediction/prediction_table_view.h"

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
    const bool isTyped = !event->text().isEmpty() && event->text().at(0).isLetterOrNumber() &&
                         !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier));
    // What is typed takes the place of what is there, since it is all selected.
    if (isTyped && edit(species, QAbstractItemView::AnyKeyPressed, event))
        return;
    if (event->key() == Qt::Key_F2) {
        edit(species);
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace ocellus

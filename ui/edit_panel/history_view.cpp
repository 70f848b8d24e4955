// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit_panel/history_view.h"

#include <QItemSelectionModel>

#include "ui/document/intervention_steps.h"
#include "ui/document/picture_editor.h"
#include "ui/edit_panel/history_model.h"

namespace ocellus {

HistoryView::HistoryView(PictureEditor& editor, InterventionSteps& interventions, QWidget* parent)
    : QListView(parent),
      m_model(new HistoryModel(editor, interventions, this))
{
    setModel(m_model);
    setAccessibleName(tr("Steps"));
    setToolTip(tr("Choose a step to undo all that came after it, or to redo all up to it"));
    setUniformItemSizes(true);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        // Rows that go take the current one with them: what is chosen then is no choice of the user's.
        if (!current.isValid() || m_model->isUpdating())
            return;
        m_model->goTo(current.row());
        follow();
    });
    connect(&editor, &PictureEditor::changed, this, &HistoryView::follow);
    connect(&interventions, &InterventionSteps::changed, this, &HistoryView::follow);
    follow();
}

void HistoryView::follow()
{
    setCurrentIndex(m_model->index(m_model->currentRow()));
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit_panel/edit_list_panel.h"

#include <algorithm>

#include <QAction>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QListView>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/document/edit_name.h"
#include "ui/document/picture_editor.h"
#include "ui/edit_panel/edit_list_model.h"

namespace ocellus {

namespace {

constexpr int RowMargins = 6;
constexpr int RowsShown = 3; // of two lines; more scroll

} // namespace

EditListPanel::EditListPanel(PictureEditor& editor, QWidget* parent)
    : QWidget(parent),
      m_editor(editor),
      m_model(new EditListModel(editor, this)),
      m_view(new QListView),
      m_empty(new QLabel(tr("No edits yet. Select a region with a tool, then choose what to do with it."))),
      m_pages(new QStackedLayout)
{
    m_view->setModel(m_model);
    m_view->setAccessibleName(tr("Edits"));
    m_view->setDragDropMode(QAbstractItemView::InternalMove);
    m_view->setDefaultDropAction(Qt::MoveAction);
    m_view->setEditTriggers(QAbstractItemView::DoubleClicked);
    connect(m_view, &QListView::activated, m_view, qOverload<const QModelIndex&>(&QListView::edit)); // with Return
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    const int side = m_view->fontMetrics().lineSpacing();
    m_view->setIconSize({side, side});
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    // As high with one edit as with many: nothing below it moves under the mouse.
    const int height = RowsShown * (2 * side + RowMargins) + 2 * m_view->frameWidth();
    m_view->setFixedHeight(height);
    m_empty->setFixedHeight(height);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(buildButtons());
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_view);
    layout->addLayout(m_pages);

    auto* erase = new QAction(tr("Delete"), m_view);
    erase->setShortcut(QKeySequence::Delete);
    erase->setShortcutContext(Qt::WidgetShortcut);
    connect(erase, &QAction::triggered, this, &EditListPanel::erase);
    m_view->addAction(erase);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &EditListPanel::choose);
    connect(&editor, &PictureEditor::changed, this, &EditListPanel::follow);
    connect(&editor, &PictureEditor::selectedEditChanged, this, &EditListPanel::follow);
    follow();
}

QToolButton* EditListPanel::addButton(const QString& text, const QString& toolTip, void (EditListPanel::*slot)())
{
    auto* button = new QToolButton;
    button->setText(text);
    button->setAccessibleName(toolTip);
    button->setToolTip(toolTip);
    button->setFocusPolicy(Qt::StrongFocus);
    connect(button, &QToolButton::clicked, this, slot);
    return button;
}

QWidget* EditListPanel::buildButtons()
{
    m_up = addButton({}, tr("Do it earlier"), &EditListPanel::moveUp);
    m_up->setArrowType(Qt::UpArrow);
    m_down = addButton({}, tr("Do it later"), &EditListPanel::moveDown);
    m_down->setArrowType(Qt::DownArrow);
    m_duplicate = addButton(tr("Duplicate"), tr("Do the same again, after it"), &EditListPanel::duplicate);
    m_erase = addButton(tr("Delete"), tr("Delete the edit"), &EditListPanel::erase);
    auto* buttons = new QWidget;
    auto* row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    auto* heading = new QLabel(tr("Edits"));
    QFont bold = heading->font();
    bold.setBold(true);
    heading->setFont(bold);
    row->addWidget(heading, 1);
    row->addWidget(m_up);
    row->addWidget(m_down);
    row->addWidget(m_duplicate);
    row->addWidget(m_erase);
    return buttons;
}

void EditListPanel::follow()
{
    const int selected = m_editor.selectedEdit();
    const int count = m_model->rowCount();
    const QModelIndex current = m_model->index(selected);
    if (current.isValid())
        m_view->setCurrentIndex(current);
    else
        m_view->selectionModel()->clear();
    m_up->setEnabled(selected > 0);
    m_down->setEnabled(selected >= 0 && selected + 1 < count);
    m_duplicate->setEnabled(selected >= 0);
    m_erase->setEnabled(selected >= 0);
    m_pages->setCurrentIndex(count == 0 ? 0 : 1);
}

void EditListPanel::choose()
{
    if (m_model->isUpdating())
        return;
    const QModelIndexList chosen = m_view->selectionModel()->selectedIndexes();
    m_editor.selectEdit(chosen.isEmpty() ? -1 : chosen.first().row());
}

void EditListPanel::moveBy(int rows)
{
    const int from = m_editor.selectedEdit();
    const int to = from + rows;
    if (from >= 0 && to >= 0 && to < m_model->rowCount())
        m_editor.moveEdit(static_cast<std::size_t>(from), static_cast<std::size_t>(to));
}

void EditListPanel::duplicate()
{
    const int selected = m_editor.selectedEdit();
    if (selected < 0)
        return;
    const std::size_t after = static_cast<std::size_t>(selected) + 1;
    const Edit& edit = m_editor.state().edits[after - 1];
    m_editor.perform({tr("Duplicate “%1”").arg(shownName(edit.name)).toStdString(), {InsertEdit{after, edit}}});
    m_editor.selectEdit(selected + 1);
}

void EditListPanel::erase()
{
    const int selected = m_editor.selectedEdit();
    if (selected >= 0)
        m_editor.eraseEdit(static_cast<std::size_t>(selected));
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prediction/species_delegate.h"

#include <QCompleter>
#include <QLineEdit>

namespace ocellus {

QWidget* SpeciesDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex&) const
{
    auto* editor = new QLineEdit(parent);
    editor->setAccessibleName(tr("Species"));
    editor->setPlaceholderText(tr("Type a species"));
    editor->setFrame(false);
    auto* completer = new QCompleter(m_names, editor);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    editor->setCompleter(completer);
    return editor;
}

void SpeciesDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const
{
    QStyledItemDelegate::setEditorData(editor, index);
    static_cast<QLineEdit*>(editor)->selectAll();
}

void SpeciesDelegate::setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const
{
    if (static_cast<QLineEdit*>(editor)->text() != index.data(Qt::EditRole).toString())
        QStyledItemDelegate::setModelData(editor, model, index);
}

} // namespace ocellus

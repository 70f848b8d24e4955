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

/// Half a name is the one species that it is of; of several it is none. What is of no species is another one.
QString SpeciesDelegate::meant(const QString& typed) const
{
    QStringList fitting;
    for (const QString& name : m_names) {
        if (name.compare(typed, Qt::CaseInsensitive) == 0)
            return name;
        if (name.contains(typed, Qt::CaseInsensitive))
            fitting << name;
    }
    return fitting.isEmpty() ? typed : fitting.size() == 1 ? fitting.first() : QString();
}

void SpeciesDelegate::setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const
{
    const QString name = meant(static_cast<QLineEdit*>(editor)->text().trimmed());
    if (!name.isEmpty() && name != index.data(Qt::EditRole).toString())
        model->setData(index, name, Qt::EditRole);
}

} // namespace ocellus

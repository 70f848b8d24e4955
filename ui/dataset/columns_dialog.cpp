// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/columns_dialog.h"

#include <algorithm>

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "core/data/csv_reader.h"
#include "core/dataset/unclear_table.h"
#include "ui/engine/paths.h"
#include "ui/widgets/plain_label.h"

namespace ocellus {

ColumnsDialog::ColumnsDialog(const UnclearTable& table, QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Columns of the table"));
    m_pictures = makeChoice(table, table.guess().picture, tr("Column of the pictures"));
    m_species = makeChoice(table, table.guess().className, tr("Column of the species"));
    auto* words = plainLabel(this);
    words->setText(tr("The headings of %1 do not tell which column is which. A picture is named by its file, its path "
                      "or its address.")
                       .arg(toQString(table.table().filename())));
    auto* form = new QFormLayout;
    form->addRow(tr("&Picture:"), m_pictures);
    form->addRow(tr("&Species:"), m_species);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_open = buttons->addButton(tr("&Open"), QDialogButtonBox::AcceptRole);
    m_open->setDefault(true);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    for (QComboBox* choice : {m_pictures, m_species})
        connect(choice, &QComboBox::currentIndexChanged, this, &ColumnsDialog::followChoices);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(words);
    layout->addLayout(form);
    layout->addWidget(makePreview(table), 1);
    layout->addWidget(buttons);
    resize(720, 380);
    followChoices();
}

TableColumns ColumnsDialog::columns() const
{
    TableColumns chosen;
    chosen.picture = m_pictures->currentText().toStdString();
    chosen.className = m_species->currentText().toStdString();
    return chosen;
}

/// Headings that a choice by name can mean: neither empty nor there twice.
QComboBox* ColumnsDialog::makeChoice(const UnclearTable& table, const std::string& guess, const QString& name)
{
    auto* choice = new QComboBox(this);
    choice->setAccessibleName(name);
    choice->setPlaceholderText(tr("Choose a column"));
    choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    const std::vector<std::string>& headings = table.preview().headings;
    int likely = -1;
    for (const std::string& heading : headings) {
        const auto isSame = [&heading](const std::string& other) { return headingKey(other) == headingKey(heading); };
        if (headingKey(heading).empty() || std::ranges::count_if(headings, isSame) > 1)
            continue;
        if (!guess.empty() && isSame(guess))
            likely = choice->count();
        choice->addItem(QString::fromStdString(heading));
    }
    choice->setCurrentIndex(likely);
    return choice;
}

QWidget* ColumnsDialog::makePreview(const UnclearTable& table)
{
    const CsvPreview& preview = table.preview();
    auto* view =
        new QTableWidget(static_cast<int>(preview.rows.size()), static_cast<int>(preview.headings.size()), this);
    view->setAccessibleName(tr("First lines of the table"));
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setSelectionMode(QAbstractItemView::NoSelection);
    view->setTabKeyNavigation(false);
    view->verticalHeader()->hide();
    for (int column = 0; column < view->columnCount(); ++column) {
        const auto place = static_cast<std::size_t>(column);
        view->setHorizontalHeaderItem(column, new QTableWidgetItem(QString::fromStdString(preview.headings[place])));
        for (int row = 0; row < view->rowCount(); ++row)
            view->setItem(
                row, column,
                new QTableWidgetItem(QString::fromStdString(preview.rows[static_cast<std::size_t>(row)][place])));
    }
    view->horizontalHeader()->setMaximumSectionSize(260);
    view->resizeColumnsToContents();
    return view;
}

void ColumnsDialog::followChoices()
{
    m_open->setEnabled(m_pictures->currentIndex() >= 0 && m_species->currentIndex() >= 0 &&
                       m_pictures->currentIndex() != m_species->currentIndex());
}

} // namespace ocellus

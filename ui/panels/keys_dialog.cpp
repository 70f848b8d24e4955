// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/keys_dialog.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTableWidget>
#include <QVBoxLayout>

namespace ocellus {

namespace {

/// "&Open\u2026" -> "Open"; a doubled & is a real one.
QString plainText(const QString& actionText)
{
    QString text;
    for (qsizetype i = 0; i < actionText.size(); ++i) {
        if (actionText[i] == QLatin1Char('&') && ++i == actionText.size())
            break;
        text += actionText[i];
    }
    while (text.endsWith(QChar(0x2026)) || text.endsWith(QLatin1Char('.')))
        text.chop(1);
    return text;
}

} // namespace

KeysDialog::KeysDialog(const QList<QAction*>& actions, const QList<Gesture>& gestures, QWidget* parent)
    : QDialog(parent),
      m_table(new QTableWidget(0, 2))
{
    setWindowTitle(tr("Keys"));
    resize(520, 560);
    m_table->setAccessibleName(tr("Keys and what they do"));
    m_table->setHorizontalHeaderLabels({tr("Keys"), tr("What they do")});
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_table->verticalHeader()->hide();
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    for (const QAction* action : actions) {
        QStringList keys;
        for (const QKeySequence& shortcut : action->shortcuts())
            keys << shortcut.toString(QKeySequence::NativeText);
        if (!keys.isEmpty() && !action->text().isEmpty())
            addRow(keys.join(tr(" or ")), plainText(action->text()));
    }
    for (const Gesture& gesture : gestures)
        addRow(gesture.keys, gesture.what);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_table, 1);
    layout->addWidget(buttons);
}

void KeysDialog::addRow(const QString& keys, const QString& what)
{
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    m_table->setItem(row, 0, new QTableWidgetItem(keys));
    m_table->setItem(row, 1, new QTableWidgetItem(what));
}

} // namespace ocellus

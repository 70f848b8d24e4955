// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/lost_work_dialog.h"

#include <chrono>
#include <utility>

#include <QDateTime>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "ui/engine/paths.h"

namespace ocellus {

namespace {

QDateTime localTime(std::filesystem::file_time_type time)
{
    const auto system = std::chrono::file_clock::to_sys(time);
    return QDateTime::fromMSecsSinceEpoch(
        std::chrono::duration_cast<std::chrono::milliseconds>(system.time_since_epoch()).count());
}

/// Edits, and classes from which something was taken away by hand.
qsizetype changeCount(const Session& session)
{
    qsizetype count = 0;
    for (const SessionPicture& picture : session.pictures)
        count += static_cast<qsizetype>(picture.edits.edits.size() + picture.byHand.size());
    return count;
}

/// Empty where all of it is there.
QString damageOf(const ReplayedJournal& journal)
{
    if (journal.damaged == 0)
        return {};
    return LostWorkDialog::tr("%n record(s) of it are damaged.", nullptr, static_cast<int>(journal.damaged)) +
           QLatin1Char(' ') +
           LostWorkDialog::tr("%n edit(s) or mask(s) are missing because of that.", nullptr,
                              static_cast<int>(journal.lostEdits));
}

} // namespace

LostWorkDialog::LostWorkDialog(std::vector<LostWork> work, Kind kind, QWidget* parent)
    : QDialog(parent),
      m_work(std::move(work)),
      m_kind(kind),
      m_list(new QTreeWidget(this))
{
    const bool isLost = kind == Kind::Lost;
    setWindowTitle(isLost ? tr("Unsaved work") : tr("Discarded work"));
    auto* text = new QLabel(this);
    text->setText(isLost ? tr("Ocellus ended without saving this work. What was done up to its end is here. What you "
                              "discard can be had back from File > Discarded work.")
                         : tr("This work was discarded. It can be restored until it is deleted."));
    text->setWordWrap(true);
    fillList();
    auto* buttons = new QDialogButtonBox(this);
    addButtons(*buttons);
    connect(m_list, &QTreeWidget::itemActivated, this, &LostWorkDialog::restoreChosen);
    connect(m_list, &QTreeWidget::itemSelectionChanged, this, &LostWorkDialog::updateButtons);
    updateButtons();

    auto* layout = new QVBoxLayout(this);
    layout->addWidget(text);
    layout->addWidget(m_list, 1);
    layout->addWidget(buttons);
    resize(640, 300);
}

void LostWorkDialog::fillList()
{
    m_list->setHeaderLabels({tr("Last change"), tr("Pictures"), tr("Changes"), tr("Session")});
    m_list->setAccessibleName(tr("Work to be restored"));
    m_list->setRootIsDecorated(false);
    for (const LostWork& lost : m_work) {
        const ReplayedJournal& content = lost.content();
        auto* item = new QTreeWidgetItem(m_list);
        item->setText(0, QLocale().toString(localTime(lost.lastChange()), QLocale::ShortFormat));
        item->setText(1, QLocale().toString(static_cast<qulonglong>(content.session.pictures.size())));
        item->setText(2, QLocale().toString(static_cast<qlonglong>(changeCount(content.session))));
        item->setText(3, content.sessionFile.empty() ? tr("never saved") : toQString(content.sessionFile.filename()));
        if (const QString damage = damageOf(content); !damage.isEmpty()) {
            item->setText(3, item->text(3) + QStringLiteral(". ") + damage);
            item->setToolTip(3, damage);
        }
    }
    for (int column = 0; column < 3; ++column)
        m_list->resizeColumnToContents(column);
    m_list->setCurrentItem(m_list->topLevelItem(0));
}

void LostWorkDialog::addButtons(QDialogButtonBox& buttons)
{
    const bool isLost = m_kind == Kind::Lost;
    m_restore = buttons.addButton(tr("&Restore"), QDialogButtonBox::ActionRole);
    m_remove = buttons.addButton(isLost ? tr("&Discard") : tr("&Delete all…"), QDialogButtonBox::DestructiveRole);
    buttons.addButton(isLost ? tr("&Later") : tr("&Close"), QDialogButtonBox::RejectRole);
    m_restore->setDefault(true);
    m_remove->setAutoDefault(false);
    connect(m_restore, &QPushButton::clicked, this, &LostWorkDialog::restoreChosen);
    connect(m_remove, &QPushButton::clicked, this,
            isLost ? &LostWorkDialog::discardChosen : &LostWorkDialog::askToDelete);
    connect(&buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

int LostWorkDialog::chosen() const
{
    const QList<QTreeWidgetItem*> items = m_list->selectedItems();
    return items.isEmpty() ? -1 : m_list->indexOfTopLevelItem(items.first());
}

void LostWorkDialog::updateButtons()
{
    m_restore->setEnabled(chosen() >= 0);
    m_remove->setEnabled(m_kind == Kind::Lost ? chosen() >= 0 : !m_work.empty());
}

void LostWorkDialog::restoreChosen()
{
    if (chosen() < 0)
        return;
    const LostWork work = m_work.at(static_cast<std::size_t>(chosen()));
    accept();
    emit restorationWanted(work);
}

void LostWorkDialog::discardChosen()
{
    const int row = chosen();
    if (row < 0)
        return;
    const LostWork work = m_work.at(static_cast<std::size_t>(row));
    m_work.erase(m_work.begin() + row);
    delete m_list->takeTopLevelItem(row);
    // A second click must not find the next one chosen.
    m_list->setCurrentItem(nullptr);
    m_list->setFocus();
    updateButtons();
    emit discardingWanted(work);
    if (m_work.empty())
        accept();
}

void LostWorkDialog::askToDelete()
{
    auto* question = new QMessageBox(QMessageBox::Warning, windowTitle(),
                                     tr("Delete all %n of them for good?", nullptr, static_cast<int>(m_work.size())),
                                     QMessageBox::Cancel, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* remove = question->addButton(tr("&Delete"), QMessageBox::DestructiveRole);
    question->setDefaultButton(QMessageBox::Cancel);
    connect(question, &QMessageBox::buttonClicked, this, [this, remove](QAbstractButton* button) {
        if (button == remove)
            deleteAll();
    });
    question->open();
}

void LostWorkDialog::deleteAll()
{
    for (LostWork& work : m_work)
        work.discard();
    m_work.clear();
    accept();
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/lost_work_dialog.h"

#include <chrono>
#include <utility>

#include <QDateTime>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
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

qsizetype editCount(const Session& session)
{
    qsizetype count = 0;
    for (const SessionPicture& picture : session.pictures)
        count += static_cast<qsizetype>(picture.edits.edits.size());
    return count;
}

} // namespace

LostWorkDialog::LostWorkDialog(std::vector<LostWork> work, QWidget* parent)
    : QDialog(parent),
      m_work(std::move(work)),
      m_list(new QTreeWidget(this))
{
    setWindowTitle(tr("Unsaved Work"));
    auto* text = new QLabel(tr("Ocellus ended without saving this work. What was done up to its end is here."), this);
    text->setWordWrap(true);
    m_list->setHeaderLabels({tr("Last change"), tr("Pictures"), tr("Edits"), tr("Session")});
    m_list->setAccessibleName(tr("Unsaved work"));
    m_list->setRootIsDecorated(false);
    for (const LostWork& lost : m_work) {
        const ReplayedJournal& content = lost.content();
        auto* item = new QTreeWidgetItem(m_list);
        item->setText(0, QLocale().toString(localTime(lost.lastChange()), QLocale::ShortFormat));
        item->setText(1, QLocale().toString(static_cast<qulonglong>(content.session.pictures.size())));
        item->setText(2, QLocale().toString(static_cast<qlonglong>(editCount(content.session))));
        item->setText(3, content.sessionFile.empty() ? tr("never saved") : toQString(content.sessionFile.filename()));
    }
    for (int column = 0; column < 3; ++column)
        m_list->resizeColumnToContents(column);
    m_list->setCurrentItem(m_list->topLevelItem(0));

    auto* buttons = new QDialogButtonBox(this);
    QPushButton* restore = buttons->addButton(tr("&Restore"), QDialogButtonBox::ActionRole);
    QPushButton* discard = buttons->addButton(tr("&Discard"), QDialogButtonBox::DestructiveRole);
    buttons->addButton(tr("&Later"), QDialogButtonBox::RejectRole);
    restore->setDefault(true);
    connect(restore, &QPushButton::clicked, this, &LostWorkDialog::restoreChosen);
    connect(discard, &QPushButton::clicked, this, &LostWorkDialog::discardChosen);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &QTreeWidget::itemActivated, this, &LostWorkDialog::restoreChosen);

    auto* layout = new QVBoxLayout(this);
    layout->addWidget(text);
    layout->addWidget(m_list, 1);
    layout->addWidget(buttons);
    resize(560, 280);
}

int LostWorkDialog::chosen() const
{
    return m_list->indexOfTopLevelItem(m_list->currentItem());
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
    m_work.at(static_cast<std::size_t>(row)).discard();
    m_work.erase(m_work.begin() + row);
    delete m_list->takeTopLevelItem(row);
    if (m_work.empty())
        accept();
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/missing_files_dialog.h"

#include <algorithm>

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "ui/engine/paths.h"

namespace ocellus {

MissingFilesDialog::MissingFilesDialog(QWidget* parent)
    : QDialog(parent),
      m_summary(new QLabel(this)),
      m_files(new QTreeWidget(this))
{
    setWindowTitle(tr("Files of the session"));
    m_summary->setWordWrap(true);
    m_files->setHeaderLabels({tr("File"), tr("State"), tr("Was in")});
    m_files->setAccessibleName(tr("Files that are missing or have changed"));
    m_files->setRootIsDecorated(false);
    m_files->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_look = buttons->addButton(tr("&Look in a folder…"), QDialogButtonBox::ActionRole);
    m_look->setDefault(true);
    m_without = buttons->addButton(tr("&Open without them"), QDialogButtonBox::ActionRole);
    connect(m_look, &QPushButton::clicked, this, &MissingFilesDialog::folderWanted);
    connect(m_without, &QPushButton::clicked, this, &MissingFilesDialog::openingWithoutWanted);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_summary);
    layout->addWidget(m_files, 1);
    layout->addWidget(buttons);
    resize(640, 360);
}

void MissingFilesDialog::setLookedIn(const QString& folder)
{
    m_lookedIn = folder;
    m_summary->setText(tr("Looking below %1 …").arg(folder));
    for (QPushButton* button : {m_look, m_without}) // one after the other
        button->setEnabled(false);
}

void MissingFilesDialog::setFiles(const std::vector<SessionFile>& files)
{
    const int before = m_files->topLevelItemCount();
    m_files->clear();
    bool modelIsGone = false;
    for (const SessionFile& file : files) {
        if (file.state == FileState::Found)
            continue;
        modelIsGone = modelIsGone || file.what == "model";
        auto* item = new QTreeWidgetItem(m_files);
        item->setText(0, toQString(file.file.path.filename()));
        item->setText(1, file.state == FileState::Missing ? tr("missing") : tr("changed"));
        item->setText(2, toQString(file.file.path.parent_path()));
        item->setToolTip(0, toQString(file.file.path));
        item->setToolTip(2, item->text(2));
    }
    const int count = m_files->topLevelItemCount();
    QString text = tr("%n file(s) of the session are not where they were, or hold something else now. Name a folder "
                      "that has them: all that lie anywhere below it under their own names are taken, each only with "
                      "the content it had.",
                      nullptr, count);
    if (!m_lookedIn.isEmpty())
        text.prepend(
            tr("Found below %1: %2 of %n file(s). The others are not there, or hold something else.", nullptr, before)
                .arg(m_lookedIn)
                .arg(std::max(before - count, 0)) +
            QLatin1Char(' '));
    if (modelIsGone)
        text += QLatin1Char(' ') + tr("Without its model the session cannot be opened.");
    else
        text += QLatin1Char(' ') + tr("What it is opened without stays in the session, unseen.");
    m_summary->setText(text);
    m_look->setEnabled(true);
    m_without->setEnabled(!modelIsGone);
}

} // namespace ocellus

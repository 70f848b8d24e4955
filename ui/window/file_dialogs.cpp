// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/file_dialogs.h"

#include <QFileDialog>

namespace ocellus {

void askWithDialog(QWidget* parent, const FileQuestion& question, std::function<void(const QStringList&)> answer)
{
    auto* dialog = new QFileDialog(parent, question.title, question.folder, question.filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    switch (question.kind) {
    case FileQuestion::Kind::OpenFile: dialog->setFileMode(QFileDialog::ExistingFile); break;
    case FileQuestion::Kind::OpenFiles: dialog->setFileMode(QFileDialog::ExistingFiles); break;
    case FileQuestion::Kind::OpenFolder: dialog->setFileMode(QFileDialog::Directory); break;
    case FileQuestion::Kind::Save:
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->selectFile(question.proposedName);
        break;
    }
    QObject::connect(dialog, &QFileDialog::filesSelected, parent, std::move(answer));
    dialog->open();
}

} // namespace ocellus

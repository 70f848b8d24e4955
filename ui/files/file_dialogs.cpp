// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/file_dialogs.h"

#include <QAbstractItemView>
#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QRegularExpression>
#include <QShortcut>
#include <QStandardPaths>

namespace ocellus {

namespace {

/// Qt's dialog deletes, renames and moves files; a key that was meant for the window must not. What a dialog of the
/// desktop's own would do is not for us to say, so that Qt's is always the one.
void makeHarmless(QFileDialog& dialog)
{
    dialog.setOption(QFileDialog::DontUseNativeDialog);
    if (dialog.acceptMode() == QFileDialog::AcceptOpen)
        dialog.setOption(QFileDialog::ReadOnly);
    // Read-only would forbid new folders too, for which a dialog that saves has its button.
    for (QAction* action : dialog.findChildren<QAction*>())
        if (action->objectName() == QLatin1String("qt_delete_action") ||
            action->objectName() == QLatin1String("qt_rename_action"))
            action->setShortcuts(QList<QKeySequence>());
    for (QShortcut* shortcut : dialog.findChildren<QShortcut*>())
        if (shortcut->key() == QKeySequence(Qt::Key_Delete))
            shortcut->setEnabled(false);
    for (QAbstractItemView* view : dialog.findChildren<QAbstractItemView*>()) {
        view->setEditTriggers(QAbstractItemView::NoEditTriggers);
        view->setDragDropMode(QAbstractItemView::NoDragDrop);
        view->setContextMenuPolicy(Qt::NoContextMenu);
    }
}

/// Qt gives a name that has an ending the one of the kind that is chosen, and leaves others alone.
void giveEndingOf(const QString& filter, QFileDialog& dialog)
{
    static const QRegularExpression pattern(QStringLiteral("\\*\\.(\\w+)"));
    const QRegularExpressionMatch first = pattern.match(filter);
    if (!first.hasMatch() || dialog.selectedFiles().isEmpty())
        return;
    const QFileInfo file(dialog.selectedFiles().constFirst());
    if (file.suffix().isEmpty())
        dialog.selectFile(file.fileName() + QLatin1Char('.') + first.captured(1));
}

/// Not where nothing can be saved, such as the disk that pictures were opened from.
QString folderOf(const FileQuestion& question)
{
    const bool isTaken = question.kind != FileQuestion::Kind::Save || question.folder.isEmpty() ||
                         QFileInfo(question.folder).isWritable();
    if (isTaken)
        return question.folder;
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QFileInfo(documents).isWritable() ? documents : QDir::homePath();
}

} // namespace

void askWithDialog(QWidget* parent, const FileQuestion& question, std::function<void(const QStringList&)> answer)
{
    auto* dialog = new QFileDialog(parent, question.title, folderOf(question), question.filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (question.kind == FileQuestion::Kind::Save)
        dialog->setAcceptMode(QFileDialog::AcceptSave);
    makeHarmless(*dialog);
    switch (question.kind) {
    case FileQuestion::Kind::OpenFile: dialog->setFileMode(QFileDialog::ExistingFile); break;
    case FileQuestion::Kind::OpenFiles: dialog->setFileMode(QFileDialog::ExistingFiles); break;
    case FileQuestion::Kind::OpenFolder: dialog->setFileMode(QFileDialog::Directory); break;
    case FileQuestion::Kind::Save:
        dialog->selectFile(question.proposedName);
        QObject::connect(dialog, &QFileDialog::filterSelected, dialog,
                         [dialog](const QString& filter) { giveEndingOf(filter, *dialog); });
        break;
    }
    QObject::connect(dialog, &QFileDialog::filesSelected, parent, std::move(answer));
    dialog->open();
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/session_commands.h"

#include <utility>

#include <QAction>
#include <QDir>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

#include "ui/engine/paths.h"
#include "ui/session/lost_work_dialog.h"
#include "ui/session/missing_files_dialog.h"
#include "ui/window/window_actions.h"

namespace ocellus {

SessionCommands::SessionCommands(Document& document, Settings& settings, AskForFiles ask, QMainWindow* window)
    : QObject(window),
      m_settings(settings),
      m_ask(std::move(ask)),
      m_window(window),
      m_work(document, settings, toPath(settings.recoveryFolder()))
{
    m_work.setLayoutSource([window] { return window->saveState().toBase64().toStdString(); });
    connect(&m_work, &SessionWork::layoutRestored, window, [window](const QByteArray& base64) {
        if (!base64.isEmpty())
            window->restoreState(QByteArray::fromBase64(base64));
    });
    connect(&m_work, &SessionWork::fileChanged, this, &SessionCommands::titleChanged);
    connect(&m_work, &SessionWork::unsavedChanged, this, &SessionCommands::titleChanged);
    connect(&m_work, &SessionWork::saved, this, &SessionCommands::takeSaved);
    connect(&m_work, &SessionWork::opened, this, [this](const std::filesystem::path& file) {
        if (m_missing)
            m_missing->accept();
        emit done(file.empty() ? tr("Restored unsaved work") : tr("Opened %1").arg(toQString(file.filename())));
    });
    connect(&m_work, &SessionWork::filesMissing, this, &SessionCommands::showMissing);
    connect(&m_work, &SessionWork::lostWorkFound, this, &SessionCommands::showLostWork);
    connect(&m_work, &SessionWork::failed, this, [this](const Failure& failure) {
        m_afterSave = nullptr;
        emit failed(failure);
    });
}

void SessionCommands::connectTo(const WindowActions& actions)
{
    connect(actions.at(Command::OpenSession), &QAction::triggered, this, &SessionCommands::chooseSession);
    connect(actions.at(Command::SaveSession), &QAction::triggered, this, &SessionCommands::save);
    connect(actions.at(Command::SaveSessionAs), &QAction::triggered, this, &SessionCommands::saveAs);
}

void SessionCommands::open(const std::filesystem::path& file)
{
    openAfterAsking(file);
}

void SessionCommands::chooseSession()
{
    m_ask(m_window,
          {FileQuestion::Kind::OpenFile,
           tr("Open Session"),
           m_settings.text(Setting::LastFolder),
           tr("Sessions (*.ocellus);;All files (*)"),
           {}},
          [this](const QStringList& paths) {
              if (!paths.isEmpty())
                  openAfterAsking(toPath(paths.first()));
          });
}

void SessionCommands::openAfterAsking(const std::filesystem::path& file)
{
    const auto openNow = [this, file] { m_work.open(file); };
    if (m_work.isUnsaved())
        askToSave(openNow);
    else
        openNow();
}

void SessionCommands::save()
{
    if (m_work.file().empty())
        saveAs();
    else
        m_work.save(m_work.file());
}

void SessionCommands::saveAs()
{
    const QString name =
        m_work.file().empty() ? QStringLiteral("session.ocellus") : toQString(m_work.file().filename());
    m_ask(m_window,
          {FileQuestion::Kind::Save, tr("Save Session"), m_settings.text(Setting::LastFolder),
           tr("Sessions (*.ocellus)"), name},
          [this](const QStringList& paths) {
              if (paths.isEmpty())
                  return;
              QString path = paths.first();
              if (QFileInfo(path).suffix().isEmpty())
                  path += QStringLiteral(".ocellus");
              m_settings.setValue(Setting::LastFolder, QFileInfo(path).absolutePath());
              m_work.save(toPath(path));
          });
}

void SessionCommands::takeSaved(const std::filesystem::path& file)
{
    emit done(tr("Saved %1").arg(QDir::toNativeSeparators(toQString(file))));
    if (const auto next = std::exchange(m_afterSave, nullptr))
        next();
}

bool SessionCommands::mayClose()
{
    if (!m_work.isUnsaved()) {
        m_work.finish();
        return true;
    }
    askToSave([this] {
        m_work.finish();
        emit closeApproved();
    });
    return false;
}

void SessionCommands::askToSave(std::function<void()> next)
{
    if (m_question) {
        m_question->raise();
        return;
    }
    m_question = new QMessageBox(QMessageBox::Question, tr("Unsaved Work"), tr("Save the edits and notes?"),
                                 QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, m_window);
    m_question->setInformativeText(m_work.file().empty()
                                       ? tr("They are in no session file yet.")
                                       : tr("%1 does not have all of them.").arg(toQString(m_work.file().filename())));
    m_question->setDefaultButton(QMessageBox::Save);
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_question, &QMessageBox::finished, this, [this, next = std::move(next)](int answer) {
        if (answer == QMessageBox::Save) {
            m_afterSave = next;
            save();
        } else if (answer == QMessageBox::Discard) {
            next();
        }
    });
    m_question->open();
}

void SessionCommands::showMissing(const std::vector<SessionFile>& files)
{
    if (!m_missing) {
        m_missing = new MissingFilesDialog(m_window);
        m_missing->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_missing, &MissingFilesDialog::folderWanted, this, [this] {
            m_ask(m_window,
                  {FileQuestion::Kind::OpenFolder,
                   tr("Folder with the Missing Files"),
                   m_settings.text(Setting::LastFolder),
                   {},
                   {}},
                  [this](const QStringList& paths) {
                      if (!paths.isEmpty())
                          m_work.lookForFilesIn(toPath(paths.first()));
                  });
        });
        connect(m_missing, &MissingFilesDialog::openingWithoutWanted, &m_work, &SessionWork::openWithoutMissing);
        connect(m_missing, &QDialog::rejected, &m_work, &SessionWork::giveUpOpening);
        m_missing->open();
    }
    m_missing->setFiles(files);
}

void SessionCommands::showLostWork(const std::vector<LostWork>& work)
{
    auto* dialog = new LostWorkDialog(work, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &LostWorkDialog::restorationWanted, &m_work, &SessionWork::restore);
    dialog->open();
}

} // namespace ocellus

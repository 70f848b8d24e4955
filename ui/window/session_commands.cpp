// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/session_commands.h"

#include <utility>

#include <QAction>
#include <QDir>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

#include "ui/document/document.h"
#include "ui/engine/paths.h"
#include "ui/session/lost_work_dialog.h"
#include "ui/session/missing_files_dialog.h"
#include "ui/window/window_actions.h"
#include "ui/window/workspaces.h"

namespace ocellus {

SessionCommands::SessionCommands(Document& document, LiveAnswer& answer, Settings& settings, AskForFiles ask,
                                 QMainWindow* window)
    : QObject(window),
      m_document(document),
      m_settings(settings),
      m_ask(std::move(ask)),
      m_window(window),
      m_work(document, answer, settings, toPath(settings.recoveryFolder()))
{
    connect(&m_work, &SessionWork::fileChanged, this, &SessionCommands::titleChanged);
    connect(&document, &Document::modelChanged, this, &SessionCommands::titleChanged);
    connect(&m_work, &SessionWork::unsavedChanged, this, &SessionCommands::titleChanged);
    connect(&m_work, &SessionWork::saved, this, &SessionCommands::takeSaved);
    connect(&m_work, &SessionWork::savingFailed, this, &SessionCommands::takeSavingFailure);
    connect(&m_work, &SessionWork::opened, this, [this](const std::filesystem::path& file) {
        if (m_missing)
            m_missing->accept();
        if (!file.empty())
            m_settings.addRecent(Setting::RecentSessions, toQString(file));
        emit done(file.empty() ? tr("Restored unsaved work") : tr("Opened %1").arg(toQString(file.filename())));
    });
    connect(&m_work, &SessionWork::filesMissing, this, &SessionCommands::showMissing);
    connect(&m_work, &SessionWork::lostWorkFound, this, &SessionCommands::showLostWork);
    connect(&m_work, &SessionWork::discardedWorkFound, this, &SessionCommands::showDiscardedWork);
    connect(&m_work, &SessionWork::failed, this, &SessionCommands::failed);
}

void SessionCommands::connectTo(const WindowActions& actions)
{
    connect(actions.at(Command::OpenSession), &QAction::triggered, this, &SessionCommands::chooseSession);
    connect(actions.at(Command::SaveSession), &QAction::triggered, this, [this] { save(); });
    connect(actions.at(Command::SaveSessionAs), &QAction::triggered, this, [this] { saveAs(); });
    connect(actions.at(Command::DiscardedWork), &QAction::triggered, &m_work, &SessionWork::findDiscardedWork);
}

void SessionCommands::connectTo(Workspaces& workspaces)
{
    m_work.setLayoutSource([&workspaces] { return workspaces.state().toBase64().toStdString(); });
    connect(&m_work, &SessionWork::layoutRestored, &workspaces, [this, &workspaces](const QByteArray& base64) {
        if (workspaces.restore(QByteArray::fromBase64(base64)))
            m_showsLayoutOfSession = true;
    });
}

void SessionCommands::open(const std::filesystem::path& file)
{
    const Action openNow = [this, file] { m_work.open(file); };
    pursue({openNow, openNow});
}

void SessionCommands::chooseSession()
{
    m_ask(m_window,
          {FileQuestion::Kind::OpenFile,
           tr("Open session"),
           m_settings.text(Setting::LastFolder),
           tr("Sessions (*.ocellus);;All files (*)"),
           {}},
          [this](const QStringList& paths) { open(toPath(paths.first())); });
}

void SessionCommands::save(const Goal& goal)
{
    if (m_work.file().empty())
        saveAs(goal);
    else if (m_work.isOfAnotherModel())
        askToReplace(goal);
    else
        write(m_work.file(), goal);
}

void SessionCommands::saveAs(const Goal& goal)
{
    QString name = m_work.file().empty() ? QStringLiteral("session.ocellus") : toQString(m_work.file().filename());
    if (m_work.isOfAnotherModel()) // whose session stays
        name = QStringLiteral("%1-%2.ocellus")
                   .arg(toQString(m_work.file().stem()), toQString(m_document.checkpoint().stem()));
    m_ask(m_window,
          {FileQuestion::Kind::Save, tr("Save session"), m_settings.text(Setting::LastFolder),
           tr("Sessions (*.ocellus)"), name},
          [this, goal](const QStringList& paths) {
              QString path = paths.first();
              if (QFileInfo(path).suffix().isEmpty())
                  path += QStringLiteral(".ocellus");
              m_settings.setValue(Setting::LastFolder, QFileInfo(path).absolutePath());
              write(toPath(path), goal);
          });
}

void SessionCommands::write(const std::filesystem::path& file, const Goal& goal)
{
    if (goal.afterSaving) // saving once more does not take back what is waited for
        m_goal = goal;
    m_work.save(file);
}

void SessionCommands::takeSaved(const std::filesystem::path& file, const std::vector<std::filesystem::path>& unreadable)
{
    m_settings.addRecent(Setting::RecentSessions, toQString(file));
    QString text = tr("Saved %1").arg(QDir::toNativeSeparators(toQString(file)));
    if (!unreadable.empty())
        text +=
            QLatin1Char('\n') + tr("%n file(s) could not be read, %1 for one. The session has them as they were last "
                                   "known.",
                                   nullptr, static_cast<int>(unreadable.size()))
                                    .arg(toQString(unreadable.front().filename()));
    emit done(text);
    if (m_goal.afterSaving && !m_work.isSaving())
        pursue(std::exchange(m_goal, {}));
}

void SessionCommands::takeSavingFailure(const Failure& failure)
{
    m_goal = {};
    emit failed(failure);
}

bool SessionCommands::mayClose()
{
    if (!m_work.isUnsaved() && !m_work.isSaving() && !m_question) {
        m_work.finish();
        return true;
    }
    pursue({[this] { emit closeApproved(); },
            [this] {
                m_work.giveUp();
                emit closeApproved();
            }});
    return false;
}

void SessionCommands::pursue(const Goal& goal)
{
    if (m_question) // about another goal, or this one
        m_question->raise();
    else if (m_work.isSaving()) // what it leaves unsaved is known when it is done
        m_goal = goal;
    else if (m_work.isUnsaved())
        askToSave(goal);
    else
        goal.afterSaving();
}

QMessageBox* SessionCommands::newQuestion(const QString& title, const QString& text, const QString& more)
{
    m_question = new QMessageBox(QMessageBox::Question, title, text, QMessageBox::Cancel, m_window);
    m_question->setInformativeText(more);
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    // It is deleted a moment after it is answered.
    connect(m_question, &QMessageBox::finished, this, [this] { m_question = nullptr; });
    return m_question;
}

void SessionCommands::askToSave(const Goal& goal)
{
    if (m_work.isOfAnotherModel()) {
        askToReplace(goal);
        return;
    }
    QMessageBox* question = newQuestion(
        tr("Unsaved work"), tr("Save the work?"),
        (m_work.file().empty() ? tr("It is in no session file yet.")
                               : tr("%1 does not have all of it.").arg(toQString(m_work.file().filename()))) +
            QLatin1Char(' ') + tr("What is discarded can be had back from File > Discarded work."));
    question->setStandardButtons(QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel);
    question->setDefaultButton(QMessageBox::Save);
    connect(question, &QMessageBox::finished, this, [this, goal](int answer) {
        if (answer == QMessageBox::Save)
            save(goal);
        else if (answer == QMessageBox::Discard)
            goal.afterDiscarding();
    });
    question->open();
}

void SessionCommands::askToReplace(const Goal& goal)
{
    if (m_question) {
        m_question->raise();
        return;
    }
    QMessageBox* question = newQuestion(
        tr("Another model"),
        tr("Save the work in a file of its own? %1 was made with another model than %2, which is open now.")
            .arg(toQString(m_work.file().filename()), toQString(m_document.checkpoint().filename())),
        tr("Replacing %1 overwrites it and loses what it says of that model. What is discarded can be had back "
           "from File > Discarded work.")
            .arg(toQString(m_work.file().filename())));
    const QString shownFile = toQString(m_work.file().filename()).replace(QLatin1Char('&'), QStringLiteral("&&"));
    QPushButton* other = question->addButton(tr("Save &as…"), QMessageBox::AcceptRole);
    QPushButton* replace = question->addButton(tr("&Replace %1").arg(shownFile), QMessageBox::DestructiveRole);
    question->setDefaultButton(other);
    // Before another session, or the end: what is not saved at all has a way out too.
    QPushButton* discard = goal.afterDiscarding ? question->addButton(QMessageBox::Discard) : nullptr;
    connect(question, &QMessageBox::finished, this, [this, goal, question, other, replace, discard] {
        const QAbstractButton* answer = question->clickedButton();
        if (answer == other)
            saveAs(goal);
        else if (answer == replace)
            write(m_work.file(), goal);
        else if (discard && answer == discard)
            goal.afterDiscarding();
    });
    question->open();
}

void SessionCommands::showMissing(const std::vector<SessionFile>& files)
{
    if (!m_missing) {
        m_missing = new MissingFilesDialog(m_window);
        m_missing->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_missing, &MissingFilesDialog::folderWanted, this, [this] {
            m_ask(m_window,
                  {FileQuestion::Kind::OpenFolder,
                   tr("Folder with the missing files"),
                   m_settings.text(Setting::LastFolder),
                   {},
                   {}},
                  [this](const QStringList& paths) {
                      if (m_missing)
                          m_missing->setLookedIn(QDir::toNativeSeparators(paths.first()));
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
    auto* dialog = new LostWorkDialog(work, LostWorkDialog::Kind::Lost, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &LostWorkDialog::restorationWanted, this, &SessionCommands::restore);
    connect(dialog, &LostWorkDialog::discardingWanted, &m_work, &SessionWork::putAway);
    dialog->open();
}

void SessionCommands::showDiscardedWork(const std::vector<LostWork>& work)
{
    auto* dialog = new LostWorkDialog(work, LostWorkDialog::Kind::Discarded, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &LostWorkDialog::restorationWanted, this, &SessionCommands::restore);
    dialog->open();
}

void SessionCommands::restore(const LostWork& work)
{
    const Action restoreNow = [this, work] { m_work.restore(work); };
    pursue({restoreNow, restoreNow});
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include <QMainWindow>
#include <QObject>
#include <QPointer>

#include "ui/files/file_dialogs.h"
#include "ui/session/session_work.h"

class QMessageBox;

namespace ocellus {

class MissingFilesDialog;
class WindowActions;
class Workspaces;

/// Opens and saves sessions, offers lost work back, and asks about unsaved work before the window closes.
class SessionCommands : public QObject {
    Q_OBJECT

public:
    SessionCommands(Document& document, LiveAnswer& answer, Settings& settings, AskForFiles ask, QMainWindow* window);

    void connectTo(const WindowActions& actions);
    /// Sessions keep how the workspaces were left. `workspaces` must outlive this object.
    void connectTo(Workspaces& workspaces);
    void open(const std::filesystem::path& file);
    /// Asks at the next turn of the event loop for what an earlier program left.
    void offerLostWork() { m_work.findLostWork(); }

    /// True where nothing would be lost. Else the user is asked, or what is being written is waited for, and
    /// closeApproved() follows or not.
    bool mayClose();

    /// The window's layout goes back to a session's, with which it is saved, and is not the user's own.
    bool showsLayoutOfSession() const { return m_showsLayoutOfSession; }

    SessionWork& work() { return m_work; }

signals:
    void closeApproved();
    void titleChanged(); ///< SessionWork::file() or SessionWork::isUnsaved()
    void done(const QString& what);
    void failed(const ocellus::Failure& failure);

private:
    using Action = std::function<void()>;

    /// What is to be done once the work is saved, or else when the user does not want it.
    struct Goal {
        Action afterSaving, afterDiscarding;
    };

    void save(const Goal& goal = {});
    void saveAs(const Goal& goal = {});
    void write(const std::filesystem::path& file, const Goal& goal);
    void chooseSession();
    /// At once where all is saved; else the user is asked first.
    void pursue(const Goal& goal);
    void askToSave(const Goal& goal);
    void askToReplace(const Goal& goal);
    QMessageBox* newQuestion(const QString& title, const QString& text, const QString& more);
    void takeSaved(const std::filesystem::path& file, const std::vector<std::filesystem::path>& unreadable);
    void takeSavingFailure(const Failure& failure);
    void showMissing(const std::vector<SessionFile>& files);
    void showLostWork(const std::vector<LostWork>& work);
    void showDiscardedWork(const std::vector<LostWork>& work);
    void restore(const LostWork& work);

    const Document& m_document;
    Settings& m_settings;
    AskForFiles m_ask;
    QMainWindow* m_window;
    SessionWork m_work;
    bool m_showsLayoutOfSession = false;
    Goal m_goal; // of the file that is being written
    QPointer<QMessageBox> m_question;
    QPointer<MissingFilesDialog> m_missing;
};

} // namespace ocellus

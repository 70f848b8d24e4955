// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include <QMainWindow>
#include <QObject>
#include <QPointer>

#include "ui/session/session_work.h"
#include "ui/window/file_dialogs.h"

class QMessageBox;

namespace ocellus {

class MissingFilesDialog;
class WindowActions;

/// Opens and saves sessions, offers lost work back, and asks about unsaved work before the window closes.
class SessionCommands : public QObject {
    Q_OBJECT

public:
    SessionCommands(Document& document, Settings& settings, AskForFiles ask, QMainWindow* window);

    void connectTo(const WindowActions& actions);
    void open(const std::filesystem::path& file);
    /// Asks at the next turn of the event loop for what an earlier program left.
    void offerLostWork() { m_work.findLostWork(); }

    /// True where nothing would be lost. Else the user is asked, and closeApproved() follows or not.
    bool mayClose();

    SessionWork& work() { return m_work; }

signals:
    void closeApproved();
    void titleChanged(); ///< SessionWork::file() or SessionWork::isUnsaved()
    void done(const QString& what);
    void failed(const ocellus::Failure& failure);

private:
    void save();
    void saveAs();
    void chooseSession();
    void openAfterAsking(const std::filesystem::path& file);
    void askToSave(std::function<void()> next);
    void showMissing(const std::vector<SessionFile>& files);
    void showLostWork(const std::vector<LostWork>& work);
    void takeSaved(const std::filesystem::path& file);

    Settings& m_settings;
    AskForFiles m_ask;
    QMainWindow* m_window;
    SessionWork m_work;
    std::function<void()> m_afterSave; // what the user wanted when asked to save first
    QPointer<QMessageBox> m_question;
    QPointer<MissingFilesDialog> m_missing;
};

} // namespace ocellus

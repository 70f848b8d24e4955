// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include "ui/main_window.h"

namespace ocellus {

/// The real window over a small model by formula, with files and settings of its own.
class WindowFixture {
public:
    static constexpr int Classes = 5;
    static constexpr int OtherClasses = 7;
    static constexpr int Heads = 4;
    static constexpr int Layers = 2;
    static constexpr int Pictures = 4; ///< picture(0), ... are there and differ

    WindowFixture();

    /// A new window with new settings, as for a user who starts Ocellus for the first time.
    void restart();
    /// A new window, with the settings that the last one left.
    void makeWindow();
    /// Opens checkpoint() and pictures 0 to Pictures - 1 and waits for the first view.
    bool openAll();
    /// Waits until nothing is on its way. False when that takes too long.
    bool settle();
    /// Waits until every picture has its prediction, so that nothing runs in the background.
    bool finishPredictions();

    MainWindow& window() { return *m_window; }
    Document& document() { return m_window->document(); }
    LiveAnswer& answer() { return m_window->answer(); }
    Settings& settings() { return *m_settings; }
    QAction* action(Command command) { return m_window->actions().at(command); }
    /// Where what is shown, what its key says, and what a session would hold of it do not agree; empty where they do.
    QString contradiction();
    QString message() const; ///< what the message bar shows, empty while it is hidden

    QString checkpoint() const { return path("small.safetensors"); }
    QString otherCheckpoint() const { return path("other.safetensors"); } ///< of OtherClasses
    QString picture(int index) const { return path("pictures/picture" + QString::number(index) + ".png"); }
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString write(const QString& name, const QByteArray& content) const; ///< returns its path

    QString sample;       ///< folder of the sample for the next window; empty for the installed one
    QStringList answers;  ///< what file dialogs say from now on; empty: they are cancelled
    QStringList asked;    ///< the titles of the dialogs so far
    QStringList proposed; ///< names that those which save began with

private:
    QTemporaryDir m_folder;
    int m_starts = 0;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace ocellus

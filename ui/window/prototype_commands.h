// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include <QObject>

#include "ui/document/prototype_search.h"
#include "ui/files/file_dialogs.h"

class QWidget;

namespace ocellus {

class Document;
class HeadsPage;
class LiveAnswer;
class Settings;
class WindowActions;

/// Finds the patches of the open model's prototypes on a folder of training pictures that the user chooses.
class PrototypeCommands : public QObject {
    Q_OBJECT

public:
    /// All of them must outlive the commands.
    PrototypeCommands(Document& document, LiveAnswer& answer, Settings& settings, AskForFiles ask, HeadsPage& page,
                      const WindowActions& actions, QWidget* window);

signals:
    void failed(const ocellus::Failure& failure);
    void done(const QString& what); ///< something that the history should tell

private:
    void choose();
    void search(const std::filesystem::path& folder);
    void takeModel();
    void take(const std::shared_ptr<const PrototypeProjection>& projection);
    void showProgress(int pictures, int all);
    void tellState();

    Document& m_document;
    LiveAnswer& m_answer;
    Settings& m_settings;
    AskForFiles m_ask;
    HeadsPage& m_page;
    QAction* m_find;
    QWidget* m_window;
    QString m_folder;  ///< that is searched
    std::string m_key; ///< of the search; see searchKey()
    PrototypeSearch m_search;
};

} // namespace ocellus

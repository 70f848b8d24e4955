// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include <QObject>
#include <QPointer>

#include "core/dataset/box_file.h"
#include "ui/dataset/dataset_document.h"
#include "ui/engine/failure.h"
#include "ui/engine/newest_reading.h"
#include "ui/files/file_dialogs.h"

class QMessageBox;
class QWidget;

namespace ocellus {

class Settings;

/// Opens folders, tables and files into the data set, saves it, and asks before anything unsaved would be lost.
class DatasetFiles : public QObject {
    Q_OBJECT

public:
    /// All must outlive this object; `window` is the parent of dialogs.
    DatasetFiles(DatasetDocument& dataset, Settings& settings, AskForFiles ask, QWidget* window);

    void chooseFolder();
    void chooseTable();
    void chooseFile();
    void chooseMore(); ///< a further folder
    void chooseBoxes();
    void save();
    void saveAs();
    /// A data set's file, or folders and tables together.
    void open(const std::vector<std::filesystem::path>& paths);

    /// True where nothing would be lost. Else the user is asked, and closeApproved() follows or not.
    bool mayClose();

signals:
    void closeApproved();
    void done(const QString& what);
    void failed(const ocellus::Failure& failure);

private:
    using Action = std::function<void()>;

    void ask(FileQuestion question, std::function<void(const QStringList&)> answer);
    void pursue(const Action& afterSaving, const Action& afterDiscarding);
    void saveThen(const Action& then);
    void saveAsThen(const Action& then);
    void write(const std::filesystem::path& file, const Action& then);
    void takeBoxes(const BoxFile& boxes);
    void askForSaved(const std::filesystem::path& folder, const std::filesystem::path& saved);
    void openAsTold(const std::vector<std::filesystem::path>& paths);
    void askForColumns(const DatasetDocument::Unclear& unclear);

    DatasetDocument& m_dataset;
    Settings& m_settings;
    AskForFiles m_ask;
    QWidget* m_window;
    QPointer<QMessageBox> m_question;
    std::optional<std::uint64_t> m_discarded; ///< revision that the user does not want to keep
    NewestReading m_reading;                  // last: it goes first
};

} // namespace ocellus

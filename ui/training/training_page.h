// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <set>
#include <vector>

#include <QWidget>

#include "ui/engine/failure.h"
#include "ui/files/file_dialogs.h"

class QAction;
class QLabel;
class QTableView;

namespace ocellus {

class DatasetDocument;
class RunList;
class RunMeasurement;
class RunPane;
class RunTableModel;
class Settings;
class TrainingForm;
struct RunRecord;
struct TrainingRun;

/// Starts training runs on the data set, shows how they go, and compares what they came to.
class TrainingPage : public QWidget {
    Q_OBJECT

public:
    /// All of them must outlive the page.
    TrainingPage(DatasetDocument& dataset, Settings& settings, AskForFiles ask, QWidget* parent = nullptr);

    TrainingForm* form() const { return m_form; }
    RunList* runs() const { return m_list; }
    RunPane* pane() const { return m_pane; }

signals:
    void modelRequested(const std::filesystem::path& checkpoint); ///< it is to be opened in the window
    void done(const QString& what);
    void wrote(const QString& what, QAction* wayToOpen);
    void failed(const ocellus::Failure& failure);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* makeRuns();
    void connectForm();
    void connectPane();
    void start();
    void measure();
    void writeJob();
    void addRun();
    void exportMaps();
    void writeCard(const TrainingRun& run);
    void removeRun();
    void tellOfGone(const std::vector<TrainingRun>& before);
    void takeRuns();
    void showChosen();
    void followData();
    RunRecord record() const;
    bool attempt(const std::function<void()>& what);
    void ask(FileQuestion question, std::function<void(const std::filesystem::path&)> answer);

    DatasetDocument& m_dataset;
    Settings& m_settings;
    AskForFiles m_ask;
    RunList* m_list;
    RunMeasurement* m_measurement;
    TrainingForm* m_form;
    QLabel* m_data = nullptr;
    RunTableModel* m_table;
    QTableView* m_view = nullptr;
    RunPane* m_pane;
    QAction* m_openCard;
    std::filesystem::path m_card;              ///< the last that was written
    std::set<std::filesystem::path> m_removed; ///< runs that the user has taken off the list
    std::filesystem::path m_wanted;            ///< run that is chosen as soon as it is in the list
};

} // namespace ocellus

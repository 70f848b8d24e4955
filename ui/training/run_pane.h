// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QWidget>

#include "ui/training/training_run.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QTabWidget;

namespace ocellus {

class CurvesView;
class MapsStrip;

/// How the chosen runs go: where one is and what that means, curves of all of them, and what can be done with it.
class RunPane : public QWidget {
    Q_OBJECT

public:
    explicit RunPane(QWidget* parent = nullptr);

    /// The first is the one that buttons are about; none: says what comes here. `waits`: others work, and go before it.
    void setRuns(const std::vector<TrainingRun>& runs, bool waits = false);
    const TrainingRun* run() const { return m_runs.empty() ? nullptr : &m_runs.front(); }
    MapsStrip* maps() const { return m_maps; }

signals:
    void openWanted(); ///< its best epoch
    void stopWanted(); ///< after this epoch, or that taken back
    void stopNowWanted();
    void removeWanted();
    void resumeWanted();
    void cardWanted();
    void folderWanted(); ///< where all it wrote lies
    void figureWanted(); ///< of the maps

private:
    QWidget* makeButtons();
    void follow();
    QString stateText(const TrainingRun& run) const;
    bool isStopping(const TrainingRun& run) const;
    void stopNow();

    std::vector<TrainingRun> m_runs;
    bool m_waits = false;
    std::filesystem::path m_stopping; ///< the run that was told to stop at once
    QLabel* m_title;
    QLabel* m_state;
    QProgressBar* m_progress;
    QLabel* m_advice;
    QTabWidget* m_tabs;
    CurvesView* m_curves;
    MapsStrip* m_maps;
    QPushButton* m_open = nullptr;
    QPushButton* m_stop = nullptr;
    QPushButton* m_stopNow = nullptr;
    QPushButton* m_resume = nullptr;
    QPushButton* m_remove = nullptr;
    QPushButton* m_card = nullptr;
    QPushButton* m_figure = nullptr;
    QPushButton* m_folder = nullptr;
};

} // namespace ocellus

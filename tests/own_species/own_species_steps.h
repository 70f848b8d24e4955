// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "ui/training/training_run.h"

class QAbstractButton;
class QPlainTextEdit;
class QWidget;

namespace ocellus {

class MainWindow;
class SpeciesPages;
class TrainingPage;

/// Drives the pages of own species as a hand does: with clicks on what is in sight, which it counts.
class OwnSpeciesSteps {
public:
    explicit OwnSpeciesSteps(MainWindow& window) : m_window(window) {}

    int clicks() const { return m_clicks; }
    /// What a dialog takes, which tests answer themselves.
    void addClicks(int count) { m_clicks += count; }

    SpeciesPages& pages() const;
    TrainingPage& training() const;
    const TrainingRun* run() const; ///< the one that is shown; null where there is none
    QPlainTextEdit* command() const;
    QAbstractButton* button(const QString& text) const; ///< in sight, without mnemonic; null where there is none
    bool isExamined() const;

    /// A real click in its middle. False where it is not there for the mouse.
    bool click(QWidget* widget);
    bool clickButton(const QString& text);
    bool clickWorkspace();
    bool clickTab(const QString& title);
    /// Without clicks.
    void show();

private:
    MainWindow& m_window;
    int m_clicks = 0;
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/widgets/open_offer.h"

class QAction;
class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace ocellus {

class ExperimentForm;
class ExperimentResults;
class PreviewStrip;

/// One edit for many pictures: what it is to do beside what it showed.
class ExperimentPage : public QWidget {
    Q_OBJECT

public:
    enum class Export { Table, Sheets, Summary, Recipe };

    explicit ExperimentPage(QWidget* parent = nullptr);

    ExperimentForm* form() const { return m_form; }
    ExperimentResults* results() const { return m_results; }
    PreviewStrip* preview() const { return m_preview; }

    /// What can be opened, in the place of previews and results; empty where there is a model and a picture.
    void setChoices(const std::vector<OpenOffer::Choice>& choices);
    void setWhyNot(const QString& whyNot);     ///< empty: it can be started
    void setEstimate(const QString& estimate); ///< how long it will take, beside Start
    QString estimate() const;
    void setRunning(bool running);
    void setProgress(int done, int total);
    void setNote(const QString& note); ///< what went wrong or was done; empty takes it away
    QString note() const;
    void setCanExport(bool any, bool pictures); ///< a table and its summary; sheets of pictures

signals:
    void startRequested();
    void cancelRequested();
    void exportRequested(ocellus::ExperimentPage::Export what);
    void shown(); ///< the page has come into sight

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeLeft();
    QWidget* makeRight();
    void addExports();
    void updateButtons();

    ExperimentForm* m_form;
    ExperimentResults* m_results;
    PreviewStrip* m_preview;
    OpenOffer* m_offer;
    QPushButton* m_start;
    QPushButton* m_cancel;
    QProgressBar* m_progress;
    QLabel* m_whyNot;
    QLabel* m_estimate;
    QLabel* m_note;
    QToolButton* m_export;
    QAction* m_sheets = nullptr;
    bool m_running = false;
};

} // namespace ocellus

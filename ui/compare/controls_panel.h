// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <QWidget>

#include "core/edit/picture_edits.h"
#include "ui/compare/control_result.h"
#include "ui/compare/control_run.h"

class QBoxLayout;
class QComboBox;
class QLabel;
class QListWidget;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace ocellus {

class ClassText;
class ControlPlotWidget;

/// What is chosen in a ControlsPanel.
struct ControlChoices {
    int count = 20;
    QString place; ///< "animal", "anywhere" or "mask NAME", whatever the language
    ControlMeasure measure = ControlMeasure::Logit;
};

/// "Is it the mark, or any change?": asks for control edits, and shows where the edit falls among them.
class ControlsPanel : public QWidget {
    Q_OBJECT

public:
    explicit ControlsPanel(QWidget* parent = nullptr);

    /// What the controls can be drawn on besides the estimated animal and anywhere.
    void setMasks(const std::vector<NamedMask>& masks);
    /// What start() is about, "left wing: Remove (Telea, radius 5)"; empty, and `whyNot` told instead, where there is
    /// nothing to start.
    void setEdit(const QString& edit, const QString& whyNot);

    int count() const;
    ControlRun::Place place() const;
    Mask animal() const; ///< with ControlRun::Place::Mask
    QString placeText() const;

    ControlChoices choices() const;
    /// A mask that is not there yet is chosen when it is; a place that there is not, is the first.
    void setChoices(const ControlChoices& choices);

    void setRunning(bool running);
    void setRunOf(const QString& picture); ///< that is not shown; empty: the run, if any, is of the shown one
    void setProgress(int done, int total);
    void setResult(const ControlResult& result); ///< an empty one takes the last away
    /// Why the result is not of what is shown now, in words; empty where it is.
    void setOutOfDate(const QString& why);
    const QString& outOfDate() const { return m_outOfDate; }
    const ControlResult& result() const { return m_result; }
    QString sentence() const;

    ControlMeasure measure() const;

    /// As if the button were clicked; nothing while it cannot be.
    void start();

    // What is shown, in a file.
    void exportTable();
    void exportFigure();

signals:
    void resultChanged(); ///< or how it is measured, or whether it is out of date
    void startRequested();
    void cancelRequested();
    void classChosen(int classIndex); ///< by its name in the sentence
    /// The user wants the shown numbers, or the figure, in a file; `suggestedName` has no folder.
    void tableRequested(const QString& suggestedName, const std::string& csv);
    void figureRequested(const QString& suggestedName, const ocellus::Figure& figure);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();
    QWidget* makeChoices();
    QWidget* makeFindings();
    void showResult();
    void showFindings();
    void updateButtons();
    QString subject() const;

    std::vector<NamedMask> m_masks;
    QString m_waitingMask; ///< to be chosen when it is there
    ControlResult m_result;
    QString m_editText;
    QString m_outOfDate;
    bool m_running = false;
    QBoxLayout* m_parts; ///< below each other, or side by side in a low dock
    QLabel* m_edit;
    QSpinBox* m_count;
    QComboBox* m_place;
    QComboBox* m_measure;
    QPushButton* m_start;
    QPushButton* m_cancel;
    QProgressBar* m_progress;
    QLabel* m_runOf;
    ControlPlotWidget* m_plot;
    QLabel* m_subject; ///< what the result is of, and whether that is still shown
    QLabel* m_few;     ///< what the number of controls cannot show
    ClassText* m_sentence;
    QListWidget* m_thumbnails;
    QPushButton* m_tableButton;
    QPushButton* m_figureButton;
};

} // namespace ocellus

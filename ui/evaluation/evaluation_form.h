// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QWidget>

#include "core/dataset/dataset_step.h"

class QAction;
class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace ocellus {

class ElidedLabel;

/// What is evaluated: the pictures, which part of them, and pictures of none of the classes; and how far it is.
class EvaluationForm : public QWidget {
    Q_OBJECT

public:
    enum class Source { OpenDataset, Folder, DatasetFile };

    explicit EvaluationForm(QWidget* parent = nullptr);

    void setSource(const QString& text, const QString& toolTip);
    void setCanTakeOpen(bool can); ///< there is a data set on its page
    /// What there is of a data set, by its parts; a folder has none.
    struct PartChoice {
        std::optional<PictureSplit> part;
        QString text;
    };
    void setParts(const std::vector<PartChoice>& parts, std::optional<PictureSplit> chosen);
    std::optional<PictureSplit> part() const;
    void setUnusual(const QString& text, const QString& toolTip);
    void setWhyNot(const QString& why); ///< empty: it can be started
    void setRunning(bool running);
    void setProgress(int done, int total, const QString& left);

signals:
    void sourceWanted(ocellus::EvaluationForm::Source source);
    void unusualWanted(bool any); ///< a folder of them, or none
    void partChanged();
    void startRequested();
    void cancelRequested();

private:
    void updateButtons();

    QToolButton* m_source;
    QAction* m_takeOpen;
    ElidedLabel* m_sourceText;
    QComboBox* m_parts;
    QToolButton* m_unusual;
    ElidedLabel* m_unusualText;
    QPushButton* m_start;
    QPushButton* m_cancel;
    QProgressBar* m_progress;
    QLabel* m_left;
    QLabel* m_whyNot;
    bool m_running = false;
};

} // namespace ocellus

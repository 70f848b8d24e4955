// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/base/latest_wins_queue.h"
#include "core/data/class_table.h"
#include "ui/experiment/folder_experiment.h"

class QLabel;
class QPushButton;
class QTableView;

namespace ocellus {

class ExperimentTableModel;

/// What an experiment found: the answer in words, a table of pictures, and the chosen one before and after.
class ExperimentResults : public QWidget {
    Q_OBJECT

public:
    explicit ExperimentResults(QWidget* parent = nullptr);

    void clear(const ClassTable& table);
    void add(const ExperimentFinding& finding);
    ExperimentTableModel* rows() const { return m_model; }
    const ExperimentFinding* chosen() const; ///< null where no row is
    void setCanApply(const QString& whyNot); ///< empty: the chosen row's edit can be done to its picture
    bool canApply() const;
    QString text() const;

signals:
    void pictureChosen(const std::filesystem::path& path);
    void classActivated(int classIndex); ///< a cell that names it, or a row that is about it
    void applyRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void setUpTable();
    QWidget* makePair();
    void summarise();
    void takeText(int generation, const QString& text);
    void showChosen();
    void showThumbnails();

    ExperimentTableModel* m_model;
    QLabel* m_text;
    QTableView* m_table;
    QLabel* m_before;
    QLabel* m_after;
    QLabel* m_caption;
    QPushButton* m_apply;
    int m_generation = 0; ///< of the rows: one more after each clear()
    bool m_hidesP = true; ///< no row has controls
    bool m_isSummarising = false;
    bool m_isOutOfDate = false;
    LatestWinsQueue m_queue; ///< intervals of many rows take a while; last: it is gone before what its jobs use
};

} // namespace ocellus

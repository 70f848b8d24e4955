// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QWidget>

#include "core/train/epoch_report.h"

class QCustomPlot;

namespace ocellus {

/// Loss and accuracy over the epochs, of one run in training and validation, of several in validation alone.
class CurvesView : public QWidget {
    Q_OBJECT

public:
    struct Run {
        QString name;
        std::vector<EpochReport> epochs;
        int valPictures = 0; ///< for the interval; 0: not known
    };

    explicit CurvesView(QWidget* parent = nullptr);

    void setRuns(std::vector<Run> runs);
    QSize minimumSizeHint() const override { return {320, 160}; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    void draw(QCustomPlot& plot, const QString& name, const QColor& colour, bool isDashed, const Run& run,
              double EpochReport::*value);
    void drawInterval(const Run& run, const QColor& colour);

    std::vector<Run> m_runs;
    QCustomPlot* m_loss;
    QCustomPlot* m_accuracy;
};

} // namespace ocellus

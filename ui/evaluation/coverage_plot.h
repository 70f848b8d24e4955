// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QWidget>

#include "core/analysis/novelty.h"

class QCustomPlot;
class QStackedLayout;

namespace ocellus {

/// How often the model is right in the pictures that are least unusual, over how many of them are taken.
class CoveragePlot : public QWidget {
    Q_OBJECT

public:
    explicit CoveragePlot(QWidget* parent = nullptr);

    /// Empty where nothing is known. `name` is the score's.
    void setCurve(const std::vector<CoveragePoint>& points, const QString& name);

protected:
    void changeEvent(QEvent* event) override;

private:
    void rebuild();

    QCustomPlot* m_plot;
    QStackedLayout* m_pages;
    std::vector<CoveragePoint> m_points;
    QString m_name;
};

} // namespace ocellus

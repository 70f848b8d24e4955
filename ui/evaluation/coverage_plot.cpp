// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evaluation/coverage_plot.h"

#include <algorithm>
#include <cmath>

#include <QEvent>
#include <QStackedLayout>

#include <qcustomplot.h>

#include "core/analysis/novelty_study.h"
#include "ui/figures/number_text.h"
#include "ui/panels/plot_style.h"

namespace ocellus {

namespace {

constexpr double percent = 100;

} // namespace

CoveragePlot::CoveragePlot(QWidget* parent) : QWidget(parent), m_plot(new QCustomPlot)
{
    setAccessibleName(tr("Accuracy by coverage"));
    setMinimumSize(260, 150);
    m_pages = stackWithText(
        this, tr("What leaving out unusual pictures gains is told of %1 pictures or more.").arg(NoveltyStudy::fewest),
        m_plot);
    m_plot->xAxis->setRange(0, percent);
    m_plot->xAxis->setLabel(tr("least unusual pictures taken, %"));
    m_plot->yAxis->setLabel(tr("of these right, %"));
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis})
        axis->setTicker(numberTicker());
    rebuild();
}

void CoveragePlot::setCurve(const std::vector<CoveragePoint>& points, const QString& name)
{
    m_points = points;
    m_name = name;
    rebuild();
}

void CoveragePlot::rebuild()
{
    applyPalette(*m_plot, palette());
    m_plot->clearPlottables();
    m_pages->setCurrentIndex(m_points.empty() ? 0 : 1);
    QStringList told;
    if (!m_points.empty()) {
        QVector<double> x, y;
        for (const CoveragePoint& point : m_points) {
            x += percent * point.coverage;
            y += percent * point.accuracy;
            told += tr("%1 % taken, %2 % right").arg(fixedText(x.back(), 0), fixedText(y.back(), 1));
        }
        QCPGraph* graph = m_plot->addGraph();
        graph->setPen(QPen(palette().color(QPalette::Highlight), 2));
        graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, palette().color(QPalette::Highlight), 6));
        graph->setData(x, y);
        constexpr double step = 10;
        const double lowest = *std::ranges::min_element(y);
        m_plot->yAxis->setRange(std::max(0.0, step * std::floor((lowest - 1) / step)), percent + 1);
    }
    setAccessibleDescription(m_name + QStringLiteral(": ") + told.join(QStringLiteral("; ")));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void CoveragePlot::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        rebuild();
}

} // namespace ocellus

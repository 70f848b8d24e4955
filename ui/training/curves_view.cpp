// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/curves_view.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <QEvent>
#include <QHBoxLayout>

#include <qcustomplot.h>

#include "core/analysis/intervals.h"
#include "ui/panels/plot_style.h"

namespace ocellus {

namespace {

// Of Okabe and Ito's set for colour-blind readers; of several runs each has one.
constexpr std::array<QRgb, 7> colours{0xff0072b2, 0xffd55e00, 0xff009e73, 0xffcc79a7,
                                      0xffe69f00, 0xff56b4e9, 0xff7f7f7f};

constexpr double emptyLoss = 1;

QCustomPlot* makePlot(const QString& title, QWidget* parent)
{
    auto* plot = new QCustomPlot(parent);
    plot->setAccessibleName(title);
    plot->yAxis->setLabel(title);
    plot->xAxis->setLabel(CurvesView::tr("epoch"));
    plot->yAxis->setTicker(numberTicker());
    auto ticker = QSharedPointer<QCPAxisTickerFixed>::create(); // there is no half epoch
    ticker->setTickStep(1);
    ticker->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
    plot->xAxis->setTicker(ticker);
    plot->xAxis->setSubTicks(false);
    plot->legend->setVisible(true);
    plot->setMinimumSize(150, 140);
    return plot;
}

} // namespace

CurvesView::CurvesView(QWidget* parent)
    : QWidget(parent),
      m_loss(makePlot(tr("loss"), this)),
      m_accuracy(makePlot(tr("right, %"), this))
{
    setAccessibleName(tr("Curves of training"));
    m_accuracy->axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignBottom | Qt::AlignRight);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_loss);
    layout->addWidget(m_accuracy);
    rebuild();
}

void CurvesView::setRuns(std::vector<Run> runs)
{
    m_runs = std::move(runs);
    rebuild();
}

void CurvesView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        rebuild();
}

void CurvesView::draw(QCustomPlot& plot, const QString& name, const QColor& colour, bool isDashed, const Run& run,
                      double EpochReport::*value)
{
    QCPGraph* graph = plot.addGraph();
    graph->setName(name);
    graph->setPen(QPen(colour, 2, isDashed ? Qt::DashLine : Qt::SolidLine));
    if (run.epochs.size() < 40)
        graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, colour, 5));
    for (const EpochReport& epoch : run.epochs)
        if (std::isfinite(epoch.*value))
            graph->addData(epoch.epoch, epoch.*value);
}

/// What chance alone may have moved the accuracy to.
void CurvesView::drawInterval(const Run& run, const QColor& colour)
{
    if (run.valPictures < 1 || run.epochs.empty())
        return;
    QCPGraph* low = m_accuracy->addGraph();
    QCPGraph* high = m_accuracy->addGraph();
    for (const EpochReport& epoch : run.epochs) {
        const auto right = static_cast<int>(std::lround(epoch.accuracy1 / 100 * run.valPictures));
        const Interval interval = wilsonInterval(std::clamp(right, 0, run.valPictures), run.valPictures);
        low->addData(epoch.epoch, interval.low * 100);
        high->addData(epoch.epoch, interval.high * 100);
    }
    low->setPen(Qt::NoPen);
    high->setPen(Qt::NoPen);
    QColor quiet = colour;
    quiet.setAlpha(50);
    high->setBrush(quiet);
    high->setChannelFillGraph(low);
    low->removeFromLegend();
    high->removeFromLegend();
}

void CurvesView::rebuild()
{
    for (QCustomPlot* plot : {m_loss, m_accuracy}) {
        plot->clearGraphs();
        applyPalette(*plot, palette());
        plot->legend->setBrush(palette().color(QPalette::Base));
        plot->legend->setTextColor(palette().color(QPalette::Text));
        plot->legend->setBorderPen(Qt::NoPen);
        plot->legend->setFont(font());
    }
    const QColor first(colours[0]), second(colours[1]);
    if (m_runs.size() == 1) {
        drawInterval(m_runs.front(), first);
        draw(*m_loss, tr("validation"), first, false, m_runs.front(), &EpochReport::valLoss);
        draw(*m_loss, tr("training"), second, true, m_runs.front(), &EpochReport::trainLoss);
        draw(*m_accuracy, tr("validation"), first, false, m_runs.front(), &EpochReport::accuracy1);
        draw(*m_accuracy, tr("training"), second, true, m_runs.front(), &EpochReport::trainAccuracy);
    } else {
        for (std::size_t i = 0; i < m_runs.size(); ++i) {
            const QColor colour(colours[i % colours.size()]);
            draw(*m_loss, m_runs[i].name, colour, false, m_runs[i], &EpochReport::valLoss);
            draw(*m_accuracy, m_runs[i].name, colour, false, m_runs[i], &EpochReport::accuracy1);
        }
    }
    std::size_t longest = 1;
    for (const Run& run : m_runs)
        longest = std::max(longest, run.epochs.size());
    m_loss->yAxis->setRange(0, emptyLoss); // what stays where there is nothing to rescale to
    m_loss->yAxis->rescale();
    m_loss->yAxis->setRange(0, std::max(0.1, m_loss->yAxis->range().upper * 1.05));
    m_accuracy->yAxis->setRange(0, 100);
    for (QCustomPlot* plot : {m_loss, m_accuracy}) {
        plot->xAxis->setRange(0.5, static_cast<double>(longest) + 0.5);
        plot->legend->setVisible(!m_runs.empty());
        plot->replot(QCustomPlot::rpQueuedReplot);
    }
}

} // namespace ocellus

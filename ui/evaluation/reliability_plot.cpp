// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evaluation/reliability_plot.h"

#include <QEvent>
#include <QStackedLayout>

#include <qcustomplot.h>

#include "ui/figures/number_text.h"
#include "ui/panels/plot_style.h"

namespace ocellus {

namespace {

constexpr double percent = 100;
constexpr double margin = 3; ///< in percent: points at the ends are whole

} // namespace

ReliabilityPlot::ReliabilityPlot(QWidget* parent) : QWidget(parent), m_plot(new QCustomPlot)
{
    setAccessibleName(tr("Reliability diagram"));
    setMinimumSize(260, 170);
    m_pages = stackWithText(
        this, tr("Whether probabilities can be believed is told of %1 pictures or more.").arg(Calibration::fewest),
        m_plot);
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setRange(-margin, percent + margin);
        axis->setTicker(numberTicker());
    }
    m_plot->xAxis->setLabel(tr("the model says, %"));
    m_plot->yAxis->setLabel(tr("it is right, %"));
    m_plot->axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignLeft | Qt::AlignTop);
    rebuild();
}

void ReliabilityPlot::setCalibration(const std::optional<Calibration>& calibration)
{
    m_calibration = calibration;
    rebuild();
}

void ReliabilityPlot::rebuild()
{
    applyPalette(*m_plot, palette());
    m_plot->clearPlottables();
    m_pages->setCurrentIndex(m_calibration ? 1 : 0);
    setAccessibleDescription({});
    if (m_calibration) {
        QCPGraph* ideal = m_plot->addGraph();
        ideal->setPen(QPen(quietColour(palette()), 1, Qt::DashLine));
        ideal->setData({0, percent}, {0, percent});
        ideal->removeFromLegend();
        draw(m_calibration->before, tr("as the model says"), palette().color(QPalette::Text), false);
        draw(m_calibration->after, tr("with the temperature"), palette().color(QPalette::Highlight), true);
        m_plot->legend->setVisible(true);
        m_plot->legend->setFont(font());
        m_plot->legend->setTextColor(palette().color(QPalette::Text));
        m_plot->legend->setBrush(Qt::NoBrush);
        m_plot->legend->setBorderPen(Qt::NoPen);
    }
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

/// A point a bin that has pictures, with Wilson's interval.
void ReliabilityPlot::draw(const Reliability& reliability, const QString& name, const QColor& colour, bool isFilled)
{
    QVector<double> x, y, below, above;
    QStringList told;
    for (const ReliabilityBin& bin : reliability.bins) {
        if (bin.n == 0)
            continue;
        x += percent * bin.confidence;
        y += percent * bin.accuracy;
        below += percent * (bin.accuracy - bin.interval.low);
        above += percent * (bin.interval.high - bin.accuracy);
        told += tr("%1 % says, %2 % right").arg(fixedText(x.back(), 0), fixedText(y.back(), 0));
    }
    QCPGraph* graph = m_plot->addGraph();
    graph->setName(name);
    graph->setPen(QPen(colour, 1.5));
    graph->setLineStyle(QCPGraph::lsNone); // of few pictures a line would lead the eye astray
    graph->setScatterStyle(isFilled ? QCPScatterStyle(QCPScatterStyle::ssDisc, colour, 7)
                                    : QCPScatterStyle(QCPScatterStyle::ssCircle, colour, 7));
    graph->setData(x, y);
    auto* errors = new QCPErrorBars(m_plot->xAxis, m_plot->yAxis);
    errors->setDataPlottable(graph);
    errors->setPen(QPen(colour, 1));
    errors->setData(below, above);
    errors->removeFromLegend();
    setAccessibleDescription(accessibleDescription() + name + QStringLiteral(": ") + told.join(QStringLiteral("; ")) +
                             QStringLiteral(". "));
}

void ReliabilityPlot::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        rebuild();
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/logits_plot.h"

#include <algorithm>
#include <cmath>

#include <QEvent>
#include <QMouseEvent>
#include <QStackedLayout>

#include <qcustomplot.h>

#include "ui/figures/number_text.h"
#include "ui/panels/plot_style.h"

namespace ocellus {

namespace {

/// Bars lie along the class axis, which runs downwards from the best class.
QCPBars* addBars(QCustomPlot* plot, double width)
{
    auto* bars = new QCPBars(plot->yAxis, plot->xAxis);
    bars->setWidth(width);
    bars->setSelectable(QCP::stNone);
    return bars;
}

/// From the smallest to the largest value, with 0 and a margin for what reaches away from it.
QCPRange valueRange(const QList<LogitBar>& bars)
{
    double low = 0;
    double high = 0;
    for (const LogitBar& bar : bars)
        for (const double value : {bar.logit, bar.fullLogit.value_or(0)}) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    const double margin = high > low ? 0.05 * (high - low) : 1;
    return {low < 0 ? low - margin : 0, high > 0 || low == 0 ? high + margin : 0};
}

} // namespace

LogitsPlot::LogitsPlot(QWidget* parent) : QWidget(parent), m_plot(new QCustomPlot)
{
    setAccessibleName(tr("Logits of the top classes"));
    setMinimumSize(160, 90);
    m_pages = stackWithText(this, tr("The logits of the top classes appear here once a picture is explained."), m_plot);
    m_shown = addBars(m_plot, 0.7);
    m_chosen = addBars(m_plot, 0.7);
    m_full = addBars(m_plot, 0.7);
    m_plot->yAxis->setRangeReversed(true);
    m_plot->yAxis->setTickLength(0);
    m_plot->yAxis->setSubTicks(false);
    m_plot->yAxis->grid()->setVisible(false);
    connect(m_plot, &QCustomPlot::mousePress, this, [this](QMouseEvent* event) { clicked(event->position()); });
    rebuild();
}

void LogitsPlot::setBars(const QList<LogitBar>& bars)
{
    m_bars.clear();
    for (const LogitBar& bar : bars) {
        if (!std::isfinite(bar.logit))
            continue;
        m_bars.append(bar);
        if (bar.fullLogit && !std::isfinite(*bar.fullLogit))
            m_bars.last().fullLogit.reset();
    }
    rebuild();
}

void LogitsPlot::setChosenClass(int classIndex)
{
    if (m_chosenClass == classIndex)
        return;
    m_chosenClass = classIndex;
    rebuild();
}

void LogitsPlot::rebuild()
{
    applyPalette(*m_plot, palette());
    fillBars(*m_shown, quietColour(palette()));
    fillBars(*m_chosen, palette().color(QPalette::Highlight));
    m_full->setPen(QPen(palette().color(QPalette::Text), 1.5));
    m_full->setBrush(Qt::NoBrush);
    for (QCPBars* bars : {m_shown, m_chosen, m_full})
        bars->data()->clear();

    bool limited = false;
    for (qsizetype i = 0; i < m_bars.size(); ++i) {
        const LogitBar& bar = m_bars[i];
        (bar.classIndex == m_chosenClass ? m_chosen : m_shown)->addData(static_cast<double>(i), bar.logit);
        if (!bar.fullLogit)
            continue;
        limited = true;
        m_full->addData(static_cast<double>(i), *bar.fullLogit);
    }
    m_plot->xAxis->setLabel(limited ? tr("logit (outline: unchanged model)") : tr("logit (no unit)"));
    setAccessibleDescription(description());
    m_pages->setCurrentIndex(m_bars.isEmpty() ? 0 : 1);
    fitToSize();
}

void LogitsPlot::fitToSize()
{
    const QFontMetrics metrics(m_plot->font());
    const int forAxis = 3 * metrics.height();
    const int room = std::max((height() - forAxis) / metrics.height(), 2);
    const int count = std::min(room, static_cast<int>(m_bars.size()));
    const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    for (int i = 0; i < count; ++i)
        ticker->addTick(i, metrics.elidedText(m_bars[i].name, Qt::ElideRight, width() / 3));
    m_plot->yAxis->setTicker(ticker);
    m_plot->xAxis->setRange(valueRange(m_bars.first(count)));
    m_plot->yAxis->setRange(-0.5, std::max(count, 1) - 0.5);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

QString LogitsPlot::description() const
{
    QStringList parts;
    for (const LogitBar& bar : m_bars)
        parts << QStringLiteral("%1: %2").arg(bar.name, fixedText(bar.logit, 2));
    return parts.join(QStringLiteral("; "));
}

void LogitsPlot::clicked(const QPointF& position)
{
    const double key = m_plot->yAxis->pixelToCoord(position.y());
    const auto row = static_cast<qsizetype>(std::lround(key));
    if (m_plot->yAxis->range().contains(key) && row >= 0 && row < m_bars.size())
        emit classChosen(m_bars[row].classIndex);
}

void LogitsPlot::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        rebuild();
}

void LogitsPlot::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitToSize();
}

} // namespace ocellus

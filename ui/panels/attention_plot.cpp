// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/attention_plot.h"

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

constexpr int MostTicks = 17; ///< sixteen heads and their mean have room for their numbers

QCPBars* addBars(QCustomPlot* plot)
{
    auto* bars = new QCPBars(plot->xAxis, plot->yAxis);
    bars->setWidth(0.7);
    bars->setSelectable(QCP::stNone);
    return bars;
}

} // namespace

AttentionPlot::AttentionPlot(QWidget* parent) : QWidget(parent), m_plot(new QCustomPlot)
{
    setAccessibleName(tr("Maps at the crosshair"));
    setMinimumSize(160, 90);
    m_pages = stackWithText(this, tr("Point at the picture to see what each map has in that cell."), m_plot);
    m_heads = addBars(m_plot);
    m_chosen = addBars(m_plot);
    m_uniform = new QCPItemStraightLine(m_plot);
    m_uniform->setSelectable(false);
    m_uniform->point1->setCoords(0, 1);
    m_uniform->point2->setCoords(1, 1);
    m_plot->xAxis->setTickLength(0);
    m_plot->xAxis->setSubTicks(false);
    m_plot->xAxis->grid()->setVisible(false);
    connect(m_plot, &QCustomPlot::mousePress, this, [this](QMouseEvent* event) { clicked(event->position()); });
    rebuild();
}

void AttentionPlot::setValues(const std::vector<float>& heads, float mean, Cell cell, MapNames names)
{
    m_names = std::move(names);
    m_values = heads;
    m_values.push_back(mean);
    for (float& value : m_values)
        value = std::isfinite(value) ? value : 0.0f;
    m_cell = cell;
    rebuild();
}

void AttentionPlot::clear()
{
    m_values.clear();
    rebuild();
}

void AttentionPlot::setChosenHead(int head)
{
    if (m_chosenHead == head)
        return;
    m_chosenHead = head;
    rebuild();
}

void AttentionPlot::rebuild()
{
    applyPalette(*m_plot, palette());
    fillBars(*m_heads, quietColour(palette()));
    fillBars(*m_chosen, palette().color(QPalette::Highlight));
    m_uniform->setPen(QPen(palette().color(QPalette::Text), 1.5, Qt::DashLine));
    m_heads->data()->clear();
    m_chosen->data()->clear();

    const int count = static_cast<int>(m_values.size());
    const int step = (count + MostTicks - 1) / MostTicks;
    const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    double highest = 1;
    for (int i = 0; i < count; ++i) {
        const auto value = static_cast<double>(m_values[static_cast<std::size_t>(i)]);
        (i == m_chosenHead ? m_chosen : m_heads)->addData(i, value);
        highest = std::max(highest, value);
        if (i == count - 1)
            ticker->addTick(i, tr("mean"));
        else if (i % step == 0)
            ticker->addTick(i, m_names.number(i));
    }
    m_plot->xAxis->setTicker(ticker);
    m_plot->xAxis->setRange(-0.6, std::max(count, 1) - 0.4);
    m_plot->xAxis->setLabel(
        tr("%1, at cell row %2, column %3").arg(MapNames::one(m_names.kind())).arg(m_cell.row).arg(m_cell.column));
    m_plot->yAxis->setRange(0, highest * 1.08);
    m_plot->yAxis->setLabel(tr("times uniform"));
    m_plot->setToolTip(
        tr("Each map in the cell under the crosshair; the dashed line is the map's mean, an even spread (1)"));
    setAccessibleDescription(description());
    m_pages->setCurrentIndex(count == 0 ? 0 : 1);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

QString AttentionPlot::description() const
{
    QStringList parts;
    for (std::size_t i = 0; i < m_values.size(); ++i) {
        const QString value = fixedText(m_values[i], 2);
        parts << (i + 1 == m_values.size()
                      ? tr("mean: %1").arg(value)
                      : tr("%1: %2", "a map, its value").arg(m_names.name(static_cast<int>(i)), value));
    }
    return parts.join(QStringLiteral("; "));
}

void AttentionPlot::clicked(const QPointF& position)
{
    const double key = m_plot->xAxis->pixelToCoord(position.x());
    const long head = std::lround(key);
    if (m_plot->xAxis->range().contains(key) && head >= 0 && head < static_cast<long>(m_values.size()))
        emit headChosen(static_cast<int>(head));
}

void AttentionPlot::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        rebuild();
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/logit_change_plot.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include <QEvent>
#include <QMouseEvent>
#include <QStackedLayout>

#include <qcustomplot.h>

#include "ui/figures/elided_name.h"
#include "ui/panels/plot_style.h"

namespace ocellus {

namespace {

constexpr std::size_t mostClasses = 20;
constexpr double barWidth = 0.36;

/// Bars lie along the class axis, which runs downwards from the best class.
QCPBars* addBars(QCustomPlot* plot, const QString& name)
{
    auto* bars = new QCPBars(plot->yAxis, plot->xAxis);
    bars->setWidth(barWidth);
    bars->setSelectable(QCP::stNone);
    bars->setName(name);
    return bars;
}

bool isDrawable(const ClassEffect& effect)
{
    return std::isfinite(effect.logitBefore) && std::isfinite(effect.logitAfter);
}

} // namespace

LogitChangePlot::LogitChangePlot(QWidget* parent) : QWidget(parent), m_plot(new QCustomPlot)
{
    setAccessibleName(tr("Logits before and after the edits"));
    setMinimumSize(260, 100);
    m_pages = stackWithText(this, tr("The logits before and after the edits appear here."), m_plot);
    m_before = addBars(m_plot, tr("before"));
    m_after = addBars(m_plot, tr("after"));
    for (QCPAxis* axis : {m_plot->yAxis, m_plot->yAxis2}) {
        axis->setRangeReversed(true);
        axis->setTickLength(0);
        axis->setSubTicks(false);
        axis->grid()->setVisible(false);
    }
    m_plot->yAxis2->setVisible(true);
    m_plot->xAxis->setLabel(tr("logit (grey: before)"));
    connect(m_plot, &QCustomPlot::mousePress, this, [this](QMouseEvent* event) { clicked(event->position()); });
    rebuild();
}

void LogitChangePlot::setComparison(const EditComparison& comparison)
{
    std::vector<ClassEffect> effects;
    std::ranges::copy_if(comparison.classes.classes, std::back_inserter(effects), isDrawable);
    std::ranges::sort(effects, {}, [](const ClassEffect& effect) {
        return std::tuple(std::min(effect.rankBefore, effect.rankAfter), effect.rankAfter);
    });
    effects.resize(std::min(effects.size(), mostClasses));
    m_rows.clear();
    for (const ClassEffect& effect : effects) {
        QStringList words{changeText(effect.logitChange()), rankText(effect)};
        if (comparison.classes.flips() && effect.classIndex == comparison.classes.topAfter)
            words += tr("now first");
        else if (comparison.classes.flips() && effect.classIndex == comparison.classes.topBefore)
            words += tr("was first");
        m_rows.push_back({effect, comparison.nameOf(effect.classIndex), words.join(QStringLiteral(" · "))});
    }
    rebuild();
}

void LogitChangePlot::rebuild()
{
    applyPalette(*m_plot, palette());
    m_plot->yAxis2->setBasePen(Qt::NoPen);
    m_plot->yAxis2->setTickLabelColor(palette().color(QPalette::Text));
    m_plot->yAxis2->setTickLabelFont(m_plot->font());
    fillBars(*m_before, quietColour(palette()));
    fillBars(*m_after, palette().color(QPalette::Highlight));
    m_before->data()->clear();
    m_after->data()->clear();
    QStringList told;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Row& row = m_rows[i];
        const auto key = static_cast<double>(i);
        m_before->addData(key - barWidth / 2, static_cast<double>(row.effect.logitBefore));
        m_after->addData(key + barWidth / 2, static_cast<double>(row.effect.logitAfter));
        told += QStringLiteral("%1: %2").arg(row.name, row.change);
    }
    setAccessibleDescription(told.join(QStringLiteral("; ")));
    m_pages->setCurrentIndex(m_rows.empty() ? 0 : 1);
    fitToSize();
}

void LogitChangePlot::fitToSize()
{
    const QFontMetrics metrics(m_plot->font());
    const int room = std::max((height() - 3 * metrics.height()) * 2 / (3 * metrics.height()), 1);
    const int count = std::min(room, static_cast<int>(m_rows.size()));
    const auto names = QSharedPointer<QCPAxisTickerText>::create();
    const auto changes = QSharedPointer<QCPAxisTickerText>::create();
    double low = 0, high = 0;
    QStringList all;
    for (int i = 0; i < count; ++i)
        all += m_rows[static_cast<std::size_t>(i)].name;
    for (int i = 0; i < count; ++i) {
        const Row& row = m_rows[static_cast<std::size_t>(i)];
        names->addTick(i, elidedName(row.name, width() / 4.0, metrics, all));
        changes->addTick(i, metrics.elidedText(row.change, Qt::ElideRight, width() * 2 / 5));
        for (const float logit : {row.effect.logitBefore, row.effect.logitAfter}) {
            low = std::min(low, static_cast<double>(logit));
            high = std::max(high, static_cast<double>(logit));
        }
    }
    const double margin = high > low ? 0.05 * (high - low) : 1;
    m_plot->yAxis->setTicker(names);
    m_plot->yAxis2->setTicker(changes);
    m_plot->xAxis->setRange(low < 0 ? low - margin : 0, high > 0 || low == 0 ? high + margin : 0);
    for (QCPAxis* axis : {m_plot->yAxis, m_plot->yAxis2})
        axis->setRange(-0.5, std::max(count, 1) - 0.5);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

std::optional<int> LogitChangePlot::classAt(QPointF position) const
{
    const double key = m_plot->yAxis->pixelToCoord(position.y());
    const auto row = static_cast<qsizetype>(std::lround(key));
    if (m_plot->yAxis->range().contains(key) && row >= 0 && row < static_cast<qsizetype>(m_rows.size()))
        return m_rows[static_cast<std::size_t>(row)].effect.classIndex;
    return {};
}

void LogitChangePlot::clicked(const QPointF& position)
{
    if (const std::optional<int> classIndex = classAt(position))
        emit classChosen(*classIndex);
}

void LogitChangePlot::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        rebuild();
}

void LogitChangePlot::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitToSize();
}

} // namespace ocellus

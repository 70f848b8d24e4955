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
// Of a row's height: words, and below them two bars.
constexpr double wordsPlace = -0.26, barWidth = 0.2, barPlaces[]{0.06, 0.28};
constexpr int margin = 12;       ///< pixels at each side of a plot
constexpr double rowLines = 2.4; ///< lines of text that a row is high

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
    setMinimumSize(280, 100);
    m_pages = stackWithText(this, tr("The logits before and after the edits appear here."), m_plot);
    m_before = addBars(m_plot, tr("before"));
    m_after = addBars(m_plot, tr("after"));
    m_plot->yAxis->setRangeReversed(true);
    m_plot->yAxis->setTicks(false);
    m_plot->yAxis->setTickLabels(false);
    m_plot->yAxis->grid()->setVisible(false);
    m_plot->xAxis->setTicker(numberTicker());
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
    m_plot->yAxis->setBasePen(Qt::NoPen);
    fillBars(*m_before, quietColour(palette()));
    fillBars(*m_after, palette().color(QPalette::Highlight));
    m_before->data()->clear();
    m_after->data()->clear();
    QStringList told;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Row& row = m_rows[i];
        const auto key = static_cast<double>(i);
        m_before->addData(key + barPlaces[0], static_cast<double>(row.effect.logitBefore));
        m_after->addData(key + barPlaces[1], static_cast<double>(row.effect.logitAfter));
        told += QStringLiteral("%1: %2").arg(row.name, row.change);
    }
    setAccessibleDescription(told.join(QStringLiteral("; ")));
    m_pages->setCurrentIndex(m_rows.empty() ? 0 : 1);
    fitToSize();
}

void LogitChangePlot::fitToSize()
{
    const int line = QFontMetrics(m_plot->font()).lineSpacing();
    const int rows = std::max(static_cast<int>((height() - 3 * line) / (rowLines * line)), 1); // 3: of the axis
    const int count = std::min(rows, static_cast<int>(m_rows.size()));
    double low = 0, high = 0;
    for (int i = 0; i < count; ++i)
        for (const float logit : {m_rows[static_cast<std::size_t>(i)].effect.logitBefore,
                                  m_rows[static_cast<std::size_t>(i)].effect.logitAfter}) {
            low = std::min(low, static_cast<double>(logit));
            high = std::max(high, static_cast<double>(logit));
        }
    const double beyond = high > low ? 0.05 * (high - low) : 1;
    m_plot->xAxis->setRange(low < 0 ? low - beyond : 0, high > 0 || low == 0 ? high + beyond : 0);
    // Few rows are no higher than many.
    m_plot->yAxis->setRange(-0.5, std::max(rows, count) - 0.5);
    m_plot->clearItems();
    QStringList names;
    for (int i = 0; i < count; ++i)
        names += m_rows[static_cast<std::size_t>(i)].name;
    for (int i = 0; i < count; ++i)
        addWords(i, names);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

/// The name on the left, and what has become of it on the right, over both bars.
void LogitChangePlot::addWords(int row, const QStringList& names)
{
    const QFontMetricsF metrics(m_plot->font());
    const auto add = [&](const QString& text, double share, Qt::Alignment alignment) {
        auto* words = new QCPItemText(m_plot);
        words->setSelectable(false);
        words->setClipToAxisRect(false);
        words->setFont(m_plot->font());
        words->setColor(palette().color(QPalette::Text));
        words->setText(text);
        words->setPositionAlignment(alignment | Qt::AlignVCenter);
        words->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
        words->position->setTypeY(QCPItemPosition::ptPlotCoords);
        words->position->setCoords(share, row + wordsPlace);
    };
    const Row& of = m_rows[static_cast<std::size_t>(row)];
    const double room = m_plot->width() - 2 * margin;
    const QString change = metrics.elidedText(of.change, Qt::ElideRight, 0.6 * room);
    const double rest = room - metrics.horizontalAdvance(change) - metrics.averageCharWidth();
    add(elidedName(of.name, rest, metrics, names), 0, Qt::AlignLeft);
    add(change, 1, Qt::AlignRight);
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

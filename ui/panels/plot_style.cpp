// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/plot_style.h"

#include <QLabel>
#include <QPalette>
#include <QStackedLayout>

#include <qcustomplot.h>

namespace ocellus {

namespace {

QColor blend(const QColor& a, const QColor& b, double share)
{
    const auto mix = [share](int x, int y) { return static_cast<int>(x * share + y * (1 - share)); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

class NumberTicker : public QCPAxisTicker {
protected:
    QString getTickLabel(double tick, const QLocale& locale, QChar format, int precision) override
    {
        return QCPAxisTicker::getTickLabel(tick, locale, format, precision).replace('-', QChar(0x2212));
    }
};

} // namespace

void applyPalette(QCustomPlot& plot, const QPalette& palette)
{
    const QColor text = palette.color(QPalette::Text);
    const QColor base = palette.color(QPalette::Base);
    plot.setBackground(base);
    for (QCPAxis* axis : {plot.xAxis, plot.yAxis}) {
        axis->setBasePen(QPen(text));
        axis->setTickPen(QPen(text));
        axis->setSubTickPen(QPen(text));
        axis->setTickLabelColor(text);
        axis->setLabelColor(text);
        axis->setTickLabelFont(plot.font());
        axis->setLabelFont(plot.font());
        axis->grid()->setPen(QPen(blend(text, base, 0.2), 0, Qt::DotLine));
        axis->grid()->setZeroLinePen(QPen(blend(text, base, 0.5)));
    }
}

QStackedLayout* stackWithText(QWidget* owner, const QString& text, QCustomPlot* plot)
{
    auto* label = new QLabel(text);
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
    auto* pages = new QStackedLayout(owner);
    pages->addWidget(label);
    pages->addWidget(plot);
    return pages;
}

QSharedPointer<QCPAxisTicker> numberTicker()
{
    return QSharedPointer<NumberTicker>::create();
}

void fillBars(QCPBars& bars, const QColor& colour)
{
    bars.setPen(Qt::NoPen);
    bars.setBrush(colour);
}

QColor quietColour(const QPalette& palette)
{
    return blend(palette.color(QPalette::Text), palette.color(QPalette::Base), 0.45);
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/control_plot_widget.h"

#include <QPainter>

#include "ui/panels/plot_style.h"

namespace ocellus {

ControlPlotWidget::ControlPlotWidget(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("The edit among its controls"));
}

void ControlPlotWidget::setPlot(const ControlPlot& plot)
{
    m_plot = plot;
    update();
}

void ControlPlotWidget::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    m_plot.paint(painter, rect(),
                 {palette().color(QPalette::Text), quietColour(palette()), palette().color(QPalette::Highlight)});
}

} // namespace ocellus

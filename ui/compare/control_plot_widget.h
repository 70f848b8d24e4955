// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/compare/control_plot.h"

namespace ocellus {

/// A ControlPlot in the palette's colours.
class ControlPlotWidget : public QWidget {
    Q_OBJECT

public:
    explicit ControlPlotWidget(QWidget* parent = nullptr);

    void setPlot(const ControlPlot& plot);

    QSize sizeHint() const override { return {320, 130}; }
    QSize minimumSizeHint() const override { return {160, 100}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ControlPlot m_plot;
};

} // namespace ocellus

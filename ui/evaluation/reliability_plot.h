// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QWidget>

#include "core/analysis/calibration.h"

class QCustomPlot;
class QStackedLayout;

namespace ocellus {

/// How often the model is right where it says how sure it is, before and after the temperature.
class ReliabilityPlot : public QWidget {
    Q_OBJECT

public:
    explicit ReliabilityPlot(QWidget* parent = nullptr);

    void setCalibration(const std::optional<Calibration>& calibration);

protected:
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    void draw(const Reliability& reliability, const QString& name, const QColor& colour, bool isFilled);

    QCustomPlot* m_plot;
    QStackedLayout* m_pages;
    std::optional<Calibration> m_calibration;
};

} // namespace ocellus

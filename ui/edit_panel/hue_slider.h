// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QSlider>

#include "core/edit/colour_space.h"

namespace ocellus {

/// A slider of degrees of hue, over the colours that a colour becomes by them.
class HueSlider : public QSlider {
    Q_OBJECT

public:
    /// From `least` to `most` degrees.
    HueSlider(double least, double most, QWidget* parent = nullptr);

    /// What is shown at 0. A grey has no hue to turn: the groove is then grey, too.
    void setReference(const Rgb& colour);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_least, m_most;
    Rgb m_reference{200, 90, 70};
    QImage m_colours; ///< one row over the whole range, made when needed
};

} // namespace ocellus

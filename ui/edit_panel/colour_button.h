// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

#include "core/image/rgb.h"

namespace ocellus {

/// Shows a colour, and asks for another one when it is pressed.
class ColourButton : public QToolButton {
    Q_OBJECT

public:
    explicit ColourButton(QWidget* parent = nullptr);

    void setColour(const Rgb& colour); ///< without a signal
    const Rgb& colour() const { return m_colour; }

signals:
    void gestureStarted(); ///< what is chosen until the next one is one choice
    void colourChanged(const ocellus::Rgb& colour);

private:
    void choose();
    void take(const QColor& colour);

    Rgb m_colour;
};

} // namespace ocellus

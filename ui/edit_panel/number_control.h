// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QDoubleSpinBox;
class QSlider;

namespace ocellus {

/// What a number may be, and how a control steps through it. All in the unit that is shown.
struct NumberScale {
    double least = 0, most = 1;             ///< what can be typed
    double sliderLeast = 0, sliderMost = 1; ///< what the slider spans; the same for no slider
    double middle = 0.5;                    ///< at the slider's middle: small values get more of its length
    double step = 1;
    int decimals = 0;
    bool onlySteps = false; ///< the number is the least one plus whole steps
};

/// A number as a slider and a spin box.
class NumberControl : public QWidget {
    Q_OBJECT

public:
    /// `slider` is a plain one where none is given.
    explicit NumberControl(const NumberScale& scale, const QString& suffix, QSlider* slider = nullptr,
                           QWidget* parent = nullptr);

    /// Shows a value without a signal; one that is finer than the control's steps stays so until the control moves.
    void setValue(double value);
    double value() const { return m_value; }
    void setScale(const NumberScale& scale);

    /// Both parts are told to assistive tools by this name.
    void setName(const QString& name, const QString& toolTip);
    QWidget* buddy() const; ///< for a label

signals:
    void valueChanged(double value); ///< by the user
    /// What follows is another movement than what came before: the mouse was pressed, or the control was entered.
    void gestureStarted();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void takePosition(int position);
    void take(double value);
    void showValue();
    double valueAt(int position) const;
    int positionOf(double value) const;
    double exponent() const;

    NumberScale m_scale;
    double m_value = 0;
    QSlider* m_slider;
    QDoubleSpinBox* m_box;
};

} // namespace ocellus

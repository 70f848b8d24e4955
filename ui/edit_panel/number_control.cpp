// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit_panel/number_control.h"

#include <algorithm>
#include <cmath>

#include <QDoubleSpinBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSlider>

#include "ui/edit_panel/control_guard.h"

namespace ocellus {

namespace {

constexpr int CurvedPositions = 200; // of a slider whose steps are not all equal
constexpr int MostPositions = 2'000;

bool isCurved(const NumberScale& scale)
{
    return std::abs(scale.middle - (scale.sliderLeast + scale.sliderMost) / 2) > 1e-9;
}

int positionsOf(const NumberScale& scale)
{
    if (isCurved(scale))
        return CurvedPositions;
    return static_cast<int>(
        std::clamp((scale.sliderMost - scale.sliderLeast) / scale.step, 1.0, double{MostPositions}));
}

} // namespace

NumberControl::NumberControl(const NumberScale& scale, const QString& suffix, QSlider* slider, QWidget* parent)
    : QWidget(parent),
      m_slider(slider ? slider : new QSlider(Qt::Horizontal)),
      m_box(new QDoubleSpinBox)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_slider, 1);
    layout->addWidget(m_box);
    m_box->setSuffix(suffix);
    // A number is taken when it has been typed, not at each digit: every one would ask the model.
    m_box->setKeyboardTracking(false);
    m_slider->setMinimumWidth(50);
    // One width for all, so that the sliders above one another are equally long.
    m_box->setMinimumWidth(m_box->fontMetrics().horizontalAdvance(QStringLiteral("-100.0 px 00")));
    setScale(scale);
    if (m_slider->isHidden())
        layout->setStretch(1, 1);
    connect(m_slider, &QSlider::valueChanged, this, &NumberControl::takePosition);
    connect(m_box, &QDoubleSpinBox::valueChanged, this, &NumberControl::take);
    m_slider->installEventFilter(this);
    m_box->installEventFilter(this);
    ControlGuard::protect(this);
}

void NumberControl::setScale(const NumberScale& scale)
{
    m_scale = scale;
    const QSignalBlocker quietBox(m_box), quietSlider(m_slider);
    m_box->setDecimals(scale.decimals);
    m_box->setRange(scale.least, scale.most);
    m_box->setSingleStep(scale.step);
    const int positions = positionsOf(scale);
    m_slider->setRange(0, positions);
    m_slider->setPageStep(std::max(positions / 10, 1));
    m_slider->setVisible(scale.sliderMost > scale.sliderLeast);
    showValue();
}

void NumberControl::setName(const QString& name, const QString& toolTip)
{
    for (QWidget* part : {static_cast<QWidget*>(m_slider), static_cast<QWidget*>(m_box)}) {
        part->setAccessibleName(name);
        part->setToolTip(toolTip);
    }
}

QWidget* NumberControl::buddy() const
{
    return m_box;
}

void NumberControl::setValue(double value)
{
    m_value = value;
    showValue();
}

void NumberControl::takePosition(int position)
{
    const double value = valueAt(position);
    // Where positions lie closer than the numbers shown, a step must still be one.
    const double least = std::pow(10.0, -m_scale.decimals);
    const int before = positionOf(m_value);
    if (std::abs(value - m_value) < least / 2 && position != before)
        take(m_value + (position > before ? least : -least));
    else
        take(value);
}

void NumberControl::take(double value)
{
    if (m_scale.onlySteps)
        value = m_scale.least + std::round((value - m_scale.least) / m_scale.step) * m_scale.step;
    value = std::clamp(value, m_scale.least, m_scale.most);
    const bool moved = value != m_value;
    m_value = value;
    showValue();
    if (moved)
        emit valueChanged(m_value);
}

void NumberControl::showValue()
{
    const QSignalBlocker quietBox(m_box), quietSlider(m_slider);
    m_box->setValue(m_value);
    // The slider's own rounding must not push it off the place where the mouse holds it.
    if (!m_slider->isSliderDown())
        m_slider->setValue(positionOf(m_value));
}

double NumberControl::exponent() const
{
    const double range = m_scale.sliderMost - m_scale.sliderLeast;
    return isCurved(m_scale) ? std::log((m_scale.middle - m_scale.sliderLeast) / range) / std::log(0.5) : 1;
}

double NumberControl::valueAt(int position) const
{
    const double range = m_scale.sliderMost - m_scale.sliderLeast;
    const double share = static_cast<double>(position) / m_slider->maximum();
    const double value = m_scale.sliderLeast + range * std::pow(share, exponent());
    const double unit = std::pow(10.0, m_scale.decimals);
    return std::round(value * unit) / unit;
}

int NumberControl::positionOf(double value) const
{
    const double range = m_scale.sliderMost - m_scale.sliderLeast;
    if (!(range > 0) || std::isnan(value))
        return 0;
    const double share = std::clamp((value - m_scale.sliderLeast) / range, 0.0, 1.0);
    return static_cast<int>(std::lround(std::pow(share, 1 / exponent()) * m_slider->maximum()));
}

bool NumberControl::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::FocusIn)
        emit gestureStarted();
    return QWidget::eventFilter(watched, event);
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit_panel/hue_slider.h"

#include <cmath>
#include <numbers>

#include <QPainter>
#include <QStyleOptionSlider>

namespace ocellus {

namespace {

constexpr int Columns = 180;

QImage coloursOf(const Rgb& reference, double least, double most)
{
    const OkLab start = okLab(reference);
    QImage row(Columns, 1, QImage::Format_RGB32);
    for (int i = 0; i < Columns; ++i) {
        const double turn = (least + (most - least) * i / (Columns - 1)) * std::numbers::pi / 180;
        OkLab turned = start;
        turned.a = start.a * std::cos(turn) - start.b * std::sin(turn);
        turned.b = start.a * std::sin(turn) + start.b * std::cos(turn);
        const Rgb colour = rgbFrom(turned);
        row.setPixel(i, 0, qRgb(colour.red, colour.green, colour.blue));
    }
    return row;
}

} // namespace

HueSlider::HueSlider(double least, double most, QWidget* parent)
    : QSlider(Qt::Horizontal, parent),
      m_least(least),
      m_most(most)
{
}

void HueSlider::setReference(const Rgb& colour)
{
    if (colour == m_reference)
        return;
    m_reference = colour;
    m_colours = {};
    update();
}

void HueSlider::paintEvent(QPaintEvent*)
{
    if (m_colours.isNull())
        m_colours = coloursOf(m_reference, m_least, m_most);
    QStyleOptionSlider option;
    initStyleOption(&option);
    const QRect handle = style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, this);
    const int thickness = std::max(6, height() / 3);
    const QRect groove(handle.width() / 2, (height() - thickness) / 2, width() - handle.width(), thickness);

    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setOpacity(isEnabled() ? 1 : 0.4);
    painter.drawImage(groove, m_colours);
    painter.setOpacity(1);
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawRect(groove.adjusted(0, 0, -1, -1));
    option.subControls = QStyle::SC_SliderHandle;
    if (isSliderDown())
        option.activeSubControls = QStyle::SC_SliderHandle;
    style()->drawComplexControl(QStyle::CC_Slider, &option, &painter, this);
}

} // namespace ocellus

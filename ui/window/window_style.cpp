// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/window_style.h"

#include <QStyleOption>

namespace ocellus {

namespace {

/// Fusion draws outlines as the window's colour, darker: on a dark theme that is black on black.
template <typename Option>
Option withLightOutline(const Option& option)
{
    Option light(option);
    light.palette.setColor(QPalette::Window, option.palette.color(QPalette::Disabled, QPalette::WindowText));
    return light;
}

} // namespace

WindowStyle::WindowStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

void WindowStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                const QWidget* widget) const
{
    const bool isDark = option->palette.color(QPalette::Window).lightness() < 128;
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
    const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option);
    if (isDark && button && (element == PE_IndicatorCheckBox || element == PE_IndicatorRadioButton)) {
        const QStyleOptionButton light = withLightOutline(*button);
        QProxyStyle::drawPrimitive(element, &light, painter, widget);
    } else if (isDark && item && element == PE_IndicatorItemViewItemCheck) {
        const QStyleOptionViewItem light = withLightOutline(*item);
        QProxyStyle::drawPrimitive(element, &light, painter, widget);
    } else {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

} // namespace ocellus

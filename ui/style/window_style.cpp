// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/window_style.h"

#include <algorithm>

#include <QPainter>
#include <QStyleOption>

#include "ui/style/flat_controls.h"
#include "ui/style/flat_shapes.h"
#include "ui/widgets/symbol_icon.h"

namespace ocellus {

namespace {

// Every distance is a multiple of four pixels, or half of one.
constexpr int Margin = 8;
constexpr int Spacing = 6;
constexpr int ScrollBarWidth = 12;
constexpr int ShortestHandle = 28;

QRect scrollHandle(const QStyleOptionSlider& option)
{
    const bool isFlat = option.orientation == Qt::Horizontal;
    const int length = isFlat ? option.rect.width() : option.rect.height();
    const auto range = static_cast<qint64>(option.maximum) - option.minimum;
    const qint64 whole = range + option.pageStep;
    const int handle = whole > 0 ? std::clamp(static_cast<int>(option.pageStep * static_cast<qint64>(length) / whole),
                                              std::min(ShortestHandle, length), length)
                                 : length;
    const int start = QStyle::sliderPositionFromValue(option.minimum, option.maximum, option.sliderPosition,
                                                      length - handle, option.upsideDown);
    const QRect rect =
        isFlat ? QRect(start, 0, handle, option.rect.height()) : QRect(0, start, option.rect.width(), handle);
    return QStyle::visualRect(option.direction, option.rect, rect.translated(option.rect.topLeft()));
}

QRect scrollPart(const QStyleOptionSlider& option, QStyle::SubControl part)
{
    const QRect handle = scrollHandle(option);
    const QRect& all = option.rect;
    const bool isFlat = option.orientation == Qt::Horizontal;
    switch (part) {
    case QStyle::SC_ScrollBarSlider: return handle;
    case QStyle::SC_ScrollBarGroove: return all;
    case QStyle::SC_ScrollBarSubPage:
        return isFlat ? QRect(all.left(), all.top(), handle.left() - all.left(), all.height())
                      : QRect(all.left(), all.top(), all.width(), handle.top() - all.top());
    case QStyle::SC_ScrollBarAddPage:
        return isFlat ? QRect(handle.right() + 1, all.top(), all.right() - handle.right(), all.height())
                      : QRect(all.left(), handle.bottom() + 1, all.width(), all.bottom() - handle.bottom());
    default: return {}; // no arrows
    }
}

} // namespace

WindowStyle::WindowStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

void WindowStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                const QWidget* widget) const
{
    const QColor line = option->palette.color(QPalette::Mid);
    switch (element) {
    case PE_PanelButtonCommand:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option))
            return flat::drawPushButton(*painter, *button);
        break;
    case PE_PanelButtonTool: return flat::drawToolButton(*painter, *option);
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck: return flat::drawCheckBox(*painter, *option);
    case PE_IndicatorRadioButton: return flat::drawRadioButton(*painter, *option);
    case PE_FrameLineEdit: return flat::drawLineEdit(*painter, *option);
    case PE_PanelLineEdit:
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option); frame && frame->lineWidth > 0)
            return flat::drawLineEdit(*painter, *option);
        break;
    case PE_Frame:
        painter->setPen(line);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        return;
    case PE_FrameFocusRect: {
        // On a chosen row the accent would be drawn on itself.
        const auto* focus = qstyleoption_cast<const QStyleOptionFocusRect*>(option);
        QPalette palette = option->palette;
        const bool isOnAccent = focus && focus->backgroundColor == palette.color(QPalette::Highlight);
        if (isOnAccent)
            palette.setColor(QPalette::Highlight, palette.color(QPalette::HighlightedText));
        const int inset = isOnAccent ? 1 : 0;
        return flat::drawFocus(*painter, option->rect.adjusted(inset, inset, -inset, -inset), palette);
    }
    case PE_FrameDockWidget:
    case PE_IndicatorToolBarHandle:
    case PE_PanelStatusBar:
    case PE_FrameStatusBarItem:
    case PE_FrameDefaultButton: return;
    case PE_FrameTabBarBase:
        painter->setPen(line);
        painter->drawLine(option->rect.bottomLeft(), option->rect.bottomRight());
        return;
    default: break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void WindowStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                              const QWidget* widget) const
{
    const QColor line = option->palette.color(QPalette::Mid);
    switch (element) {
    case CE_PushButtonBevel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
            flat::drawPushButton(*painter, *button);
            if (button->features & QStyleOptionButton::HasMenu)
                flat::drawChevron(
                    *painter,
                    QRect(button->rect.right() - 2 * Margin, button->rect.top(), 2 * Margin - 2, button->rect.height()),
                    flat::Chevron::Down, button->palette.color(QPalette::ButtonText));
            return;
        }
        break;
    case CE_TabBarTabShape:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option))
            return flat::drawTab(*painter, *tab);
        break;
    case CE_TabBarTabLabel:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option);
            tab && !(tab->state & (State_Selected | State_MouseOver)) && (tab->state & State_Enabled)) {
            QStyleOptionTab quiet = *tab;
            quiet.palette.setColor(QPalette::WindowText, tab->palette.color(QPalette::PlaceholderText));
            return QProxyStyle::drawControl(element, &quiet, painter, widget);
        }
        break;
    case CE_HeaderSection:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option))
            return flat::drawHeaderSection(*painter, *header);
        break;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, option->palette.color(QPalette::AlternateBase));
        painter->setPen(line);
        painter->drawLine(option->rect.bottomLeft(), option->rect.bottomRight());
        return;
    case CE_DockWidgetTitle:
        if (const auto* dock = qstyleoption_cast<const QStyleOptionDockWidget*>(option))
            return flat::drawDockTitle(*painter, *dock, subElementRect(SE_DockWidgetTitleBarText, option, widget));
        break;
    case CE_ToolBar:
    case CE_MenuBarEmptyArea: painter->fillRect(option->rect, option->palette.color(QPalette::Window)); return;
    case CE_Splitter: return;
    default: break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void WindowStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                     const QWidget* widget) const
{
    const auto part = [&](SubControl which) { return subControlRect(control, option, which, widget); };
    switch (control) {
    case CC_ComboBox:
        if (const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option))
            return flat::drawComboBox(*painter, *box, part(SC_ComboBoxArrow));
        break;
    case CC_SpinBox:
        if (const auto* box = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
            box && box->buttonSymbols == QAbstractSpinBox::UpDownArrows)
            return flat::drawSpinBox(*painter, *box, part(SC_SpinBoxUp), part(SC_SpinBoxDown));
        break;
    case CC_Slider:
        if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
            QStyleOptionSlider ticks = *slider;
            ticks.subControls = SC_SliderTickmarks;
            if (slider->subControls & SC_SliderTickmarks)
                QProxyStyle::drawComplexControl(control, &ticks, painter, widget);
            return flat::drawSlider(*painter, *slider, part(SC_SliderGroove), part(SC_SliderHandle));
        }
        break;
    case CC_ScrollBar:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option))
            return flat::drawScrollBar(*painter, *bar, part(SC_ScrollBarSlider));
        break;
    default: break;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect WindowStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl subControl,
                                  const QWidget* widget) const
{
    if (control == CC_ScrollBar)
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option))
            return scrollPart(*bar, subControl);
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

int WindowStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin: return Margin;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing: return Spacing;
    case PM_ScrollBarExtent: return ScrollBarWidth;
    case PM_ScrollBarSliderMin: return ShortestHandle;
    case PM_ToolBarIconSize: return 20;
    case PM_ToolBarItemSpacing: return 2;
    case PM_ToolBarFrameWidth: return 0;
    case PM_ToolBarItemMargin: return 4;
    case PM_DockWidgetSeparatorExtent: return 5;
    case PM_SplitterWidth: return 5;
    case PM_DockWidgetTitleMargin: return 5;
    case PM_DockWidgetTitleBarButtonMargin: return 3;
    case PM_SliderThickness: return 18;
    case PM_SliderLength:
    case PM_SliderControlThickness: return 14;
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int WindowStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                           QStyleHintReturn* returned) const
{
    switch (hint) {
    case SH_DockWidget_ButtonsHaveFrame: return 0;
    case SH_ScrollBar_LeftClickAbsolutePosition: return 0;
    default: return QProxyStyle::styleHint(hint, option, widget, returned);
    }
}

QIcon WindowStyle::standardIcon(StandardPixmap icon, const QStyleOption* option, const QWidget* widget) const
{
    switch (icon) {
    case SP_TitleBarCloseButton:
    case SP_DockWidgetCloseButton:
    case SP_TabCloseButton:
    case SP_LineEditClearButton: return symbolIcon(QStringLiteral(":/icons/close.svg"));
    case SP_TitleBarNormalButton: return symbolIcon(QStringLiteral(":/icons/float.svg"));
    case SP_MessageBoxInformation: return QIcon(QStringLiteral(":/icons/information.svg"));
    case SP_MessageBoxWarning: return QIcon(QStringLiteral(":/icons/warning.svg"));
    case SP_MessageBoxCritical: return QIcon(QStringLiteral(":/icons/error.svg"));
    case SP_MessageBoxQuestion: return QIcon(QStringLiteral(":/icons/question.svg"));
    default: return QProxyStyle::standardIcon(icon, option, widget);
    }
}

} // namespace ocellus

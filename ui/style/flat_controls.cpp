// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/flat_controls.h"

#include <QApplication>
#include <QPainter>
#include <QStyle>
#include <QStyleOption>

#include "ui/style/flat_shapes.h"

namespace ocellus::flat {

namespace {

bool isEnabled(const QStyleOption& option)
{
    return option.state & QStyle::State_Enabled;
}

bool hasFocus(const QStyleOption& option)
{
    return isEnabled(option) && (option.state & QStyle::State_HasFocus);
}

QColor line(const QStyleOption& option)
{
    return option.palette.color(QPalette::Mid);
}

QColor accent(const QStyleOption& option)
{
    return option.palette.color(isEnabled(option) ? QPalette::Active : QPalette::Disabled, QPalette::Highlight);
}

/// The outline of a field or box that is empty by nature: it needs contrast to be found.
QColor fieldBorder(const QStyleOption& option)
{
    return isEnabled(option) ? mixed(line(option), option.palette.color(QPalette::Text), 0.25) : line(option);
}

void drawIndicator(QPainter& painter, const QStyleOption& option, qreal radius)
{
    const bool isOn = option.state & (QStyle::State_On | QStyle::State_NoChange);
    const QColor fill = isOn ? accent(option) : pressable(option, option.palette.color(QPalette::Base));
    const QColor outline = mixed(line(option), option.palette.color(QPalette::Text), isEnabled(option) ? 0.5 : 0);
    drawBox(painter, option.rect, fill, isOn ? fill : outline, radius);
}

/// Neighbours share one border: only the text between two of them tells them apart, and the chosen one's underline.
QRect underlineOf(const QStyleOptionTab& option)
{
    constexpr int thick = 2;
    const QRect& tab = option.rect;
    switch (option.shape) {
    case QTabBar::RoundedSouth:
    case QTabBar::TriangularSouth: return {tab.left(), tab.top(), tab.width(), thick};
    case QTabBar::RoundedWest:
    case QTabBar::TriangularWest: return {tab.right() - thick + 1, tab.top(), thick, tab.height()};
    case QTabBar::RoundedEast:
    case QTabBar::TriangularEast: return {tab.left(), tab.top(), thick, tab.height()};
    case QTabBar::RoundedNorth:
    case QTabBar::TriangularNorth: break;
    }
    return {tab.left(), tab.bottom() - thick + 1, tab.width(), thick};
}

} // namespace

void drawPushButton(QPainter& painter, const QStyleOptionButton& option)
{
    if ((option.features & QStyleOptionButton::Flat) && !(option.state & (QStyle::State_Sunken | QStyle::State_On)) &&
        !(option.state & QStyle::State_MouseOver))
        return;
    const bool isOn = option.state & QStyle::State_On;
    const QColor rest = isOn ? mixed(option.palette.color(QPalette::Button), accent(option), 0.25)
                             : option.palette.color(QPalette::Button);
    const bool isDefault = isEnabled(option) && (option.features & QStyleOptionButton::DefaultButton);
    drawBox(painter, option.rect, pressable(option, rest), isOn || isDefault ? accent(option) : fieldBorder(option));
    if (hasFocus(option))
        drawFocus(painter, option.rect, option.palette);
}

void drawToolButton(QPainter& painter, const QStyleOption& option)
{
    const bool isRaisedOnHover = option.state & QStyle::State_AutoRaise;
    const bool isOn = option.state & QStyle::State_On;
    const bool isTouched = isEnabled(option) && (option.state & (QStyle::State_MouseOver | QStyle::State_Sunken));
    if (isRaisedOnHover && !isOn && !isTouched)
        return;
    const QColor ground = option.palette.color(isRaisedOnHover ? QPalette::Window : QPalette::Button);
    const QColor fill = pressable(option, isOn ? mixed(ground, accent(option), 0.3) : ground);
    drawBox(painter, option.rect, fill, isRaisedOnHover ? fill : fieldBorder(option));
}

void drawCheckBox(QPainter& painter, const QStyleOption& option)
{
    drawIndicator(painter, option, 3);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Qt::white, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QRectF box = option.rect;
    const auto at = [&box](qreal x, qreal y) {
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
    };
    if (option.state & QStyle::State_NoChange)
        painter.drawLine(at(0.27, 0.5), at(0.73, 0.5));
    else if (option.state & QStyle::State_On)
        painter.drawPolyline(QPolygonF{at(0.24, 0.52), at(0.43, 0.70), at(0.76, 0.31)});
    painter.restore();
}

void drawRadioButton(QPainter& painter, const QStyleOption& option)
{
    const QRectF box = option.rect;
    drawIndicator(painter, option, std::min(box.width(), box.height()) / 2);
    if (!(option.state & QStyle::State_On))
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Qt::white);
    painter.drawEllipse(box.center(), box.width() * 0.2, box.height() * 0.2);
    painter.restore();
}

void drawLineEdit(QPainter& painter, const QStyleOption& option)
{
    const QColor base = option.palette.color(isEnabled(option) ? QPalette::Base : QPalette::Window);
    drawBox(painter, option.rect, base, fieldBorder(option));
    if (hasFocus(option))
        drawFocus(painter, option.rect, option.palette);
}

void drawComboBox(QPainter& painter, const QStyleOptionComboBox& option, const QRect& arrow)
{
    if (option.frame) {
        const QColor rest = option.palette.color(option.editable ? QPalette::Base : QPalette::Button);
        drawBox(painter, option.rect, option.editable ? rest : pressable(option, rest), fieldBorder(option));
        if (hasFocus(option))
            drawFocus(painter, option.rect, option.palette);
    }
    drawChevron(painter, arrow, Chevron::Down, option.palette.color(QPalette::ButtonText));
}

void drawSpinBox(QPainter& painter, const QStyleOptionSpinBox& option, const QRect& up, const QRect& down)
{
    if (option.frame)
        drawLineEdit(painter, option);
    const auto arrow = [&](QStyle::SubControl control, const QRect& rect, Chevron chevron, bool possible) {
        if (rect.isEmpty())
            return;
        const bool isActive = option.activeSubControls & control;
        const QColor text = option.palette.color(possible ? QPalette::Active : QPalette::Disabled, QPalette::Text);
        if (isActive && possible)
            painter.fillRect(rect.adjusted(0, 1, -1, 0), mixed(option.palette.color(QPalette::Base), text, 0.1));
        drawChevron(painter, rect, chevron, text);
    };
    const bool canAct = isEnabled(option);
    arrow(QStyle::SC_SpinBoxUp, up, Chevron::Up, canAct && (option.stepEnabled & QAbstractSpinBox::StepUpEnabled));
    arrow(QStyle::SC_SpinBoxDown, down, Chevron::Down,
          canAct && (option.stepEnabled & QAbstractSpinBox::StepDownEnabled));
}

void drawSlider(QPainter& painter, const QStyleOptionSlider& option, const QRect& groove, const QRect& handle)
{
    constexpr int thick = 4;
    const bool isFlat = option.orientation == Qt::Horizontal;
    QRect track = groove;
    if (isFlat)
        track = QRect(groove.left(), handle.center().y() - thick / 2 + 1, groove.width(), thick);
    else
        track = QRect(handle.center().x() - thick / 2 + 1, groove.top(), thick, groove.height());
    const QColor rest = fieldBorder(option);
    drawBox(painter, track, rest, rest, thick / 2.0);
    QRect filled = track;
    const bool growsToTheRight = isFlat && !option.upsideDown;
    if (isFlat)
        growsToTheRight ? filled.setRight(handle.center().x()) : filled.setLeft(handle.center().x());
    else
        option.upsideDown ? filled.setTop(handle.center().y()) : filled.setBottom(handle.center().y());
    drawBox(painter, filled, accent(option), accent(option), thick / 2.0);
    const qreal size = std::min(handle.width(), handle.height());
    QRectF knob(0, 0, size, size);
    knob.moveCenter(QRectF(handle).center());
    const QColor fill = pressable(option, option.palette.color(QPalette::Button));
    drawBox(painter, knob, fill,
            hasFocus(option) ? accent(option) : mixed(rest, option.palette.color(QPalette::Text), 0.3), size / 2);
    if (hasFocus(option))
        drawBox(painter, knob.adjusted(1, 1, -1, -1), fill, accent(option), size / 2);
}

void drawScrollBar(QPainter& painter, const QStyleOptionSlider& option, const QRect& handle)
{
    painter.fillRect(option.rect, option.palette.color(QPalette::Base));
    if (!isEnabled(option) || option.maximum <= option.minimum)
        return;
    constexpr int gap = 3;
    const bool isTouched = option.state & (QStyle::State_MouseOver | QStyle::State_Sunken);
    const QColor fill =
        mixed(option.palette.color(QPalette::Base), option.palette.color(QPalette::Text), isTouched ? 0.55 : 0.35);
    const QRect bar =
        option.orientation == Qt::Horizontal ? handle.adjusted(1, gap, -1, -gap) : handle.adjusted(gap, 1, -gap, -1);
    drawBox(painter, bar, fill, fill, std::min(bar.width(), bar.height()) / 2.0);
}

void drawTab(QPainter& painter, const QStyleOptionTab& option)
{
    const bool isSelected = option.state & QStyle::State_Selected;
    const bool isTouched = isEnabled(option) && (option.state & QStyle::State_MouseOver);
    const QColor ground = option.palette.color(QPalette::Window);
    if (isTouched && !isSelected)
        painter.fillRect(option.rect, mixed(ground, option.palette.color(QPalette::WindowText), 0.06));
    if (isSelected)
        painter.fillRect(underlineOf(option), accent(option));
    if (hasFocus(option))
        drawFocus(painter, option.rect, option.palette);
}

void drawHeaderSection(QPainter& painter, const QStyleOptionHeader& option)
{
    const QColor ground = option.palette.color(QPalette::AlternateBase);
    painter.fillRect(option.rect, isEnabled(option) ? pressable(option, ground) : ground);
    painter.setPen(line(option));
    painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    const bool isLast =
        option.position == QStyleOptionHeader::End || option.position == QStyleOptionHeader::OnlyOneSection;
    if (option.orientation == Qt::Horizontal && !isLast)
        painter.drawLine(option.rect.topRight() + QPoint(0, 4), option.rect.bottomRight() - QPoint(0, 4));
}

void drawDockTitle(QPainter& painter, const QStyleOptionDockWidget& option, const QRect& text)
{
    painter.save();
    QFont font = painter.font();
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(option.palette.color(QPalette::WindowText));
    const QString title =
        QFontMetrics(font).elidedText(option.title, Qt::ElideRight, text.width(), Qt::TextShowMnemonic);
    QApplication::style()->drawItemText(&painter, text, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextHideMnemonic,
                                        option.palette, isEnabled(option), title);
    painter.restore();
}

} // namespace ocellus::flat

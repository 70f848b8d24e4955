// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

class QPainter;
class QRect;
class QStyleOption;
class QStyleOptionButton;
class QStyleOptionComboBox;
class QStyleOptionDockWidget;
class QStyleOptionHeader;
class QStyleOptionSlider;
class QStyleOptionSpinBox;
class QStyleOptionTab;

namespace ocellus {

/// How each kind of control is painted, without gradients and bevels.
namespace flat {

void drawPushButton(QPainter& painter, const QStyleOptionButton& option);
void drawToolButton(QPainter& painter, const QStyleOption& option);
void drawCheckBox(QPainter& painter, const QStyleOption& option);
void drawRadioButton(QPainter& painter, const QStyleOption& option);
void drawLineEdit(QPainter& painter, const QStyleOption& option);
void drawComboBox(QPainter& painter, const QStyleOptionComboBox& option, const QRect& arrow);
void drawSpinBox(QPainter& painter, const QStyleOptionSpinBox& option, const QRect& up, const QRect& down);
void drawSlider(QPainter& painter, const QStyleOptionSlider& option, const QRect& groove, const QRect& handle);
void drawScrollBar(QPainter& painter, const QStyleOptionSlider& option, const QRect& handle);
void drawTab(QPainter& painter, const QStyleOptionTab& option);
void drawHeaderSection(QPainter& painter, const QStyleOptionHeader& option);
void drawDockTitle(QPainter& painter, const QStyleOptionDockWidget& option, const QRect& text);

} // namespace flat

} // namespace ocellus

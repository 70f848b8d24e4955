// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/banner.h"

#include <QPainter>

namespace ocellus {

Banner::Banner(Tint colour, QWidget* parent) : QLabel(parent), m_colour(colour)
{
    constexpr int room = 6; // pixels around the words
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setMargin(room);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFocusPolicy(Qt::NoFocus);
    hide();
}

void Banner::showText(const QString& text)
{
    setText(text);
    setVisible(!text.isEmpty());
}

void Banner::paintEvent(QPaintEvent* event)
{
    QPainter(this).fillRect(rect(), tint(palette(), m_colour));
    QLabel::paintEvent(event);
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/yielding_text.h"

#include <algorithm>
#include <limits>

#include <QEvent>
#include <QPainter>
#include <QResizeEvent>
#include <QTextLayout>

namespace ocellus {

namespace {

constexpr int leastLines = 2;

} // namespace

YieldingText::YieldingText(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
}

void YieldingText::setText(const QString& text)
{
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

/// As the width breaks them, the last of `most` with all that is left in it.
QStringList YieldingText::lines(int most) const
{
    QStringList lines;
    QTextLayout layout(m_text, font());
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(width(), 1));
        const bool isLast = lines.size() + 1 == most;
        lines << m_text.mid(line.textStart(), isLast ? -1 : line.textLength()).trimmed();
        if (isLast)
            break;
    }
    layout.endLayout();
    return lines;
}

QSize YieldingText::sizeHint() const
{
    const auto count = static_cast<int>(lines(std::numeric_limits<int>::max()).size());
    return {0, count * fontMetrics().lineSpacing()};
}

QSize YieldingText::minimumSizeHint() const
{
    return {0, std::min(sizeHint().height(), leastLines * fontMetrics().lineSpacing())};
}

void YieldingText::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    const int spacing = fontMetrics().lineSpacing();
    int top = 0;
    for (const QString& line : lines(std::max(height() / spacing, 1))) {
        painter.drawText(QRect(0, top, width(), spacing), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         fontMetrics().elidedText(line, Qt::ElideRight, width()));
        top += spacing;
    }
}

void YieldingText::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        updateGeometry(); // it breaks elsewhere
    setToolTip(height() < sizeHint().height() ? m_text : QString());
}

void YieldingText::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QPainter>
#include <QRectF>
#include <QString>

#include "ui/figures/explanation.h"

namespace ocellus {

/// A white page that is filled from the top, in points; without a painter it only measures, so that one function says
/// both how high a figure is and what it looks like.
class FigurePage {
public:
    FigurePage(double width, QPainter* painter);

    QPainter* painter() const { return m_painter; } ///< null while measuring
    double bottom() const { return m_top + margin; }
    double width() const { return m_width - 2 * margin; } ///< between the margins

    QRectF take(double height); ///< the next lines' room, between the margins
    void skip(double height) { m_top += height; }

    /// Class, prediction, layer and picture, then what limits the maps.
    void header(const Explanation& explanation);
    void heading(const QString& text);
    void line(const QString& text);
    void banner(const QString& text); ///< wrapped, on a coloured ground; nothing for an empty text
    void small(const QString& text);  ///< wrapped

    static QFont font(double size, bool bold = false);

    /// One line within the rectangle, elided in the middle.
    static void text(QPainter& painter, const QRectF& rect, const QFont& font, const QString& text,
                     Qt::Alignment alignment = Qt::AlignLeft);

    static constexpr double headingSize = 12, textSize = 8, smallSize = 6.5;
    static constexpr double margin = 12;

private:
    QRectF takeLine(const QFont& font);

    double m_width;
    double m_top = margin;
    QPainter* m_painter;
};

/// The colour of all writing in figures, whatever the window's theme.
inline QColor inkColour()
{
    return {0x20, 0x20, 0x20};
}

} // namespace ocellus

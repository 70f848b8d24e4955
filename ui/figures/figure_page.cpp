// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/figure_page.h"

#include <cmath>

#include <QFontInfo>
#include <QFontMetricsF>
#include <QTextLayout>

#include "ui/figures/figure_text.h"
#include "ui/figures/shown_text.h"

namespace ocellus {
namespace {

constexpr double bannerInset = 4;

/// The lines of a paragraph.
QStringList wrapped(const QString& paragraph, const QFont& font, double width)
{
    const QString text = shownText(paragraph);
    QStringList lines;
    QTextLayout layout(text, font);
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        lines += text.mid(line.textStart(), line.textLength()).trimmed();
    }
    layout.endLayout();
    return lines;
}

} // namespace

FigurePage::FigurePage(double width, QPainter* painter) : m_width(width), m_painter(painter) {}

QFont FigurePage::font(double size, bool bold)
{
    QFont font(QStringList{"Arial", "Liberation Sans", "Helvetica", "DejaVu Sans"});
    font.setStyleHint(QFont::SansSerif);
    // By the name of what is found here: SVG keeps the name, and another font's widths would break the layout.
    font.setFamily(QFontInfo(font).family());
    // QFont counts pixels in whole numbers only; on a device without a resolution of its own a point is a pixel.
    font.setPixelSize(static_cast<int>(std::lround(size)));
    font.setBold(bold);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

void FigurePage::text(QPainter& painter, const QRectF& rect, const QFont& font, const QString& text,
                      Qt::Alignment alignment)
{
    painter.setFont(font);
    painter.setPen(inkColour());
    const QString elided = QFontMetricsF(font).elidedText(shownText(text), Qt::ElideMiddle, rect.width());
    painter.drawText(rect, static_cast<int>(alignment | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip),
                     elided);
}

QRectF FigurePage::take(double height)
{
    const QRectF rect(margin, m_top, width(), height);
    m_top += height;
    return rect;
}

QRectF FigurePage::takeLine(const QFont& font)
{
    return take(QFontMetricsF(font).height() * 1.1);
}

void FigurePage::header(const Explanation& explanation)
{
    heading(explanation.className);
    line(FigureText::withLayer(FigureText::prediction(explanation), explanation, QStringLiteral(" · ")));
    line(explanation.pictureName);
    banner(FigureText::banners(explanation).join(QStringLiteral(" · ")));
}

void FigurePage::heading(const QString& text)
{
    const QFont bold = font(headingSize, true);
    const QRectF rect = takeLine(bold);
    if (m_painter)
        FigurePage::text(*m_painter, rect, bold, text);
}

void FigurePage::line(const QString& text)
{
    const QFont normal = font(textSize);
    const QRectF rect = takeLine(normal);
    if (m_painter)
        FigurePage::text(*m_painter, rect, normal, text);
}

void FigurePage::banner(const QString& text)
{
    if (text.isEmpty())
        return;
    skip(2);
    const QFont bold = font(textSize, true);
    for (const QString& part : wrapped(text, bold, width() - 2 * bannerInset)) {
        const QRectF rect = takeLine(bold);
        if (!m_painter)
            continue;
        m_painter->fillRect(rect.adjusted(0, -1, 0, 1), QColor(0xff, 0xe8, 0xb0));
        FigurePage::text(*m_painter, rect.adjusted(bannerInset, 0, -bannerInset, 0), bold, part);
    }
    skip(2);
}

void FigurePage::small(const QString& paragraph)
{
    const QFont normal = font(smallSize);
    for (const QString& part : wrapped(paragraph, normal, width())) {
        const QRectF rect = takeLine(normal);
        if (m_painter)
            FigurePage::text(*m_painter, rect, normal, part);
    }
}

} // namespace ocellus

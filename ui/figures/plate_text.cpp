// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/plate_text.h"

#include <algorithm>

#include <QFontInfo>
#include <QTextOption>

#include "ui/figures/figure_page.h"
#include "ui/figures/shown_text.h"

namespace ocellus {

namespace {

constexpr double endless = 1e6; ///< points

} // namespace

PlateText::PlateText(const PlateOptions& options, const std::vector<PlateName>& names)
    : m_options(options),
      m_names(names),
      m_font(font(options))
{
}

QFont PlateText::font(const PlateOptions& options)
{
    QFont font = FigurePage::font(options.textSize);
    if (!options.fontFamily.isEmpty()) {
        font.setFamilies({options.fontFamily});
        // By the name of what is found here, as FigurePage does.
        font.setFamilies({QFontInfo(font).family()});
    }
    return font;
}

void PlateText::add(const QString& words, bool isBold)
{
    constexpr qsizetype most = 2000; // far more than any figure has room for, and quickly laid out
    QString rest = shownText(words).simplified().left(most);
    for (NamePlace found = firstName(rest, m_names); found.name; found = firstName(rest, m_names)) {
        append(rest.left(found.at), isBold, false);
        const QString shown = shownText(found.name->name).simplified().left(most);
        append(shown, isBold,
               m_options.names == PlateOptions::Names::Italic ||
                   (m_options.names == PlateOptions::Names::Latin && isLatinName(shown)));
        rest = rest.mid(found.at + found.length);
        if (shown.isEmpty())
            break;
    }
    append(rest, isBold, false);
}

void PlateText::addSpace()
{
    if (!m_text.isEmpty())
        append(QString(QChar(0x2002)), false, false); // as wide as half a letter's height, and a place to break
}

void PlateText::append(const QString& words, bool isBold, bool isItalic)
{
    if (words.isEmpty())
        return;
    if (isBold || isItalic) {
        QTextLayout::FormatRange range;
        range.start = static_cast<int>(m_text.size());
        range.length = static_cast<int>(words.size());
        QFont font = m_font;
        font.setBold(isBold);
        font.setItalic(isItalic);
        range.format.setFont(font);
        m_formats += range;
    }
    m_text += words;
}

void PlateText::layOut(QTextLayout& layout, double width, Qt::Alignment alignment, qsizetype cut) const
{
    QTextOption option(alignment);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(Qt::LeftToRight);
    layout.setTextOption(option);
    layout.setFont(m_font);
    layout.setText(cut < 0 ? m_text : m_text.left(cut).trimmed() + QChar(0x2026));
    layout.setFormats(m_formats);
    layout.setCacheEnabled(false);
    layout.beginLayout();
    double y = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, y});
        y += line.height();
    }
    layout.endLayout();
}

qsizetype PlateText::cutFor(double width, int mostLines) const
{
    const auto fits = [&](qsizetype cut) {
        QTextLayout layout;
        layOut(layout, width, Qt::AlignLeft, cut);
        return layout.lineCount() <= mostLines;
    };
    if (fits(-1))
        return -1;
    qsizetype low = 0, high = m_text.size();
    while (high - low > 1) {
        const qsizetype middle = (low + high) / 2;
        (fits(middle) ? low : high) = middle;
    }
    return low;
}

double PlateText::height(double width, int mostLines) const
{
    if (m_text.isEmpty())
        return 0;
    QTextLayout layout;
    layOut(layout, width, Qt::AlignLeft, -1);
    const int lines = std::min(layout.lineCount(), mostLines);
    return lines * layout.lineAt(0).height();
}

double PlateText::width() const
{
    QTextLayout layout;
    layOut(layout, endless, Qt::AlignLeft, -1);
    return layout.lineCount() > 0 ? layout.lineAt(0).naturalTextWidth() : 0;
}

void PlateText::paint(QPainter& painter, const QPointF& topLeft, double width, int mostLines,
                      Qt::Alignment alignment) const
{
    if (m_text.isEmpty())
        return;
    QTextLayout layout;
    layOut(layout, width, alignment, cutFor(width, mostLines));
    painter.setPen(inkColour());
    layout.draw(&painter, topLeft);
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/row_header.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <QFontMetrics>
#include <QMouseEvent>
#include <QPainter>

#include "ui/figures/colour_bar.h"
#include "ui/figures/elided_name.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/map_matrix.h"
#include "ui/widgets/tint.h"

namespace ocellus {

namespace {

constexpr int inset = 6;
constexpr int insetAbove = 2; ///< below the lines
constexpr int flagWidth = 4;
constexpr int exemplarSide = 44;
constexpr int widestScale = 260; ///< above tiles
constexpr int wrapped = Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignTop;

QFont bold(QFont font)
{
    font.setBold(true);
    return font;
}

int textHeight(const QString& text, const QFont& font, int width)
{
    return QFontMetrics(font).boundingRect(QRect(0, 0, width, 10000), wrapped, text).height();
}

} // namespace

RowHeader::RowHeader(QWidget* parent) : QWidget(parent)
{
    setAutoFillBackground(true);
}

void RowHeader::setRow(const MatrixRow& row, const QStringList& titles)
{
    m_title = row.title;
    m_titles = titles;
    m_details = row.details;
    m_exemplars = row.exemplars;
    m_flagged = row.flagged;
    const QString told = m_details.join(QStringLiteral(", "));
    setAccessibleName(m_title);
    setAccessibleDescription(told);
    setToolTip((QStringList{m_title} + m_details).join('\n'));
    update();
}

void RowHeader::setScale(std::shared_ptr<const Explanation> explanation, Range range)
{
    m_scale = std::move(explanation);
    m_range = range;
    if (m_scale)
        setToolTip(toolTip() + '\n' + unit());
    update();
}

int RowHeader::scaleHeight() const
{
    return m_scale ? static_cast<int>(std::ceil(colourScaleHeight(font()))) : 0;
}

QString RowHeader::unit() const
{
    return FigureText::scale(m_scale->style, m_scale->unit());
}

void RowHeader::paintScale(QPainter& painter, const QRect& room)
{
    painter.setFont(font());
    paintColourScale(painter, room, m_scale->style, m_range, m_scale->picture, m_scale->unit());
}

void RowHeader::setSelected(bool selected)
{
    m_selected = selected;
    update();
}

int RowHeader::heightForWidth(int width) const
{
    const int room = width - 2 * inset;
    int height = 2 * inset + textHeight(m_title, bold(font()), room);
    for (const QString& line : m_details)
        height += textHeight(line, font(), room);
    if (m_scale)
        height += textHeight(unit(), font(), room) + scaleHeight() + inset;
    return m_exemplars.empty() ? height : height + exemplarSide + inset;
}

void RowHeader::setAbove(bool above)
{
    m_above = above;
    update();
}

int RowHeader::heightAbove() const
{
    const int lines = m_details.isEmpty() ? 1 : 2;
    return std::max(lines * fontMetrics().height(), scaleHeight()) + insetAbove;
}

void RowHeader::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_flagged ? tint(palette(), Tint::Error) : palette().color(QPalette::Window));
    if (m_selected)
        painter.fillRect(QRect(0, 0, flagWidth, height()), palette().color(QPalette::Highlight));
    painter.setPen(palette().color(QPalette::WindowText));
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (m_above)
        paintAbove(painter);
    else
        paintBeside(painter);
}

void RowHeader::paintAbove(QPainter& painter)
{
    QRect rest = rect().adjusted(inset, 0, 0, -insetAbove);
    if (m_scale) {
        const int width = std::min(widestScale, rest.width() / 2);
        paintScale(painter, QRect(rest.right() + 1 - width, rest.top(), width, scaleHeight()));
        rest.setRight(rest.right() - width - inset);
    }
    for (const QImage& exemplar : m_exemplars) {
        const QSize size = exemplar.size().scaled(rest.height(), rest.height(), Qt::KeepAspectRatio);
        if (size.width() > rest.width() / 2)
            break;
        painter.drawImage(QRect({rest.right() + 1 - size.width(), rest.top()}, size), exemplar);
        rest.setRight(rest.right() - size.width() - inset / 2);
    }
    const auto write = [&](const QString& text, const QFont& font) {
        painter.setFont(font);
        painter.drawText(rest, Qt::AlignLeft | Qt::AlignTop,
                         elidedName(text, rest.width(), QFontMetricsF(font), m_titles));
        rest.setTop(rest.top() + fontMetrics().height());
    };
    write(m_title, bold(font()));
    write(m_details.join(QStringLiteral(" · ")), font());
}

void RowHeader::paintBeside(QPainter& painter)
{
    QRect rest = rect().adjusted(inset, inset, -inset, -inset);
    const auto write = [&](const QString& text, const QFont& font) {
        painter.setFont(font);
        painter.drawText(rest, wrapped, text);
        rest.setTop(rest.top() + textHeight(text, font, rest.width()));
    };
    write(m_title, bold(font()));
    for (const QString& line : m_details)
        write(line, font());
    rest.setTop(rest.top() + inset);
    if (m_scale) {
        write(unit(), font());
        paintScale(painter, QRect(rest.left(), rest.top(), rest.width(), scaleHeight()));
        rest.setTop(rest.top() + scaleHeight() + inset);
    }
    for (const QImage& exemplar : m_exemplars) {
        const QSize size = exemplar.size().scaled(exemplarSide, exemplarSide, Qt::KeepAspectRatio);
        if (size.width() > rest.width())
            break;
        painter.drawImage(QRect(rest.topLeft(), size), exemplar);
        rest.setLeft(rest.left() + size.width() + inset / 2);
    }
}

void RowHeader::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        emit clicked();
    else
        QWidget::mousePressEvent(event);
}

} // namespace ocellus

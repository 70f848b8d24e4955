// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/colour_bar_widget.h"

#include <cmath>

#include <QFontMetrics>
#include <QPainter>

#include "ui/figures/colour_bar.h"
#include "ui/figures/figure_text.h"

namespace ocellus {

ColourBarWidget::ColourBarWidget(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Colour bar"));
}

void ColourBarWidget::setExplanation(const Explanation& explanation)
{
    const std::vector<TileMap> maps = tileMaps(explanation);
    if (maps.empty())
        clear();
    else
        setScale(explanation.style, maps.front().range, explanation.picture);
}

void ColourBarWidget::setScale(const MapStyle& style, Range range, const QImage& picture)
{
    m_empty = false;
    m_style = style;
    m_range = range;
    m_picture = picture;
    describe();
    update();
}

void ColourBarWidget::clear()
{
    m_empty = true;
    m_picture = {};
    describe();
    update();
}

void ColourBarWidget::describe()
{
    setToolTip(m_empty ? QString() : FigureText::scaleSentence(m_style));
    setAccessibleDescription(m_empty ? QString()
                             : m_style.perMapStretch
                                 ? FigureText::scale(m_style)
                                 : tr("%1, from %2 to %3")
                                       .arg(FigureText::scale(m_style), FigureText::timesUniform(m_range.low),
                                            FigureText::timesUniform(m_range.high)));
}

QSize ColourBarWidget::sizeHint() const
{
    return {320, static_cast<int>(std::ceil(colourBarHeight(font())))};
}

QSize ColourBarWidget::minimumSizeHint() const
{
    return {120, sizeHint().height()};
}

void ColourBarWidget::paintEvent(QPaintEvent*)
{
    if (m_empty)
        return;
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    paintColourBar(painter, rect().adjusted(2, 0, -2, 0), m_style, m_range, m_picture);
}

} // namespace ocellus

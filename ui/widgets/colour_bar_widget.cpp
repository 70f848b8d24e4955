// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/colour_bar_widget.h"

#include <algorithm>
#include <cmath>

#include <QFontMetrics>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>

#include "ui/figures/colour_bar.h"
#include "ui/figures/figure_text.h"

namespace ocellus {

ColourBarWidget::ColourBarWidget(QWidget* parent) : QWidget(parent), m_button(new QToolButton(this))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Colour bar"));
    m_button->setText(tr("Display"));
    m_button->setToolTip(tr("How the maps are drawn: overlay, colours, range, layer"));
    m_button->setArrowType(Qt::DownArrow);
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setAutoRaise(true);
    m_button->setFocusPolicy(Qt::StrongFocus);
    m_button->hide();
    connect(m_button, &QToolButton::clicked, this, &ColourBarWidget::displayRequested);
}

void ColourBarWidget::setExplanation(const Explanation& explanation)
{
    const std::vector<TileMap> maps = tileMaps(explanation);
    const auto drawn = std::ranges::find_if(maps, [](const TileMap& map) { return !map.values.empty(); });
    if (drawn == maps.end())
        clear();
    else
        setScale(explanation.style, drawn->range, explanation.picture, explanation.unit());
}

void ColourBarWidget::setScale(const MapStyle& style, Range range, const QImage& picture, const QString& unit)
{
    m_empty = false;
    m_style = style;
    m_range = range;
    m_picture = picture;
    m_unit = unit;
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
    m_button->setVisible(!m_empty);
    setCursor(m_empty ? Qt::ArrowCursor : Qt::PointingHandCursor);
    setToolTip(m_empty ? QString()
                       : tr("%1\nThe colours lie over a strip of the picture, as the maps lie on it.")
                             .arg(FigureText::scaleSentence(m_style, m_unit)));
    setAccessibleDescription(m_empty                 ? QString()
                             : m_style.perMapStretch ? FigureText::scale(m_style, m_unit)
                                                     : tr("%1, from %2 to %3")
                                                           .arg(FigureText::scale(m_style, m_unit),
                                                                FigureText::scaleValue(m_style, m_range.low, m_unit),
                                                                FigureText::scaleValue(m_style, m_range.high, m_unit)));
}

QSize ColourBarWidget::sizeHint() const
{
    return {320 + m_button->sizeHint().width(), static_cast<int>(std::ceil(colourBarHeight(font())))};
}

QSize ColourBarWidget::minimumSizeHint() const
{
    return {120 + m_button->sizeHint().width(), sizeHint().height()};
}

void ColourBarWidget::paintEvent(QPaintEvent*)
{
    if (m_empty)
        return;
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    paintColourBar(painter, rect().adjusted(2, 0, -2 - m_button->width(), 0), m_style, m_range, m_picture, m_unit);
}

void ColourBarWidget::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const QSize size = m_button->sizeHint();
    m_button->setGeometry(width() - size.width(), 0, size.width(), std::min(size.height(), height()));
}

void ColourBarWidget::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && !m_empty)
        emit displayRequested();
    else
        QWidget::mousePressEvent(event);
}

} // namespace ocellus

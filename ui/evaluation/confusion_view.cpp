// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evaluation/confusion_view.h"

#include <algorithm>
#include <cmath>

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include "ui/figures/number_text.h"

namespace ocellus {

namespace {

constexpr int margin = 3;              ///< around names, in pixels
constexpr double mostOfTheWidth = 0.3; ///< that names may take

QFont fontFor(const QFont& font, int side)
{
    constexpr int largest = 12;
    QFont small = font;
    small.setPixelSize(std::min(side - 1, std::min(largest, QFontInfo(font).pixelSize())));
    return small;
}

} // namespace

ConfusionView::ConfusionView(QWidget* parent) : QAbstractScrollArea(parent)
{
    setAccessibleName(tr("Confusion matrix"));
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(240, 200);
    viewport()->setMouseTracking(true);
}

void ConfusionView::setTable(const ConfusionTable& table)
{
    const int trueClass = m_row < 0 ? -1 : m_table.classAt(m_row);
    const int named = m_row < 0 ? -1 : m_table.classAt(m_column);
    m_table = table;
    m_row = m_table.placeOf(trueClass);
    m_column = m_table.placeOf(named);
    if (m_row < 0 || m_column < 0)
        m_row = m_column = -1;
    if (m_fits)
        fit();
    layOut();
}

bool ConfusionView::showsNames() const
{
    constexpr int smallest = 8;
    return m_side >= smallest;
}

void ConfusionView::fit()
{
    m_fits = true;
    const int n = std::max(m_table.size(), 1);
    const auto fitted = [this, n] {
        layOut();
        const QSize room = size() - QSize(2 * frameWidth() + m_names, 2 * frameWidth() + m_names);
        return std::clamp(std::min(room.width(), room.height()) / n, SmallestCell, LargestCell);
    };
    m_side = LargestCell; // with names
    m_side = fitted();
    if (!showsNames()) { // without them there is more room, but not for names again
        const int most = m_side;
        m_side = fitted();
        while (m_side > most && showsNames())
            --m_side;
    }
    layOut();
    emit zoomed(m_side);
}

void ConfusionView::setCellSide(int side)
{
    m_fits = false;
    side = std::clamp(side, SmallestCell, LargestCell);
    if (side == m_side)
        return;
    const QRect area = cells();
    const QPointF focus = m_row >= 0 ? QPointF(m_column + 0.5, m_row + 0.5)
                                     : QPointF(horizontalScrollBar()->value() + area.width() / 2.0,
                                               verticalScrollBar()->value() + area.height() / 2.0) /
                                           m_side;
    m_side = side;
    layOut();
    const QRect now = cells();
    horizontalScrollBar()->setValue(static_cast<int>(std::lround(focus.x() * m_side - now.width() / 2.0)));
    verticalScrollBar()->setValue(static_cast<int>(std::lround(focus.y() * m_side - now.height() / 2.0)));
    emit zoomed(m_side);
}

void ConfusionView::zoom(int steps)
{
    constexpr double step = 1.25;
    const double wanted = m_side * std::pow(step, steps);
    setCellSide(steps > 0 ? std::max(m_side + 1, static_cast<int>(std::lround(wanted)))
                          : std::min(m_side - 1, static_cast<int>(std::lround(wanted))));
}

void ConfusionView::layOut()
{
    m_names = 0;
    if (showsNames()) {
        const QFontMetrics metrics(fontFor(font(), m_side));
        for (int place = 0; place < m_table.size(); ++place)
            m_names = std::max(m_names, metrics.horizontalAdvance(m_table.nameAt(place)) + 2 * margin);
        m_names = std::min(m_names, static_cast<int>(mostOfTheWidth * std::min(width(), height())));
    }
    const QRect area = cells();
    const int length = m_table.size() * m_side;
    horizontalScrollBar()->setRange(0, std::max(0, length - area.width()));
    horizontalScrollBar()->setPageStep(area.width());
    horizontalScrollBar()->setSingleStep(m_side);
    verticalScrollBar()->setRange(0, std::max(0, length - area.height()));
    verticalScrollBar()->setPageStep(area.height());
    verticalScrollBar()->setSingleStep(m_side);
    viewport()->update();
}

QRect ConfusionView::cells() const
{
    return viewport()->rect().adjusted(m_names, m_names, 0, 0);
}

QRect ConfusionView::cellRect(int row, int column) const
{
    const QRect area = cells();
    return {area.left() + column * m_side - horizontalScrollBar()->value(),
            area.top() + row * m_side - verticalScrollBar()->value(), m_side, m_side};
}

/// Column and row; outside where there is none.
QPoint ConfusionView::cellAt(QPoint position) const
{
    const QRect area = cells();
    const QPoint inside =
        position - area.topLeft() + QPoint(horizontalScrollBar()->value(), verticalScrollBar()->value());
    const QPoint cell(inside.x() / m_side, inside.y() / m_side);
    const bool isThere = area.contains(position) && cell.x() < m_table.size() && cell.y() < m_table.size();
    return isThere ? cell : QPoint(-1, -1);
}

QRect ConfusionView::visibleCells() const
{
    const QRect area = cells();
    const int left = horizontalScrollBar()->value() / m_side, top = verticalScrollBar()->value() / m_side;
    const int right = std::min(m_table.size() - 1, (horizontalScrollBar()->value() + area.width()) / m_side);
    const int bottom = std::min(m_table.size() - 1, (verticalScrollBar()->value() + area.height()) / m_side);
    return {QPoint(left, top), QPoint(right, bottom)};
}

void ConfusionView::choose(int row, int column)
{
    if (m_table.size() == 0)
        return;
    row = std::clamp(row, 0, m_table.size() - 1);
    column = std::clamp(column, 0, m_table.size() - 1);
    // The chosen one again too: something else may be listed meanwhile.
    m_row = row;
    m_column = column;
    ensureVisible();
    setAccessibleDescription(m_table.text(row, column));
    QAccessibleEvent told(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&told);
    viewport()->update();
    emit cellChosen(m_table.classAt(row), m_table.classAt(column));
}

void ConfusionView::chooseNextConfusion()
{
    const auto [row, column] = m_table.nextConfusion(m_row, m_column);
    if (row >= 0)
        choose(row, column);
}

void ConfusionView::ensureVisible()
{
    const QRect area = cells(), cell = cellRect(m_row, m_column);
    const auto reveal = [](QScrollBar* bar, int before, int after) {
        if (before > 0)
            bar->setValue(bar->value() - before);
        else if (after > 0)
            bar->setValue(bar->value() + after);
    };
    reveal(horizontalScrollBar(), area.left() - cell.left(), cell.right() - area.right());
    reveal(verticalScrollBar(), area.top() - cell.top(), cell.bottom() - area.bottom());
}

void ConfusionView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), palette().color(QPalette::Base));
    if (m_table.size() == 0)
        return;
    painter.setClipRect(cells());
    paintCells(painter);
    paintNumbers(painter);
    painter.setClipping(false);
    paintNames(painter);
    paintCorner(painter);
    paintChosen(painter);
}

void ConfusionView::paintCells(QPainter& painter) const
{
    const QRect seen = visibleCells();
    const QRect target(cellRect(seen.top(), seen.left()).topLeft(), seen.size() * m_side);
    painter.drawImage(target, m_table.image(), seen);
    constexpr int smallestWithLines = 8;
    if (m_side < smallestWithLines)
        return;
    QColor line = palette().color(QPalette::Base);
    line.setAlpha(90);
    painter.setPen(line);
    for (int column = seen.left(); column <= seen.right(); ++column)
        painter.drawLine(cellRect(seen.top(), column).topLeft(), cellRect(seen.bottom(), column).bottomLeft());
    for (int row = seen.top(); row <= seen.bottom(); ++row)
        painter.drawLine(cellRect(row, seen.left()).topLeft(), cellRect(row, seen.right()).topRight());
}

void ConfusionView::paintNumbers(QPainter& painter) const
{
    constexpr int smallest = 16;
    if (m_side < smallest)
        return;
    const QRect seen = visibleCells();
    painter.setFont(fontFor(font(), m_side * 3 / 4));
    for (int row = seen.top(); row <= seen.bottom(); ++row)
        for (int column = seen.left(); column <= seen.right(); ++column) {
            const int pictures = m_table.count(row, column);
            if (pictures == 0)
                continue;
            painter.setPen(qGray(m_table.colourAt(row, column)) < 128 ? Qt::white : Qt::black);
            painter.drawText(cellRect(row, column), Qt::AlignCenter, countText(pictures));
        }
}

void ConfusionView::paintNames(QPainter& painter) const
{
    if (m_names == 0)
        return;
    const QRect seen = visibleCells();
    const QFont small = fontFor(font(), m_side);
    const QFontMetrics metrics(small);
    const int room = m_names - 2 * margin;
    const QColor chosen = palette().color(QPalette::Highlight), ink = palette().color(QPalette::Text);
    const auto draw = [&](int place, bool isChosen, const QRect& area, Qt::Alignment alignment) {
        QFont emphasised = small;
        emphasised.setBold(isChosen);
        painter.setFont(emphasised);
        painter.setPen(isChosen ? chosen : ink);
        painter.drawText(area, alignment | Qt::AlignVCenter,
                         metrics.elidedText(m_table.nameAt(place), Qt::ElideRight, room));
    };
    painter.setClipRect(QRect(0, m_names, m_names, viewport()->height()));
    for (int row = seen.top(); row <= seen.bottom(); ++row)
        draw(row, row == m_row, QRect(margin, cellRect(row, 0).top(), room, m_side), Qt::AlignRight);
    painter.setClipRect(QRect(m_names, 0, viewport()->width(), m_names));
    for (int column = seen.left(); column <= seen.right(); ++column) {
        painter.save();
        painter.translate(cellRect(0, column).left(), m_names - margin);
        painter.rotate(-90);
        draw(column, column == m_column, QRect(0, 0, room, m_side), Qt::AlignLeft);
        painter.restore();
    }
    painter.setClipping(false);
}

/// What rows, columns and colours are, where names leave a corner for it.
void ConfusionView::paintCorner(QPainter& painter) const
{
    const QFontMetrics metrics(font());
    const int line = metrics.height();
    if (m_names < 6 * line)
        return;
    const QRect corner(2 * margin, margin, m_names - 4 * margin, m_names - 2 * margin);
    painter.setFont(font());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(corner, Qt::AlignRight | Qt::AlignBottom, tr("what it is ↓"));
    painter.drawText(corner, Qt::AlignRight | Qt::AlignTop, tr("named as →"));
    const QRect bar(corner.left(), corner.center().y() - line / 4, corner.width(), line / 2);
    for (int x = bar.left(); x <= bar.right(); ++x)
        painter.fillRect(QRect(x, bar.top(), 1, bar.height()), confusionColour(double(x - bar.left()) / bar.width()));
    const QRect below = bar.translated(0, bar.height() + 1).adjusted(0, 0, 0, 2 * line);
    painter.drawText(below, Qt::AlignLeft | Qt::AlignTop, tr("0 %"));
    painter.drawText(below, Qt::AlignRight | Qt::AlignTop, tr("100 %"));
    painter.drawText(below, Qt::AlignHCenter | Qt::AlignBottom, tr("of a row"));
}

/// The cell, and lines to its names.
void ConfusionView::paintChosen(QPainter& painter) const
{
    if (m_row < 0)
        return;
    const QRect area = cells(), cell = cellRect(m_row, m_column);
    painter.setClipRect(area);
    painter.setPen(QPen(palette().color(QPalette::Highlight), 1, Qt::DotLine));
    painter.drawLine(area.left(), cell.center().y(), cell.left(), cell.center().y());
    painter.drawLine(cell.center().x(), area.top(), cell.center().x(), cell.top());
    painter.setPen(QPen(Qt::white, 3));
    painter.drawRect(cell.adjusted(-1, -1, 0, 0));
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.drawRect(cell.adjusted(-1, -1, 0, 0));
    painter.setClipping(false);
}

void ConfusionView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    if (m_fits)
        fit();
    else
        layOut();
}

void ConfusionView::mousePressEvent(QMouseEvent* event)
{
    const QPoint cell = cellAt(event->pos());
    if (event->button() == Qt::LeftButton && cell.x() >= 0)
        choose(cell.y(), cell.x());
}

void ConfusionView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (cellAt(event->pos()).x() >= 0)
        emit cellActivated();
}

void ConfusionView::wheelEvent(QWheelEvent* event)
{
    if (!(event->modifiers() & Qt::ControlModifier)) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    if (const int turned = event->angleDelta().y(); turned != 0)
        zoom(turned > 0 ? 1 : -1);
    event->accept();
}

/// Its keys are commands' elsewhere in the window.
bool ConfusionView::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        constexpr int keys[]{Qt::Key_Left, Qt::Key_Right,  Qt::Key_Up,    Qt::Key_Down,  Qt::Key_Home,
                             Qt::Key_End,  Qt::Key_Plus,   Qt::Key_Equal, Qt::Key_Minus, Qt::Key_0,
                             Qt::Key_N,    Qt::Key_Return, Qt::Key_Enter};
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool isPlain = !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier));
        if (isPlain && std::ranges::find(keys, key->key()) != std::end(keys)) {
            event->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

void ConfusionView::keyPressEvent(QKeyEvent* event)
{
    const int row = std::max(m_row, 0), column = std::max(m_column, 0), last = m_table.size() - 1;
    switch (event->key()) {
    case Qt::Key_Left: choose(row, column - 1); return;
    case Qt::Key_Right: choose(row, column + 1); return;
    case Qt::Key_Up: choose(row - 1, column); return;
    case Qt::Key_Down: choose(row + 1, column); return;
    case Qt::Key_Home: choose(event->modifiers() & Qt::ControlModifier ? 0 : row, 0); return;
    case Qt::Key_End: choose(event->modifiers() & Qt::ControlModifier ? last : row, last); return;
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoom(1); return;
    case Qt::Key_Minus: zoom(-1); return;
    case Qt::Key_0: fit(); return;
    case Qt::Key_N: chooseNextConfusion(); return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_row >= 0)
            emit cellActivated();
        return;
    default: QAbstractScrollArea::keyPressEvent(event);
    }
}

bool ConfusionView::viewportEvent(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QPoint cell = cellAt(help->pos());
    if (cell.x() < 0)
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), m_table.text(cell.y(), cell.x()), viewport(),
                           cellRect(cell.y(), cell.x()));
    return true;
}

void ConfusionView::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        layOut();
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tree/tree_view.h"

#include <algorithm>
#include <cmath>

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainterPath>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

namespace ocellus {

namespace {

constexpr QSizeF gap{14, 46}; ///< between nodes
constexpr double margin = 10;
constexpr double widestLine = 18;
constexpr double thinnestLine = 0.8;
constexpr double leastZoom = 0.05, mostZoom = 4, firstZoom = 0.6; ///< a tree at first is no smaller than that
constexpr double wordsFrom = 0.45;                                ///< zoom from which words can be read
constexpr double zoomStep = 1.25;

QSizeF step()
{
    return TreeNodePainter::Size + gap;
}

} // namespace

TreeView::TreeView(QWidget* parent) : QAbstractScrollArea(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Tree of the model's decisions"));
    viewport()->setBackgroundRole(QPalette::Window);
    viewport()->setAutoFillBackground(true);
}

const TreeAnswer* TreeView::tree() const
{
    return m_explanation.decoding ? m_explanation.decoding->tree() : nullptr;
}

void TreeView::setAnswer(const Explanation& explanation, const TreeText::NameOfClass& nameOf)
{
    const bool isOther = explanation.decoding != m_explanation.decoding;
    const std::size_t before = tree() ? tree()->nodes.size() : 0;
    const int chosen = chosenNode();
    m_explanation = explanation;
    m_nameOf = nameOf;
    m_painter.setAnswer(explanation, nameOf);
    if (isOther) {
        m_chosen = -1;
        layOut();
        const bool isSameTree = tree() && tree()->nodes.size() == before;
        if (!isSameTree)
            m_isZoomed = false;
        choose(isSameTree ? std::max(placeOf(chosen), 0) : 0, false);
        if (!m_isZoomed)
            resizeEvent(nullptr);
    }
    tellChosen();
    viewport()->update();
}

void TreeView::setFoldBelow(double probability)
{
    if (probability == m_foldBelow)
        return;
    const int chosen = chosenNode();
    m_foldBelow = probability;
    layOut();
    choose(placeOf(chosen), false);
    updateScrollBars();
    reveal();
    viewport()->update();
}

void TreeView::layOut()
{
    m_places = tree() ? layOutTree(*tree(), m_foldBelow) : std::vector<TreePlace>();
    updateScrollBars();
}

int TreeView::chosenNode() const
{
    return chosen() ? chosen()->node : -1;
}

const TreePlace* TreeView::chosen() const
{
    return m_chosen >= 0 && m_chosen < static_cast<int>(m_places.size()) ? &m_places[static_cast<std::size_t>(m_chosen)]
                                                                         : nullptr;
}

int TreeView::placeOf(int node) const
{
    if (!tree() || node < 0 || node >= static_cast<int>(tree()->nodes.size()))
        return -1;
    const auto found = std::ranges::find(m_places, node, &TreePlace::node);
    if (found != m_places.end())
        return static_cast<int>(found - m_places.begin());
    // Folded away: into the last place before it, as nodes and places go before their children.
    int into = -1;
    for (std::size_t i = 0; i < m_places.size(); ++i)
        if (m_places[i].foldedLeaves > 0 && m_places[i].node < node &&
            (into < 0 || m_places[i].node > m_places[static_cast<std::size_t>(into)].node))
            into = static_cast<int>(i);
    return into;
}

void TreeView::chooseNode(int node)
{
    if (const int place = placeOf(node); place >= 0 && place != m_chosen)
        choose(place, false);
}

void TreeView::choose(int place, bool isTold)
{
    if (place < 0 || place >= static_cast<int>(m_places.size()))
        return;
    m_chosen = place;
    tellChosen();
    reveal();
    viewport()->update();
    if (isTold)
        emit nodeChosen(chosenNode());
}

void TreeView::tellChosen()
{
    setAccessibleDescription(chosen() && tree() ? TreeText::sentence(*tree(), *chosen(), m_nameOf) : QString());
}

QRectF TreeView::boxOf(const TreePlace& place) const
{
    return {QPointF(margin + place.across * step().width(), margin + place.level * step().height()),
            TreeNodePainter::Size};
}

QSizeF TreeView::treeSize() const
{
    return {2 * margin + widthOf(m_places) * step().width() - gap.width(),
            2 * margin + heightOf(m_places) * step().height() - gap.height()};
}

QPointF TreeView::origin() const
{
    const QSizeF size = m_zoom * treeSize();
    const auto place = [](double tree, int room, int scrolled) {
        return tree < room ? (room - tree) / 2 : -static_cast<double>(scrolled);
    };
    return {place(size.width(), viewport()->width(), horizontalScrollBar()->value()),
            place(size.height(), viewport()->height(), verticalScrollBar()->value())};
}

QRect TreeView::placeInView(int node) const
{
    const auto found = std::ranges::find(m_places, node, &TreePlace::node);
    if (found == m_places.end())
        return {};
    const QRectF box = boxOf(*found);
    return QRectF(origin() + m_zoom * box.topLeft(), m_zoom * box.size()).toAlignedRect();
}

int TreeView::placeAt(QPointF position) const
{
    const QPointF point = (position - origin()) / m_zoom;
    const auto found =
        std::ranges::find_if(m_places, [&](const TreePlace& place) { return boxOf(place).contains(point); });
    return found == m_places.end() ? -1 : static_cast<int>(found - m_places.begin());
}

void TreeView::reveal()
{
    if (!chosen())
        return;
    const QRect box = placeInView(chosenNode()).adjusted(-8, -8, 8, 8);
    const QRect room = viewport()->rect();
    if (box.left() < room.left() || box.width() > room.width())
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() + box.left());
    else if (box.right() > room.right())
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() + box.right() - room.right());
    if (box.top() < room.top() || box.height() > room.height())
        verticalScrollBar()->setValue(verticalScrollBar()->value() + box.top());
    else if (box.bottom() > room.bottom())
        verticalScrollBar()->setValue(verticalScrollBar()->value() + box.bottom() - room.bottom());
}

void TreeView::updateScrollBars()
{
    const QSizeF size = m_zoom * treeSize();
    const auto set = [](QScrollBar* bar, double tree, int room) {
        bar->setRange(0, std::max(0, static_cast<int>(std::ceil(tree)) - room));
        bar->setPageStep(room);
        bar->setSingleStep(std::max(1, room / 8));
    };
    set(horizontalScrollBar(), size.width(), viewport()->width());
    set(verticalScrollBar(), size.height(), viewport()->height());
}

void TreeView::zoomTo(double zoom, QPointF about)
{
    const double wanted = std::clamp(zoom, leastZoom, mostZoom);
    const QPointF point = (about - origin()) / m_zoom;
    m_zoom = wanted;
    updateScrollBars();
    horizontalScrollBar()->setValue(static_cast<int>(std::lround(point.x() * m_zoom - about.x())));
    verticalScrollBar()->setValue(static_cast<int>(std::lround(point.y() * m_zoom - about.y())));
    viewport()->update();
    emit zoomChanged();
}

void TreeView::zoomIn()
{
    m_isZoomed = true;
    zoomTo(m_zoom * zoomStep, chosen() ? QPointF(placeInView(chosenNode()).center()) : viewport()->rect().center());
}

void TreeView::zoomOut()
{
    m_isZoomed = true;
    zoomTo(m_zoom / zoomStep, chosen() ? QPointF(placeInView(chosenNode()).center()) : viewport()->rect().center());
}

void TreeView::showWhole()
{
    const QSizeF size = treeSize();
    if (m_places.empty())
        return;
    m_isZoomed = true;
    zoomTo(std::min({viewport()->width() / size.width(), viewport()->height() / size.height(), 1.0}), {});
}

void TreeView::resizeEvent(QResizeEvent*)
{
    const QSizeF size = treeSize();
    if (!m_isZoomed && !m_places.empty()) {
        m_zoom = std::clamp(viewport()->height() / size.height(), firstZoom, 1.0); // all levels, as far as readable
    }
    updateScrollBars();
    if (!m_isZoomed)
        reveal();
}

void TreeView::paintLine(QPainter& painter, const TreePlace& child) const
{
    const TreePlace& parent = m_places[static_cast<std::size_t>(child.parent)];
    const QRectF above = boxOf(parent), below = boxOf(child);
    const QPointF from(above.center().x(), above.bottom()), to(below.center().x(), below.top());
    const double reached = tree()->nodes[static_cast<std::size_t>(child.node)].reached;
    QPainterPath path(from);
    const double middle = (from.y() + to.y()) / 2;
    path.cubicTo({from.x(), middle}, {to.x(), middle}, to);
    const QColor colour = palette().color(child.isOnWay ? QPalette::Highlight : QPalette::Mid);
    painter.setPen(QPen(colour, std::max(thinnestLine, widestLine * reached), Qt::SolidLine, Qt::FlatCap));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
}

void TreeView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    if (!tree())
        return;
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.translate(origin());
    painter.scale(m_zoom, m_zoom);
    const QRectF seen(-origin() / m_zoom, QSizeF(viewport()->size()) / m_zoom);
    // The marked way over the others.
    for (const bool isOnWay : {false, true})
        for (const TreePlace& place : m_places) {
            if (place.parent < 0 || place.isOnWay != isOnWay)
                continue;
            const QRectF both = boxOf(place) | boxOf(m_places[static_cast<std::size_t>(place.parent)]);
            if (both.intersects(seen))
                paintLine(painter, place);
        }
    QFont font = this->font();
    font.setPixelSize(12);
    painter.setFont(font);
    for (int i = 0; i < static_cast<int>(m_places.size()); ++i) {
        const QRectF box = boxOf(m_places[static_cast<std::size_t>(i)]);
        if (!box.intersects(seen))
            continue;
        painter.save();
        painter.translate(box.topLeft());
        m_painter.paint(painter, m_places[static_cast<std::size_t>(i)], palette(), i == m_chosen, m_zoom < wordsFrom);
        painter.restore();
    }
    if (hasFocus()) {
        painter.resetTransform();
        painter.setBrush(Qt::NoBrush);
        painter.setPen(palette().color(QPalette::Highlight));
        painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
    }
}

/// Of the same level, in the order from the left; itself where there is none.
int TreeView::neighbour(int step) const
{
    std::vector<int> level;
    for (int i = 0; i < static_cast<int>(m_places.size()); ++i)
        if (m_places[static_cast<std::size_t>(i)].level == chosen()->level)
            level.push_back(i);
    std::ranges::sort(level, {}, [this](int i) { return m_places[static_cast<std::size_t>(i)].across; });
    const auto at = std::ranges::find(level, m_chosen) - level.begin() + step;
    return at < 0 || at >= std::ssize(level) ? m_chosen : level[static_cast<std::size_t>(at)];
}

/// Where the picture goes from here more probably; itself in a leaf.
int TreeView::childToGo() const
{
    const TreePlace& here = *chosen();
    if (here.left < 0 || here.right < 0)
        return std::max({here.left, here.right, m_chosen});
    const auto reached = [this](int place) {
        return tree()->nodes[static_cast<std::size_t>(m_places[static_cast<std::size_t>(place)].node)].reached;
    };
    return reached(here.right) > reached(here.left) ? here.right : here.left;
}

bool TreeView::event(QEvent* event)
{
    // While the tree has the focus its keys are no menu's.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        switch (key->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_Left:
        case Qt::Key_Right:
        case Qt::Key_Home:
        case Qt::Key_End:
        case Qt::Key_Plus:
        case Qt::Key_Minus:
        case Qt::Key_0:
            if (!(key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)))
                event->accept();
            break;
        default: break;
        }
    }
    return QAbstractScrollArea::event(event);
}

void TreeView::keyPressEvent(QKeyEvent* event)
{
    if (!chosen()) {
        QWidget::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Up: choose(chosen()->parent, true); break;
    case Qt::Key_Down: choose(childToGo(), true); break;
    case Qt::Key_Left: choose(neighbour(-1), true); break;
    case Qt::Key_Right: choose(neighbour(1), true); break;
    case Qt::Key_Home: choose(0, true); break;
    case Qt::Key_End: {
        int last = m_chosen;
        for (int i = 0; i < static_cast<int>(m_places.size()); ++i)
            if (m_places[static_cast<std::size_t>(i)].isOnWay)
                last = i;
        choose(last, true);
        break;
    }
    case Qt::Key_Plus: zoomIn(); break;
    case Qt::Key_Minus: zoomOut(); break;
    case Qt::Key_0: showWhole(); break;
    default: QWidget::keyPressEvent(event);
    }
}

void TreeView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        choose(placeAt(event->position()), true);
    if (event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && placeAt(event->position()) < 0))
        m_dragFrom = event->position();
}

void TreeView::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_dragFrom)
        return;
    const QPoint moved = (event->position() - *m_dragFrom).toPoint();
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - moved.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() - moved.y());
    m_dragFrom = event->position();
}

void TreeView::mouseReleaseEvent(QMouseEvent*)
{
    m_dragFrom.reset();
}

void TreeView::wheelEvent(QWheelEvent* event)
{
    if (!(event->modifiers() & Qt::ControlModifier)) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    m_isZoomed = true;
    zoomTo(m_zoom * std::exp2(event->angleDelta().y() / 240.0), event->position());
    event->accept();
}

void TreeView::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void TreeView::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

bool TreeView::viewportEvent(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int place = placeAt(help->pos());
    if (place >= 0 && tree())
        QToolTip::showText(help->globalPos(),
                           TreeText::sentence(*tree(), m_places[static_cast<std::size_t>(place)], m_nameOf),
                           viewport());
    else
        QToolTip::hideText();
    return true;
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tree/tree_view.h"

#include <algorithm>
#include <cmath>

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

namespace ocellus {

namespace {

constexpr double leastZoom = 0.05, mostZoom = 4;
constexpr double zoomStep = 1.25;

} // namespace

TreeView::TreeView(QWidget* parent) : QAbstractScrollArea(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Tree of the model's decisions"));
    viewport()->setBackgroundRole(QPalette::Window);
    viewport()->setAutoFillBackground(true);
}

void TreeView::setAnswer(const Explanation& explanation, const TreeText::NameOfClass& nameOf)
{
    const bool isOther = explanation.decoding != m_decoding;
    const std::size_t before = tree() ? tree()->nodes.size() : 0;
    const int chosen = chosenNode();
    m_decoding = explanation.decoding;
    m_nameOf = nameOf;
    m_picture.setAnswer(explanation, nameOf);
    if (isOther) {
        m_chosen = -1;
        updateScrollBars();
        const bool isSameTree = tree() && tree()->nodes.size() == before;
        if (!isSameTree)
            m_fit = Fit::Readable;
        choose(isSameTree ? std::max(placeOf(chosen), 0) : 0, false);
        fit();
    }
    tellChosen();
    viewport()->update();
}

void TreeView::setFoldBelow(double probability)
{
    const int chosen = chosenNode();
    m_picture.setFoldBelow(probability);
    fit();
    choose(placeOf(chosen), false);
    reveal();
    viewport()->update();
}

int TreeView::chosenNode() const
{
    return chosen() ? chosen()->node : -1;
}

const TreePlace* TreeView::chosen() const
{
    return m_chosen >= 0 && m_chosen < static_cast<int>(places().size()) ? &places()[static_cast<std::size_t>(m_chosen)]
                                                                         : nullptr;
}

int TreeView::placeOf(int node) const
{
    if (!tree() || node < 0 || node >= static_cast<int>(tree()->nodes.size()))
        return -1;
    const auto found = std::ranges::find(places(), node, &TreePlace::node);
    if (found != places().end())
        return static_cast<int>(found - places().begin());
    // Folded away: into the last place before it, as nodes and places go before their children.
    int into = -1;
    for (std::size_t i = 0; i < places().size(); ++i)
        if (places()[i].foldedLeaves > 0 && places()[i].node < node &&
            (into < 0 || places()[i].node > places()[static_cast<std::size_t>(into)].node))
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
    if (place < 0 || place >= static_cast<int>(places().size()))
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

QPointF TreeView::origin() const
{
    const QSizeF size = m_zoom * m_picture.size();
    const auto place = [](double tree, int room, int scrolled) {
        return tree < room ? (room - tree) / 2 : -static_cast<double>(scrolled);
    };
    return {place(size.width(), viewport()->width(), horizontalScrollBar()->value()),
            place(size.height(), viewport()->height(), verticalScrollBar()->value())};
}

QRect TreeView::placeInView(int node) const
{
    const auto found = std::ranges::find(places(), node, &TreePlace::node);
    if (found == places().end())
        return {};
    const QRectF box = m_picture.boxOf(*found);
    return QRectF(origin() + m_zoom * box.topLeft(), m_zoom * box.size()).toAlignedRect();
}

int TreeView::placeAt(QPointF position) const
{
    const QPointF point = (position - origin()) / m_zoom;
    const auto found =
        std::ranges::find_if(places(), [&](const TreePlace& place) { return m_picture.boxOf(place).contains(point); });
    return found == places().end() ? -1 : static_cast<int>(found - places().begin());
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
    const QSizeF size = m_zoom * m_picture.size();
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
    m_fit = Fit::None;
    zoomTo(m_zoom * zoomStep, chosen() ? QPointF(placeInView(chosenNode()).center()) : viewport()->rect().center());
}

void TreeView::zoomOut()
{
    m_fit = Fit::None;
    zoomTo(m_zoom / zoomStep, chosen() ? QPointF(placeInView(chosenNode()).center()) : viewport()->rect().center());
}

void TreeView::showWhole()
{
    m_fit = Fit::Whole;
    fit();
    viewport()->update();
    emit zoomChanged();
}

void TreeView::resizeEvent(QResizeEvent*)
{
    fit();
}

/// The whole tree where it can be read so; else all levels, as far as they can.
void TreeView::fit()
{
    if (m_fit != Fit::None && !places().empty()) {
        const QSizeF size = m_picture.size();
        const double levels = viewport()->height() / size.height();
        const double whole = std::min({viewport()->width() / size.width(), levels, 1.0});
        m_zoom = m_fit == Fit::Whole || whole >= TreePicture::WordsFrom
                     ? std::max(whole, leastZoom)
                     : std::clamp(levels, TreePicture::WordsFrom, 1.0);
    }
    updateScrollBars();
    if (m_fit == Fit::Readable)
        reveal();
}

void TreeView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    if (!tree())
        return;
    painter.setFont(font());
    painter.translate(origin());
    painter.scale(m_zoom, m_zoom);
    m_picture.paint(painter, QRectF(-origin() / m_zoom, QSizeF(viewport()->size()) / m_zoom), palette(), m_chosen,
                    m_zoom);
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
    for (int i = 0; i < static_cast<int>(places().size()); ++i)
        if (places()[static_cast<std::size_t>(i)].level == chosen()->level)
            level.push_back(i);
    std::ranges::sort(level, {}, [this](int i) { return places()[static_cast<std::size_t>(i)].across; });
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
        return tree()->nodes[static_cast<std::size_t>(places()[static_cast<std::size_t>(place)].node)].reached;
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
        for (int i = 0; i < static_cast<int>(places().size()); ++i)
            if (places()[static_cast<std::size_t>(i)].isOnWay)
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
    m_fit = Fit::None;
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
                           TreeText::sentence(*tree(), places()[static_cast<std::size_t>(place)], m_nameOf),
                           viewport());
    else
        QToolTip::hideText();
    return true;
}

} // namespace ocellus

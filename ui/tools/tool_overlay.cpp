// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/tool_overlay.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include "ui/tools/move_tool.h"
#include "ui/tools/tool_box.h"

namespace ocellus {

namespace {

constexpr double cursorStep = 8; // of the keyboard, in units of the view
constexpr double crossReach = 9;
constexpr double wheelStep = 120; // of a notch

QPoint directionOf(int key)
{
    switch (key) {
    case Qt::Key_Left: return {-1, 0};
    case Qt::Key_Right: return {1, 0};
    case Qt::Key_Up: return {0, -1};
    case Qt::Key_Down: return {0, 1};
    default: return {};
    }
}

bool isReturn(int key)
{
    return key == Qt::Key_Return || key == Qt::Key_Enter;
}

bool isModifier(int key)
{
    return key == Qt::Key_Alt || key == Qt::Key_Control || key == Qt::Key_Shift;
}

/// The modifiers after the event of a key that may be one of them; the event itself has those before.
Qt::KeyboardModifiers modifiersAfter(const QKeyEvent& event)
{
    const Qt::KeyboardModifier own = event.key() == Qt::Key_Alt       ? Qt::AltModifier
                                     : event.key() == Qt::Key_Control ? Qt::ControlModifier
                                     : event.key() == Qt::Key_Shift   ? Qt::ShiftModifier
                                                                      : Qt::NoModifier;
    Qt::KeyboardModifiers modifiers = event.modifiers();
    return modifiers.setFlag(own, event.type() == QEvent::KeyPress);
}

} // namespace

ToolOverlay::ToolOverlay(ToolBox& tools, ImageView& view, QObject* parent)
    : QObject(parent),
      m_tools(tools),
      m_view(view)
{
    connect(&m_tools, &ToolBox::chosen, this, &ToolOverlay::changeTool);
    connect(&m_tools, &ToolBox::optionsChanged, this, [this] { repaint(m_view.pictureTransform()); });
    m_view.setOverlay(this);
}

ToolOverlay::~ToolOverlay()
{
    m_view.setOverlay(nullptr);
}

void ToolOverlay::setMask(const Mask& mask, Shown shown)
{
    if (mask == m_mask && shown == m_shown)
        return;
    m_shown = shown;
    const bool otherSize = mask.pictureSize() != m_mask.pictureSize();
    m_mask = mask;
    m_layer.setMask(mask);
    m_tools.moveTool().setBox(mask.box());
    if (otherSize) {
        cancel();
        m_place.reset();
    }
    m_view.update();
}

void ToolOverlay::setRefusal(const QString& why)
{
    m_refusal = why;
    if (!why.isEmpty())
        cancel();
    m_view.updateCursor();
}

void ToolOverlay::setBusy(bool busy)
{
    m_busy = busy;
    m_view.updateCursor();
}

void ToolOverlay::cancel()
{
    if (Tool* tool = m_tools.current())
        tool->cancel();
    m_keyDown = m_mouseDown = false;
    m_layer.setStroke(nullptr);
    m_view.update();
}

void ToolOverlay::changeTool()
{
    m_keyDown = m_mouseDown = false;
    m_layer.setStroke(nullptr);
    m_view.updateCursor();
    m_view.update();
    // The keys of a tool are the view's.
    m_view.setFocus();
}

bool ToolOverlay::isRunning() const
{
    return m_tools.current() && m_tools.current()->isRunning();
}

bool ToolOverlay::isWorking() const
{
    return m_tools.current() != nullptr;
}

std::optional<QCursor> ToolOverlay::cursor() const
{
    if (m_tools.kind() == ToolKind::Point)
        return {};
    if (!m_refusal.isEmpty())
        return Qt::ForbiddenCursor;
    if (m_busy)
        return Qt::BusyCursor;
    return m_tools.kind() == ToolKind::Move ? Qt::SizeAllCursor : Qt::CrossCursor;
}

void ToolOverlay::paint(QPainter& painter, const QRectF& area, const PictureTransform& transform)
{
    const Tool* tool = m_tools.current();
    PictureTransform ofMask = transform;
    if (const auto shift = m_tools.moveTool().shift())
        ofMask.offset += transform.scale * QPointF(*shift);
    // A tint would hide what an edit made of its pixels.
    m_layer.setTint(m_shown == Shown::Outline ? QColor(Qt::transparent) : m_view.palette().color(QPalette::Highlight));
    m_layer.setStroke(tool ? tool->stroke() : nullptr);
    m_layer.paint(painter, area, ofMask);
    if (!tool || !m_refusal.isEmpty())
        return;
    tool->paint(painter, transform, m_place);
    if (m_byKeyboard && m_place) {
        QPainterPath cross;
        const QPointF centre = transform.toDevice(*m_place);
        cross.moveTo(centre - QPointF(crossReach, 0));
        cross.lineTo(centre + QPointF(crossReach, 0));
        cross.moveTo(centre - QPointF(0, crossReach));
        cross.lineTo(centre + QPointF(0, crossReach));
        drawOutline(painter, cross);
    }
    m_painted = tool->extent(transform, m_place);
}

void ToolOverlay::repaint(const PictureTransform& transform)
{
    const Tool* tool = m_tools.current();
    if (!tool)
        return;
    if (m_byKeyboard || m_tools.kind() == ToolKind::Move) {
        m_view.update();
        return;
    }
    const QRectF now = tool->extent(transform, m_place);
    // Apart where they are apart: a long way of the mouse between two frames is no reason to paint all of it.
    m_view.update(m_painted.toAlignedRect());
    m_view.update(now.toAlignedRect());
    m_painted |= now;
}

bool ToolOverlay::take(QEvent& event, const PictureTransform& transform)
{
    if (!m_tools.current())
        return false;
    switch (event.type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::MouseButtonRelease:
    case QEvent::MouseButtonDblClick: return takeMouse(static_cast<const QMouseEvent&>(event), transform);
    case QEvent::Wheel: return takeWheel(static_cast<const QWheelEvent&>(event));
    case QEvent::ShortcutOverride: return wantsKey(static_cast<const QKeyEvent&>(event));
    case QEvent::KeyPress:
    case QEvent::KeyRelease: return takeKey(static_cast<const QKeyEvent&>(event), transform);
    case QEvent::Leave:
        if (!isRunning() && !m_byKeyboard) {
            repaint(transform);
            m_place.reset();
        }
        return false;
    default: return false;
    }
}

ToolInput ToolOverlay::inputAt(Point point, Qt::KeyboardModifiers modifiers, const PictureTransform& transform) const
{
    return {point, modifiers, m_mask.pictureSize(), transform.scale};
}

bool ToolOverlay::isAllowed()
{
    QString why = m_refusal;
    if (why.isEmpty() && m_tools.kind() == ToolKind::Move && m_mask.empty())
        why = tr("Select the pixels first that are to be moved, with the brush for example.");
    if (!why.isEmpty())
        emit refused(why);
    return why.isEmpty();
}

void ToolOverlay::press(const ToolInput& input)
{
    deliver(m_tools.current()->press(input));
}

void ToolOverlay::deliver(const std::optional<ToolResult>& result)
{
    if (!isRunning()) {
        m_mouseDown = m_keyDown = false;
        m_layer.setStroke(nullptr);
    }
    if (!result)
        return;
    m_view.update();
    emit finished(*result);
}

bool ToolOverlay::takeMouse(const QMouseEvent& event, const PictureTransform& transform)
{
    Tool& tool = *m_tools.current();
    const ToolInput input = inputAt(transform.toPicture(event.position()), event.modifiers(), transform);
    const bool isPrimary = event.button() == Qt::LeftButton;
    switch (event.type()) {
    case QEvent::MouseButtonPress:
        if (!isPrimary)
            return m_mouseDown;
        if (m_keyDown)
            return true;
        m_byKeyboard = false;
        m_place = input.point;
        if (isAllowed()) {
            m_mouseDown = true;
            press(input);
            m_view.update(); // without the map
        }
        break;
    case QEvent::MouseMove:
        if (m_keyDown)
            return true;
        m_byKeyboard = false;
        m_place = input.point;
        tool.move(input);
        break;
    case QEvent::MouseButtonRelease:
        if (!isPrimary || !m_mouseDown)
            return isPrimary;
        m_mouseDown = false;
        deliver(tool.release(input));
        m_view.update(); // with the map again
        break;
    case QEvent::MouseButtonDblClick:
        if (!isPrimary)
            return m_mouseDown;
        if (tool.isRunning())
            deliver(tool.finish(input));
        else if (isAllowed()) {
            m_mouseDown = true;
            press(input);
        }
        break;
    default: return false;
    }
    repaint(transform);
    // What lies under the mouse is told as ever, but not during a gesture: that would paint every tile again.
    return event.type() != QEvent::MouseMove || isRunning();
}

/// Without Ctrl it zooms, whatever is in hand.
bool ToolOverlay::takeWheel(const QWheelEvent& event)
{
    const bool isBrush = m_tools.kind() == ToolKind::Brush || m_tools.kind() == ToolKind::Eraser;
    if (!isBrush || isRunning() || !event.modifiers().testFlag(Qt::ControlModifier))
        return false;
    const double steps = event.angleDelta().y() / wheelStep;
    const bool isHardness = event.modifiers().testFlag(Qt::ShiftModifier);
    m_tools.changeBrush(isHardness ? 0 : steps, isHardness ? steps : 0);
    return true;
}

bool ToolOverlay::wantsKey(const QKeyEvent& event) const
{
    if ((event.key() == Qt::Key_Backspace && isRunning()) || (event.key() == Qt::Key_Space && m_mouseDown))
        return true;
    const bool isArrow = !directionOf(event.key()).isNull();
    const bool plain = event.modifiers() == Qt::NoModifier || event.modifiers() == Qt::KeypadModifier;
    return (isArrow && (plain || event.modifiers() == Qt::ControlModifier)) || isReturn(event.key()) ||
           event.key() == Qt::Key_Escape;
}

bool ToolOverlay::takeKey(const QKeyEvent& event, const PictureTransform& transform)
{
    if (isModifier(event.key())) {
        if (m_mouseDown && m_place) {
            m_tools.current()->move(inputAt(*m_place, modifiersAfter(event), transform));
            repaint(transform);
        }
        return false;
    }
    if (event.type() == QEvent::KeyRelease)
        return m_mouseDown;
    const bool taken = pressKey(event, transform);
    if (taken)
        m_view.update();
    // Panning in the middle of a drag would lose its end.
    return taken || m_mouseDown;
}

bool ToolOverlay::pressKey(const QKeyEvent& event, const PictureTransform& transform)
{
    Tool& tool = *m_tools.current();
    if (event.key() == Qt::Key_Escape) {
        if (isRunning())
            cancel();
        else
            m_tools.choose(ToolKind::Point);
        return true;
    }
    if (m_mouseDown)
        return false;
    if (event.key() == Qt::Key_Backspace && tool.isRunning()) {
        tool.stepBack();
        return true;
    }
    if (isReturn(event.key())) {
        if (!event.isAutoRepeat())
            pressReturn(event, transform);
        return true;
    }
    if (!directionOf(event.key()).isNull() && !event.modifiers().testFlag(Qt::ShiftModifier)) {
        moveCursor(event, transform);
        return true;
    }
    return false;
}

void ToolOverlay::pressReturn(const QKeyEvent& event, const PictureTransform& transform)
{
    Tool& tool = *m_tools.current();
    if (!m_byKeyboard) {
        // Nothing was pointed at by keyboard yet: Return ends, or shows where the cursor is.
        if (tool.isRunning())
            deliver(tool.finish(inputAt(m_place.value_or(Point{}), event.modifiers(), transform)));
        else
            moveCursor(event, transform);
        return;
    }
    const ToolInput input = inputAt(*m_place, event.modifiers(), transform);
    if (m_keyDown) {
        m_keyDown = false;
        deliver(tool.release(input));
        return;
    }
    if (!tool.isRunning() && !isAllowed())
        return;
    m_keyDown = m_tools.kind() != ToolKind::Polygon;
    press(input);
}

void ToolOverlay::moveCursor(const QKeyEvent& event, const PictureTransform& transform)
{
    const QPointF middle = m_view.pictureArea().center();
    Point point = m_place.value_or(transform.toPicture(middle));
    const double step =
        event.modifiers().testFlag(Qt::ControlModifier) ? 1 : std::max(1.0, std::round(cursorStep / transform.scale));
    const QPointF by = step * QPointF(directionOf(event.key()));
    const Size size = m_mask.pictureSize();
    point = {std::clamp(point.x + by.x(), 0.0, static_cast<double>(size.width)),
             std::clamp(point.y + by.y(), 0.0, static_cast<double>(size.height))};
    m_place = point;
    m_byKeyboard = true;
    m_tools.current()->move(inputAt(point, Qt::NoModifier, transform));
    m_view.reveal(point);
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QObject>
#include <QPointer>

#include "ui/tools/mask_layer.h"
#include "ui/tools/tool.h"
#include "ui/widgets/image_view.h"

class QKeyEvent;
class QMouseEvent;

namespace ocellus {

class ToolBox;

/// Lets the tool in hand work on a view by mouse and by keyboard, and shows the mask there.
///
/// Keyboard: the arrows move a cursor, with Ctrl by one pixel; Return puts the tool down and lifts it, for a polygon it
/// sets a corner. Escape gives a gesture up, and then the tool.
class ToolOverlay : public QObject, public PictureOverlay {
    Q_OBJECT

public:
    /// Both must outlive this object.
    ToolOverlay(ToolBox& tools, ImageView& view, QObject* parent = nullptr);
    ~ToolOverlay() override;

    /// The active one; its size is that of the picture.
    enum class Shown {
        Tinted, ///< what the next edit will be given
        Outline ///< of an edit, whose result is to be seen
    };
    void setMask(const Mask& mask, Shown shown = Shown::Tinted);
    const Mask& mask() const { return m_mask; }

    /// Why the tools cannot be used now; empty where they can.
    void setRefusal(const QString& why);
    /// Gives up what is under way.
    void cancel();
    /// Shows that something is computed.
    void setBusy(bool busy);

    void paint(QPainter& painter, const QRectF& area, const PictureTransform& transform) override;
    bool take(QEvent& event, const PictureTransform& transform) override;
    bool isWorking() const override;
    bool isPainting() const override { return m_mouseDown || m_keyDown; }
    std::optional<QCursor> cursor() const override;

signals:
    void finished(const ocellus::ToolResult& result);
    /// The user tried what is not possible.
    void refused(const QString& why);

private:
    bool takeMouse(const QMouseEvent& event, const PictureTransform& transform);
    bool takeWheel(const QWheelEvent& event);
    bool takeKey(const QKeyEvent& event, const PictureTransform& transform);
    bool pressKey(const QKeyEvent& event, const PictureTransform& transform);
    void pressReturn(const QKeyEvent& event, const PictureTransform& transform);
    bool wantsKey(const QKeyEvent& event) const;
    void moveCursor(const QKeyEvent& event, const PictureTransform& transform);
    bool isAllowed();
    void press(const ToolInput& input);
    void deliver(const std::optional<ToolResult>& result);
    ToolInput inputAt(Point point, Qt::KeyboardModifiers modifiers, const PictureTransform& transform) const;
    bool isRunning() const;
    void repaint(const PictureTransform& transform);
    void changeTool();

    ToolBox& m_tools;
    ImageView& m_view;
    Mask m_mask;
    Shown m_shown = Shown::Tinted;
    MaskLayer m_layer;
    QString m_refusal;
    bool m_busy = false;
    bool m_mouseDown = false;     // a gesture of the mouse is under way
    bool m_keyDown = false;       // Return has put the tool down
    bool m_byKeyboard = false;    // m_place is the keyboard's
    std::optional<Point> m_place; // of mouse or keyboard cursor, in picture coordinates
    QRectF m_painted;             // what the tool touched last
};

} // namespace ocellus

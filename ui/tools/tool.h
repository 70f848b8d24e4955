// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>
#include <QString>

#include "core/edit/mask_shapes.h"
#include "ui/figures/picture_transform.h"

namespace ocellus {

/// What a shape does to the mask that is there.
enum class Combine { Replace, Add, Subtract };

/// Pixels to select, or to take out of the selection.
struct MaskGesture {
    QString name; ///< of the undo step
    Mask shape;
    Combine combine = Combine::Replace;
};

/// The magic wand was used.
struct WandClick {
    Point point;
    double tolerance = 0;
    Combine combine = Combine::Replace;
};

/// The pixels of the mask were dragged, or a copy of them.
struct PixelMove {
    int dx = 0, dy = 0;
    bool copy = false;
    bool blend = false; ///< keep the gradients and take the new surroundings' colour
};

/// The colour of a disc was asked for.
struct ColourPick {
    Point point;
    double radius = 1; ///< pixels of the picture
};

using ToolResult = std::variant<MaskGesture, WandClick, PixelMove, ColourPick>;

/// What the tools are set to; lengths are pixels of the picture.
struct ToolOptions {
    static constexpr double largestBrush = 1'000;

    double size = 40;      ///< diameter of the brush, 1 to largestBrush
    double hardness = 0.8; ///< as Brush::hardness
    double tolerance = 12; ///< of the wand, Delta E 1976, 0 to 100
    bool blend = true;     ///< as PixelMove::blend

    bool operator==(const ToolOptions&) const = default;
};

/// Where mouse or keyboard cursor are, and on what.
struct ToolInput {
    Point point; ///< in picture coordinates; can lie outside
    Qt::KeyboardModifiers modifiers;
    Size picture;
    double scale = 1; ///< units of the view a picture pixel

    /// With Alt adds, with Ctrl subtracts.
    Combine combineOr(Combine natural) const
    {
        if (modifiers & Qt::ControlModifier)
            return Combine::Subtract;
        return modifiers & Qt::AltModifier ? Combine::Add : natural;
    }
};

/// A stroke on its way.
struct Stroke {
    Brush brush; ///< pixels of the picture
    Combine combine = Combine::Add;
    std::vector<Point> points; ///< in picture coordinates
};

/// Turns what mouse and keyboard do into a result. Knows no widget: all coordinates are the picture's.
class Tool {
    Q_DECLARE_TR_FUNCTIONS(ocellus::Tool)

public:
    virtual ~Tool() = default;

    /// The primary button, or Return on the keyboard cursor. Each may finish the gesture, which gives the result.
    virtual std::optional<ToolResult> press(const ToolInput& input) = 0;
    /// While pressed, and before.
    virtual void move(const ToolInput&) {}
    virtual std::optional<ToolResult> release(const ToolInput&) { return {}; }
    /// A double click after its presses and releases, or Return away from the keyboard cursor.
    virtual std::optional<ToolResult> finish(const ToolInput&) { return {}; }
    /// Backspace.
    virtual void stepBack() {}

    virtual void cancel() = 0;
    /// Between the first press and the result.
    virtual bool isRunning() const = 0;

    virtual const Stroke* stroke() const { return nullptr; }

    /// What is under way, or would be at `place`, in the view's coordinates.
    virtual void paint(QPainter& painter, const PictureTransform& transform, std::optional<Point> place) const = 0;
    /// What paint() and the newest part of the stroke touch.
    virtual QRectF extent(const PictureTransform& transform, std::optional<Point> place) const = 0;
};

/// Draws the path so that it is seen on light and dark alike.
void drawOutline(QPainter& painter, const QPainterPath& path);
/// How far beyond its path drawOutline() reaches.
inline constexpr double outlineReach = 3;

/// A picture's coordinates on a view.
QTransform toView(const PictureTransform& transform);

} // namespace ocellus

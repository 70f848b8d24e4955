// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdlib>

#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include "tests/figures/synthetic_explanation.h"
#include "ui/document/picture_editor.h"
#include "ui/tools/painting.h"
#include "ui/widgets/image_view.h"

namespace ocellus::test {

/// The large picture with its tools and an editor, without a model and without the rest of the window.
class PaintingStage {
public:
    static constexpr Size size{600, 400};
    static constexpr Point redCentre{450, 100}; ///< of a red square of 80 pixels on the green picture

    PaintingStage()
    {
        view.resize(500, 420);
        view.addActions(painting.tools().actions() + painting.tools().brushActions() + painting.commands().all());
        Synthetic wanted;
        wanted.picture = QSize(size.width, size.height);
        explanation = syntheticExplanation(wanted);
        for (int y = 60; y < 140; ++y)
            for (int x = 410; x < 490; ++x)
                explanation.picture.setPixel(x, y, qRgb(200, 30, 30));
        editor.setPicture("/pictures/one.jpg");
        editor.setOriginalSize(size);
        view.setExplanation(explanation, 0);
        view.show();
        view.activateWindow();
        view.setFocus();
    }

    bool isReady() { return QTest::qWaitForWindowActive(&view); }

    /// One pixel of the picture is `scale` of the view, with `point` in its middle; 0: fit.
    void zoom(double scale, Point point)
    {
        ViewTransform transform(QSizeF(size.width, size.height));
        if (scale > 0) {
            transform.showPixels(scale, view.pictureArea().center(), view.pictureArea());
            transform.pan(transform.in(view.pictureArea()).toDevice(Point{size.width / 2.0, size.height / 2.0}) -
                              transform.in(view.pictureArea()).toDevice(point),
                          view.pictureArea());
        }
        linked.setTransform(transform);
    }

    QPoint placeOf(Point point) const { return view.pictureTransform().toDevice(point).toPoint(); }
    /// That shows the point.
    QPoint pixelOf(Point point) const
    {
        const QPointF place = view.pictureTransform().toDevice(point);
        return {static_cast<int>(std::floor(place.x())), static_cast<int>(std::floor(place.y()))};
    }
    /// What the view makes of a whole pixel of its own.
    Point pointAt(QPoint place) const { return view.pictureTransform().toPicture(QPointF(place)); }

    void choose(ToolKind kind) { painting.tools().choose(kind); }
    void press(Point at, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mousePress(&view, Qt::LeftButton, modifiers, placeOf(at));
    }
    void move(Point to, Qt::KeyboardModifiers modifiers = {})
    {
        const QPointF place(placeOf(to));
        QMouseEvent event(QEvent::MouseMove, place, view.mapToGlobal(place), Qt::NoButton, Qt::LeftButton, modifiers);
        QCoreApplication::sendEvent(&view, &event);
    }
    void release(Point at, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseRelease(&view, Qt::LeftButton, modifiers, placeOf(at));
    }
    void drag(const std::vector<Point>& points, Qt::KeyboardModifiers modifiers = {})
    {
        press(points.front(), modifiers);
        for (const Point& point : points)
            move(point, modifiers);
        release(points.back(), modifiers);
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&view, key, modifiers); }

    Mask mask() const { return editor.activeMask(); }
    std::size_t steps() const { return editor.history().stepCount(); }
    void setBrush(double width, double hardness)
    {
        ToolOptions options = painting.tools().options();
        options.size = width;
        options.hardness = hardness;
        painting.tools().setOptions(options);
    }

    PictureEditor editor;
    LinkedView linked;
    ImageView view{linked};
    Painting painting{editor, view};
    Explanation explanation;
};

inline std::size_t countOf(const Mask& mask)
{
    return static_cast<std::size_t>(std::ranges::count_if(mask.alpha(), [](auto value) { return value >= 128; }));
}

/// Leaves room for the half view pixel by which a point on the screen misses one of the picture.
inline bool isNear(const PixelBox& box, const PixelBox& expected, int by = 2)
{
    return std::abs(box.left - expected.left) <= by && std::abs(box.top - expected.top) <= by &&
           std::abs(box.right() - expected.right()) <= by && std::abs(box.bottom() - expected.bottom()) <= by;
}

} // namespace ocellus::test

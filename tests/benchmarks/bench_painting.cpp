// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <vector>

#include <QApplication>
#include <QMouseEvent>

#include "tests/figures/synthetic_explanation.h"
#include "ui/document/picture_editor.h"
#include "ui/tools/painting.h"
#include "ui/widgets/image_view.h"

using namespace ocellus;

namespace {

constexpr Size size{6000, 4000};
constexpr int pointsOfStroke = 120; // two seconds at 60 a second
constexpr int strokes = 5;
const QSize viewSize(1280, 900);

/// One way to paint.
struct Scene {
    const char* name;
    double scale; // view pixels a picture pixel; 0: fit
    double brush; // diameter in picture pixels
    bool map;
};

/// A photograph's amount of detail.
QImage photograph()
{
    QImage picture(size.width, size.height, QImage::Format_RGB32);
    for (int y = 0; y < size.height; ++y) {
        auto* pixel = reinterpret_cast<QRgb*>(picture.scanLine(y));
        for (int x = 0; x < size.width; ++x)
            pixel[x] = qRgb((x * 7 + y) & 255, (x ^ y) & 255, (x + y * 5) & 255);
    }
    return picture;
}

/// What something took by the clock on the wall, and of the processor, which other programs do not lengthen.
struct Milliseconds {
    double wall = 0, processor = 0;
};

template <class Work>
Milliseconds timeOf(Work work)
{
    const auto start = std::chrono::steady_clock::now();
    const std::clock_t processor = std::clock();
    work();
    return {std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count(),
            1e3 * static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC};
}

/// The real view with its tools, and what each frame took.
class Bench {
public:
    explicit Bench(const Explanation& explanation)
    {
        m_view.resize(viewSize);
        m_editor.setPicture("/bench.jpg");
        m_editor.setOriginalSize(size);
        m_view.setExplanation(explanation, 2);
        m_view.show();
        m_painting.tools().choose(ToolKind::Brush);
        QApplication::processEvents();
    }

    void run(const Scene& scene)
    {
        ViewTransform transform(QSizeF(size.width, size.height));
        if (scene.scale > 0)
            transform.showPixels(scene.scale, m_view.pictureArea().center(), m_view.pictureArea());
        m_linked.setTransform(transform);
        m_linked.setOverlayVisible(true);
        ToolOptions options = m_painting.tools().options();
        options.size = scene.brush;
        m_painting.tools().setOptions(options);
        m_editor.setActiveMask("Clear", Mask(size));
        QApplication::processEvents();
        std::vector<Milliseconds> frames, presses, releases;
        for (int i = 0; i < strokes; ++i) {
            presses.push_back(send(QEvent::MouseButtonPress, placeOf(i, 0)));
            for (int point = 1; point < pointsOfStroke; ++point)
                frames.push_back(send(QEvent::MouseMove, placeOf(i, point)));
            releases.push_back(send(QEvent::MouseButtonRelease, placeOf(i, pointsOfStroke - 1)));
        }
        std::printf("%-20s %s  ", scene.name, scene.map ? "map" : "   ");
        print("frame: median", frames, 0.5);
        print("95 %", frames, 0.95);
        print("press: median", presses, 0.5);
        print("release: median", releases, 0.5);
        std::printf("\n");
    }

private:
    static void print(const char* what, std::vector<Milliseconds> times, double share)
    {
        const auto at = [&](double Milliseconds::*member) {
            std::ranges::sort(times, {}, member);
            return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))].*member;
        };
        std::printf("%s %.1f ms (%.1f)  ", what, at(&Milliseconds::wall), at(&Milliseconds::processor));
    }

    /// Waves across the view, each stroke lower than the one before.
    QPointF placeOf(int stroke, int point) const
    {
        const QRectF area = m_view.pictureArea();
        const double along = static_cast<double>(point) / pointsOfStroke;
        return {area.left() + area.width() * (0.1 + 0.8 * along),
                area.top() + area.height() * (0.2 + 0.12 * stroke + 0.08 * std::sin(20 * along))};
    }

    /// From the event to the painted frame.
    Milliseconds send(QEvent::Type type, QPointF place)
    {
        return timeOf([&] {
            const auto button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
            const auto held = type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton;
            QMouseEvent event(type, place, m_view.mapToGlobal(place), button, held, Qt::NoModifier);
            QCoreApplication::sendEvent(&m_view, &event);
            // The frame itself; by itself the platform would gather several.
            QEvent frame(QEvent::UpdateRequest);
            QCoreApplication::sendEvent(&m_view, &frame);
            QCoreApplication::processEvents();
        });
    }

    PictureEditor m_editor;
    LinkedView m_linked;
    ImageView m_view{m_linked};
    Painting m_painting{m_editor, m_view};
};

} // namespace

/// Painting on a photograph of 24 megapixels, offscreen: how long a frame takes while a stroke goes on,
/// from the mouse's event to the painted view; in brackets the processor's time.
int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    test::Synthetic wanted;
    wanted.picture = {size.width, size.height};
    Explanation explanation = test::syntheticExplanation(wanted);
    explanation.picture = photograph();
    for (const bool map : {false, true}) {
        explanation.style.smooth = true;
        Explanation shown = explanation;
        if (!map)
            shown.decoding.reset();
        Bench bench(shown);
        for (const Scene& scene : {Scene{"fit, brush of 40", 0, 40, map}, Scene{"fit, brush of 300", 0, 300, map},
                                   Scene{"fit, brush of 1000", 0, 1000, map}, Scene{"1:1, brush of 40", 1, 40, map},
                                   Scene{"1:1, brush of 300", 1, 300, map}, Scene{"4:1, brush of 40", 4, 40, map}})
            bench.run(scene);
    }
    return 0;
}

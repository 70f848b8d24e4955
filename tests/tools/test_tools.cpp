// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDoubleSpinBox>
#include <QTest>

#include "core/base/error.h"
#include "core/edit/mask_combining.h"
#include "core/edit/mask_selection.h"
#include "core/edit/stroke_raster.h"
#include "ui/tools/mask_pyramid.h"
#include "ui/tools/tool_box.h"
#include "ui/tools/tool_options_bar.h"

using namespace ocellus;

namespace {

Picture stripes()
{
    Picture picture{{64, 48}, {}};
    for (int y = 0; y < 48; ++y)
        for (int x = 0; x < 64; ++x)
            picture.rgb.insert(picture.rgb.end(), 3, static_cast<std::uint8_t>(x / 16 * 60 + (x * 7 + y * 3) % 9));
    return picture;
}

Progress stopped()
{
    std::stop_source source;
    source.request_stop();
    return Progress(source.get_token());
}

} // namespace

/// What the tools are made of.
class TestTools : public QObject {
    Q_OBJECT

private slots:
    void aStrokeRefusesWhatIsNoStroke()
    {
        const Size size{40, 30};
        for (const Brush& brush : {Brush{0, 1}, Brush{-1, 1}, Brush{5, 2}, Brush{2e9, 1}})
            QVERIFY_THROWS_EXCEPTION(Error, StrokeRaster(size, brush));
        StrokeRaster raster(size, Brush{5, 1});
        QVERIFY_THROWS_EXCEPTION(Error, raster.add({std::nan(""), 0}));
        QVERIFY(raster.mask().empty());
    }

    void whatIsStoppedIsCancelled()
    {
        const Picture picture = stripes();
        QVERIFY_THROWS_EXCEPTION(Error, wandMask(picture, {3, 3}, 100, stopped()));
        QVERIFY_THROWS_EXCEPTION(Error,
                                 grabCutMask(picture, rectangleMask(picture.size, {20, 10, 20, 20}), 5, stopped()));
    }

    void aStrokeGrowsToTheWholeOne()
    {
        const Size size{200, 150};
        const std::vector<Point> line{{-30, 20}, {60, 70}, {60, 70}, {61.5, 71}, {220, 10}, {100, 400}};
        for (const Brush& brush : {Brush{9.5, 0}, Brush{30, 0.6}, Brush{0.7, 1}}) {
            StrokeRaster raster(size, brush);
            const PixelBox part{50, 40, 70, 60};
            StrokeRaster cut(size, part, brush);
            for (std::size_t i = 0; i < line.size(); ++i) {
                const Mask before = raster.mask();
                const PixelBox touched = raster.add(line[i]);
                cut.add(line[i]);
                const Mask whole = strokeMask(size, std::span(line).first(i + 1), brush);
                QCOMPARE(raster.mask(), whole);
                QCOMPARE(cut.mask(), sharedPart(whole, rectangleMask(size, {50, 40, 70, 60})));
                // Nothing has changed elsewhere.
                for (int y = 0; y < size.height; ++y)
                    for (int x = 0; x < size.width; ++x)
                        if (!touched.contains(x, y))
                            QCOMPARE(raster.at(x, y), before.at(x, y));
            }
        }
    }

    void viewsSampleAMask_data()
    {
        QTest::addColumn<double>("scale");
        QTest::addColumn<QPointF>("offset");
        QTest::newRow("enlarged") << 4.0 << QPointF(-700, -500);
        QTest::newRow("one to one") << 1.0 << QPointF(13, 7);
        QTest::newRow("half") << 0.5 << QPointF(0, 0);
        QTest::newRow("small") << 0.11 << QPointF(5.5, 3.25);
        QTest::newRow("tiny") << 0.004 << QPointF(40, 40);
    }

    void viewsSampleAMask()
    {
        QFETCH(const double, scale);
        QFETCH(const QPointF, offset);
        const Size size{500, 400};
        const Mask mask = ellipseMask(size, {103, 77, 271, 190});
        MaskPyramid pyramid(mask);
        const PictureTransform transform{scale, offset};
        const QRect visible(0, 0, 120, 90);
        const std::vector<std::uint8_t> values = pyramid.sampled(visible, transform);
        QCOMPARE(values.size(), std::size_t{120 * 90});
        for (int y = 0; y < 90; ++y)
            for (int x = 0; x < 120; ++x) {
                const int value = values[static_cast<std::size_t>(y) * 120 + static_cast<std::size_t>(x)];
                const auto isSelected = [&](double dx, double dy) {
                    const Point point = transform.toPicture(QPointF(x + dx, y + dy));
                    return mask.at(static_cast<int>(std::floor(point.x)), static_cast<int>(std::floor(point.y))) > 0;
                };
                // Wholly within or without, with a view pixel around: no doubt what is to be seen.
                const bool corners[] = {isSelected(-1, -1), isSelected(2, -1), isSelected(-1, 2), isSelected(2, 2)};
                if (scale >= 1)
                    QCOMPARE(value > 0, isSelected(0.5, 0.5));
                else if (scale >= 0.1 && std::ranges::all_of(corners, [](bool in) { return in; }))
                    QCOMPARE(value, 255);
            }
        const auto seen = std::ranges::count_if(values, [](auto value) { return value >= 128; });
        if (scale == 0.11)
            QVERIFY(std::abs(seen - static_cast<long>(0.11 * 0.11 * M_PI / 4 * 271 * 190)) < 30);
    }

    void emptyMasksAndViewsAreSampled()
    {
        QVERIFY(MaskPyramid(Mask({50, 50})).sampled(QRect(), {}).empty());
        const auto values = MaskPyramid(Mask({50, 50})).sampled(QRect(0, 0, 10, 10), {});
        QVERIFY(std::ranges::all_of(values, [](auto value) { return value == 0; }));
        QVERIFY(MaskPyramid().sampled(QRect(0, 0, 2, 2), {}).size() == 4);
    }

    void optionsStayInRange()
    {
        ToolBox tools;
        tools.setOptions({-5, 7, 1e9, true});
        QCOMPARE(tools.options(), (ToolOptions{1, 1, 100, true}));
        tools.setOptions({1e9, -1, -1, false});
        QCOMPARE(tools.options(), (ToolOptions{ToolOptions::largestBrush, 0, 0, false}));
    }

    void theBarShowsWhatTheToolHas_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QStringList>("fields");
        const auto row = [](const char* name, ToolKind kind, const QStringList& fields) {
            QTest::newRow(name) << static_cast<int>(kind) << fields;
        };
        row("point", ToolKind::Point, {});
        row("lasso", ToolKind::Lasso, {});
        row("brush", ToolKind::Brush, {"Size", "Hardness"});
        row("eraser", ToolKind::Eraser, {"Size", "Hardness"});
        row("wand", ToolKind::Wand, {"Tolerance"});
    }

    void theBarShowsWhatTheToolHas()
    {
        QFETCH(const int, kind);
        QFETCH(const QStringList, fields);
        ToolBox tools;
        ToolOptionsBar bar(tools);
        bar.show();
        tools.choose(static_cast<ToolKind>(kind));
        QStringList shown;
        for (auto* box : bar.findChildren<QDoubleSpinBox*>())
            if (box->isVisible()) {
                shown << box->accessibleName();
                box->setValue(60);
            }
        QCOMPARE(shown, fields);
        const ToolOptions plain;
        QCOMPARE(tools.options().size, fields.contains("Size") ? 60 : plain.size);
        QCOMPARE(tools.options().tolerance, fields.contains("Tolerance") ? 60 : plain.tolerance);
    }

    void everyToolHasItsKeyAndIcon()
    {
        ToolBox tools;
        QSet<QKeySequence> keys;
        for (const QAction* action : tools.actions()) {
            QVERIFY(!action->shortcut().isEmpty());
            QVERIFY2(!keys.contains(action->shortcut()), qPrintable(action->text()));
            keys << action->shortcut();
            QVERIFY(!action->toolTip().isEmpty());
        }
        QCOMPARE(keys.size(), tools.actions().size());
    }
};

QTEST_MAIN(TestTools)
#include "test_tools.moc"

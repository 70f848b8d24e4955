// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "tests/figures/synthetic_explanation.h"
#include "ui/figures/figure_writer.h"
#include "ui/figures/paper_strip.h"

using namespace ocellus;

namespace {

/// Share of the image's pixels that a test of their colour accepts.
template <typename Accept>
double share(const QImage& image, Accept accept)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += accept(image.pixelColor(x, y)) ? 1 : 0;
    return static_cast<double>(count) / (image.width() * image.height());
}

} // namespace

class TestPaperStrip : public QObject {
    Q_OBJECT

private slots:
    void uniformMapIsNoDivisionByZero()
    {
        test::Synthetic wanted;
        wanted.rows = 1;
        wanted.columns = 1;
        const QImage image = renderFigure(figureOf(test::syntheticExplanation(wanted), FigureStyle::Paper), 72);
        // OpenCV's jet begins with dark blue; half of it lies over every tile but the plain picture.
        const auto bluish = [](const QColor& c) { return c.blue() > c.red() + 30 && c.blue() > c.green() + 30; };
        QVERIFY(share(image, bluish) > 0.2);
    }

    void jetStretchedToEachMap()
    {
        test::Synthetic wanted;
        wanted.heads = 5;
        const QImage image = renderFigure(figureOf(test::syntheticExplanation(wanted), FigureStyle::Paper), 72);
        const auto reddish = [](const QColor& c) { return c.red() > c.blue() + 60 && c.red() > c.green() + 30; };
        // Every head reaches the end of the scale, the flattest one too.
        const int tile = image.width() / 6;
        for (int head = 1; head <= 5; ++head)
            QVERIFY(share(image.copy(head * tile, 0, tile, image.height()), reddish) > 0.001);
        QCOMPARE(share(image.copy(0, image.height() / 3, tile / 2, image.height() / 3), reddish), 0.0);
    }

    void oneRowForAnyNumberOfHeads()
    {
        test::Synthetic few, many;
        few.heads = 6;
        many.heads = 16;
        const QSizeF small = paperStripSize(test::syntheticExplanation(few));
        const QSizeF large = paperStripSize(test::syntheticExplanation(many));
        QCOMPARE(small.height(), large.height());
        QVERIFY(large.width() > 2 * small.width());
    }
};

QTEST_MAIN(TestPaperStrip)
#include "test_paper_strip.moc"

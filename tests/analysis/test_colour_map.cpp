// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include <QtTest>

#include "core/analysis/colour_map.h"
#include "core/base/error.h"
#include "core/edit/colour_space.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

OkLab perceived(std::size_t level)
{
    return okLab(colours(ColourMap::Diverging)[level]);
}

double distance(const OkLab& a, const OkLab& b)
{
    return std::hypot(a.lightness - b.lightness, a.a - b.a, a.b - b.b);
}

} // namespace

/// The colours of differences: equal steps to either side of a grey that is nobody's.
class TestColourMap : public QObject {
    Q_OBJECT

private slots:
    void nobodyChoosesTheDivergingMap()
    {
        QCOMPARE(toString(ColourMap::Diverging), std::string_view("diverging"));
        QString message;
        const auto error = errorOf([] { colourMapFromString("diverging"); }, &message);
        QVERIFY(error == ErrorCode::BadArgument);
        QVERIFY(message.contains("viridis"));
    }

    void divergesFromGrey()
    {
        for (const std::size_t middle : {127u, 128u}) {
            const OkLab grey = perceived(middle);
            QVERIFY(std::hypot(grey.a, grey.b) < 0.005);
            QVERIFY(grey.lightness > 0.94);
        }
        const Rgb& low = colours(ColourMap::Diverging).front();
        const Rgb& high = colours(ColourMap::Diverging).back();
        QVERIFY(low.blue > low.red + 80);
        QVERIFY(high.red > high.blue + 80);
    }

    void equalDifferencesAreEqualSteps()
    {
        // Eight levels a step, so that rounding to 8 bits stays small beside it.
        constexpr std::size_t step = 8;
        double least = 1, most = 0;
        for (const std::size_t side : {std::size_t{0}, std::size_t{128}})
            for (std::size_t level = side; level + step < side + 128; level += step) {
                const double length = distance(perceived(level), perceived(level + step));
                least = std::min(least, length);
                most = std::max(most, length);
            }
        QVERIFY2(most / least < 1.12, qPrintable(QString::number(most / least)));
    }

    void sidesAreAsLightAsEachOther()
    {
        for (std::size_t level = 0; level < 128; ++level)
            QVERIFY(std::abs(perceived(level).lightness - perceived(255 - level).lightness) < 0.006);
    }
};

QTEST_APPLESS_MAIN(TestColourMap)
#include "test_colour_map.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>

#include "core/edit/apply.h"

using namespace ocellus;

namespace {

Picture plain(Size extent, const Rgb& colour)
{
    Picture picture{extent, std::vector<std::uint8_t>(wholeBox(extent).area() * 3)};
    for (std::size_t i = 0; i < picture.rgb.size(); i += 3) {
        picture.rgb[i] = colour.red;
        picture.rgb[i + 1] = colour.green;
        picture.rgb[i + 2] = colour.blue;
    }
    return picture;
}

Rgb at(const Picture& picture, int x, int y)
{
    const std::size_t i = wholeBox(picture.size).indexOf(x, y) * 3;
    return {picture.rgb[i], picture.rgb[i + 1], picture.rgb[i + 2]};
}

Picture done(const Picture& picture, const Mask& mask, const Operation& operation)
{
    return applyEdits(picture, {{"", mask, operation, true}});
}

} // namespace

class TestRecolouring : public QObject {
    Q_OBJECT

private slots:
    void colourSpacesAgreeWithPublishedNumbers()
    {
        // Red in OKLab as Ottosson's reference code gives it, in CIELAB as B. Lindbloom's calculator does.
        const OkLab ok = okLab({255, 0, 0});
        QVERIFY(std::abs(ok.lightness - 0.62796) < 1e-4);
        QVERIFY(std::abs(ok.a - 0.22486) < 1e-4 && std::abs(ok.b - 0.12585) < 1e-4);
        const CieLab lab = cieLab({255, 0, 0});
        QVERIFY(std::abs(lab.lightness - 53.2408) < 1e-3);
        QVERIFY(std::abs(lab.a - 80.0925) < 2e-2 && std::abs(lab.b - 67.2032) < 2e-2);
        QVERIFY(std::abs(okLab({255, 255, 255}).lightness - 1) < 1e-6);
        QVERIFY(std::abs(colourDistance(cieLab({0, 0, 0}), cieLab({255, 255, 255})) - 100) < 0.05);
    }

    void okLabGivesEveryColourBack()
    {
        for (int red = 0; red < 256; red += 5)
            for (int green = 0; green < 256; green += 3)
                for (int blue = 0; blue < 256; blue += 5) {
                    const Rgb colour{static_cast<std::uint8_t>(red), static_cast<std::uint8_t>(green),
                                     static_cast<std::uint8_t>(blue)};
                    QVERIFY(rgbFrom(okLab(colour)) == colour);
                }
    }

    void recolourTurnsTheHueAndKeepsLightness()
    {
        const Rgb start{150, 110, 90};
        const OkLab before = okLab(start);
        const Picture turned = done(plain({1, 1}, start), Mask::whole({1, 1}), Recolour{90, 1, 0});
        const OkLab after = okLab(at(turned, 0, 0));
        QVERIFY(std::abs(after.lightness - before.lightness) < 0.004);
        QVERIFY(std::abs(after.a + before.b) < 0.004 && std::abs(after.b - before.a) < 0.004);
        // Blue does not turn yellow by being made as light as white: colour gives way, never lightness.
        const Rgb bright = rgbFrom({0.95, okLab({0, 0, 255}).a, okLab({0, 0, 255}).b});
        QVERIFY(std::abs(okLab(bright).lightness - 0.95) < 0.01);
        QVERIFY(bright.blue > bright.red);
        const Rgb pixel = at(done(plain({1, 1}, start), Mask::whole({1, 1}), Recolour{0, 0, 0}), 0, 0);
        QVERIFY(std::abs(pixel.red - pixel.green) <= 1 && std::abs(pixel.green - pixel.blue) <= 1);
    }

    void takenColourKeepsShading()
    {
        Picture ramp{{5, 1}, {}};
        for (const int value : {60, 70, 80, 90, 100})
            ramp.rgb.insert(ramp.rgb.end(), 3, static_cast<std::uint8_t>(value));
        const Rgb target{150, 90, 60};
        const Picture after = done(ramp, Mask::whole(ramp.size), TakeColour{target});
        double mean = 0;
        for (int x = 0; x < 5; ++x) {
            const OkLab was = okLab(at(ramp, x, 0)), is = okLab(at(after, x, 0));
            mean += is.lightness / 5;
            QVERIFY(std::abs(is.a - okLab(target).a) < 0.006 && std::abs(is.b - okLab(target).b) < 0.006);
            QVERIFY(std::abs((is.lightness - okLab(at(after, 0, 0)).lightness) -
                             (was.lightness - okLab(at(ramp, 0, 0)).lightness)) < 0.008);
        }
        QVERIFY(std::abs(mean - okLab(target).lightness) < 0.005);
    }
};

QTEST_APPLESS_MAIN(TestRecolouring)
#include "test_recolouring.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>
#include <limits>
#include <set>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/edit/apply.h"
#include "core/edit/mask_combining.h"
#include "core/edit/mask_shapes.h"
#include "core/edit/same_edits.h"

using namespace ocellus;

namespace {

constexpr Size size{40, 30};

/// Smooth colours with some noise: no two operations leave it alone by chance.
Picture photo()
{
    Picture picture{size, {}};
    RandomStream random(3);
    for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x)
            for (const int value : {40 + 4 * x, 200 - 5 * y, 90 + x + y})
                picture.rgb.push_back(static_cast<std::uint8_t>(value + random.below(16)));
    return picture;
}

Picture plain(Size extent, const Rgb& colour)
{
    Picture picture{extent, {}};
    for (std::size_t i = 0; i < wholeBox(extent).area(); ++i)
        picture.rgb.insert(picture.rgb.end(), {colour.red, colour.green, colour.blue});
    return picture;
}

Rgb at(const Picture& picture, int x, int y)
{
    const std::size_t i = wholeBox(picture.size).indexOf(x, y) * 3;
    return {picture.rgb[i], picture.rgb[i + 1], picture.rgb[i + 2]};
}

Mask disc()
{
    return ellipseMask(size, {10, 8, 14, 12});
}

Picture done(const Picture& picture, const Mask& mask, const Operation& operation)
{
    return applyEdits(picture, {{"", mask, operation, true}});
}

const std::vector<std::pair<const char*, Operation>>& localOperations()
{
    static const std::vector<std::pair<const char*, Operation>> all{
        {"telea", Inpaint{Inpaint::Method::Telea, 4}},
        {"navier-stokes", Inpaint{Inpaint::Method::NavierStokes, 4}},
        {"texture fill", TextureFill{5, 7}},
        {"recolour", Recolour{120, 1.2, 0.05}},
        {"take colour", TakeColour{{220, 30, 40}}},
        {"blur", Blur{3}},
        {"noise", Noise{40, 9}},
        {"mean of mask", MeanFill{MeanFill::Of::Mask}},
        {"mean of picture", MeanFill{MeanFill::Of::Picture}},
        {"copy", CopyPatch{10, 5, false, nullptr}},
        {"copy, Poisson", CopyPatch{10, 5, true, nullptr}},
        {"copy from another", CopyPatch{2, 3, true, std::make_shared<Picture>(plain({60, 60}, {9, 200, 90}))}},
        {"flip left right", Flip{Flip::Axis::LeftRight}},
        {"flip top bottom", Flip{Flip::Axis::TopBottom}},
        {"brightness", Brightness{0.2}},
        {"contrast", Contrast{1.5}},
    };
    return all;
}

} // namespace

Q_DECLARE_METATYPE(ocellus::Operation)
Q_DECLARE_METATYPE(ocellus::Mask)

class TestOperations : public QObject {
    Q_OBJECT

private slots:
    void refusesWhatCannotBeDone_data()
    {
        QTest::addColumn<Mask>("mask");
        QTest::addColumn<Operation>("operation");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const Mask& mask, const Operation& operation,
                            ErrorCode code = ErrorCode::BadArgument) {
            QTest::newRow(name) << mask << operation << static_cast<int>(code);
        };
        const double nan = std::numeric_limits<double>::quiet_NaN();
        row("mask of another size", Mask::whole({30, 40}), Blur{2}, ErrorCode::Mismatch);
        row("empty mask of another size", Mask({30, 40}), Brightness{}, ErrorCode::Mismatch);
        row("no mask", {}, Blur{2});
        row("crop by a mask", disc(), Crop{{0, 0, 5, 5}});
        row("rotation of a mask", Mask(size), Rotate{90});
        row("crop beyond", {}, Crop{{30, 0, 11, 5}});
        row("crop at the end of numbers", {}, Crop{{1'000'000'000, 0, 1'000'000'000, 5}});
        row("crop to nothing", {}, Crop{{0, 0, 0, 5}});
        row("crop from before", {}, Crop{{-1, 0, 5, 5}});
        row("rotation by no number", {}, Rotate{nan});
        row("inpainting without radius", disc(), Inpaint{Inpaint::Method::Telea, 0});
        row("inpainting everything", Mask::whole(size), Inpaint{});
        row("filling everything", Mask::whole(size), TextureFill{});
        row("even patch", disc(), TextureFill{6, 1});
        row("huge patch", disc(), TextureFill{23, 1});
        row("hue of no number", disc(), Recolour{nan, 1, 0});
        row("negative chroma", disc(), Recolour{0, -1, 0});
        row("endless blur", disc(), Blur{1e9});
        row("negative noise", disc(), Noise{-1, 1});
        row("patch from beyond", disc(), CopyPatch{30, 0, false, nullptr});
        row("patch from far beyond", disc(), CopyPatch{std::numeric_limits<int>::max(), 0, false, nullptr});
        row("patch of a picture without pixels", disc(), CopyPatch{0, 0, false, std::make_shared<Picture>()});
        row("patch of too few pixels", disc(),
            CopyPatch{0, 0, false, std::make_shared<Picture>(Picture{size, {1, 2, 3}})});
        row("blinding", {}, Brightness{2});
        row("contrast of no number", {}, Contrast{nan});
    }

    void refusesWhatCannotBeDone()
    {
        QFETCH(const Mask, mask);
        QFETCH(const Operation, operation);
        QFETCH(const int, code);
        try {
            applyEdits(photo(), {{"my edit", mask, operation, true}});
            QFAIL("accepted");
        } catch (const Error& error) {
            QCOMPARE(static_cast<int>(error.code()), code);
            QVERIFY(error.subject().find("my edit") != std::string::npos);
        }
        QCOMPARE(applyEdits(photo(), {{"my edit", mask, operation, false}}).rgb, photo().rgb);
        try {
            requireApplicable({"my edit", mask, operation, true}, size);
            QVERIFY(QByteArray(QTest::currentDataTag()).endsWith("everything")); // only pixels tell
        } catch (const Error& error) {
            QCOMPARE(static_cast<int>(error.code()), code);
        }
    }

    void refusesAPictureWithoutPixels()
    {
        QVERIFY_EXCEPTION_THROWN(applyEdits({}, {}), Error);
        QVERIFY_EXCEPTION_THROWN(applyEdits({{2, 2}, {1}}, {}), Error);
    }

    void stopsWhenAsked()
    {
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(applyEdits(photo(), {{"", disc(), Blur{2}, true}}, Progress(stop.get_token())), Error);
    }

    void everyOperationKeepsToItsMask_data()
    {
        QTest::addColumn<Operation>("operation");
        for (const auto& [name, operation] : localOperations())
            QTest::newRow(name) << operation;
    }

    void everyOperationKeepsToItsMask()
    {
        QFETCH(const Operation, operation);
        const Picture before = photo();
        const Mask soft = feathered(disc(), 1);
        for (const Mask& mask :
             {disc(), soft, rectangleMask(size, {12, 9, 1, 1}), rectangleMask(size, {9, 8, 21, 17})}) {
            const Picture after = done(before, mask, operation);
            QCOMPARE(after.size, before.size);
            QVERIFY(after.rgb != before.rgb || mask.box().area() == 1);
            for (int y = 0; y < size.height; ++y)
                for (int x = 0; x < size.width; ++x)
                    if (mask.at(x, y) == 0)
                        QCOMPARE(at(after, x, y), at(before, x, y));
            QCOMPARE(done(before, mask, operation).rgb, after.rgb);
        }
        QCOMPARE(done(before, Mask(size), operation).rgb, before.rgb);
    }

    void everyOperationWorksInEveryCorner_data() { everyOperationKeepsToItsMask_data(); }

    void everyOperationWorksInEveryCorner()
    {
        QFETCH(const Operation, operation);
        for (const Box& box : {Box{0, 0, 3, 3}, Box{37, 0, 3, 3}, Box{0, 27, 3, 3}, Box{37, 27, 3, 3}}) {
            Operation here = operation;
            if (auto* copy = std::get_if<CopyPatch>(&here))
                here = CopyPatch{box.left > 0 ? -9 : 9, box.top > 0 ? -9 : 9, copy->poisson, nullptr};
            const Mask mask = rectangleMask(size, box);
            const Picture after = done(photo(), mask, here);
            const int inner = box.left > 0 ? 36 : 3;
            QCOMPARE(at(after, inner, 15), at(photo(), inner, 15));
        }
    }

    void halfSelectedIsHalfChanged()
    {
        const Picture grey = plain({2, 1}, {100, 100, 100});
        const Mask half({2, 1}, {0, 0, 2, 1}, {128, 255});
        const Picture after = done(grey, half, Brightness{0.2}); // +51
        QCOMPARE(at(after, 0, 0), (Rgb{126, 126, 126}));         // 100 + 51 * 128 / 255 = 125.6
        QCOMPARE(at(after, 1, 0), (Rgb{151, 151, 151}));
    }

    void neutralParametersChangeNothing_data()
    {
        QTest::addColumn<Operation>("operation");
        QTest::newRow("recolour") << Operation(Recolour{});
        QTest::newRow("blur") << Operation(Blur{0});
        QTest::newRow("noise") << Operation(Noise{0, 4});
        QTest::newRow("copy in place") << Operation(CopyPatch{});
        QTest::newRow("brightness") << Operation(Brightness{});
        QTest::newRow("contrast") << Operation(Contrast{});
    }

    void neutralParametersChangeNothing()
    {
        QFETCH(const Operation, operation);
        QCOMPARE(done(photo(), Mask::whole(size), operation).rgb, photo().rgb);
    }

    void removalsContinueAPlainSurrounding_data()
    {
        QTest::addColumn<Operation>("operation");
        QTest::newRow("telea") << Operation(Inpaint{});
        QTest::newRow("navier-stokes") << Operation(Inpaint{Inpaint::Method::NavierStokes, 3});
        QTest::newRow("texture") << Operation(TextureFill{});
    }

    void removalsContinueAPlainSurrounding()
    {
        QFETCH(const Operation, operation);
        const Picture clean = plain(size, {180, 120, 60});
        const Picture spotted = done(clean, disc(), TakeColour{{255, 0, 0}});
        const Picture after = done(spotted, disc(), operation);
        for (std::size_t i = 0; i < clean.rgb.size(); ++i)
            QVERIFY2(std::abs(after.rgb[i] - clean.rgb[i]) <= 5, // OpenCV's Telea rounds at every step

                     qPrintable(QString("byte %1: %2").arg(i).arg(after.rgb[i])));
    }

    void textureIsContinued()
    {
        // Stripes of three pixels: a smooth filling would be grey.
        Picture stripes{size, {}};
        for (int y = 0; y < size.height; ++y)
            for (int x = 0; x < size.width; ++x)
                stripes.rgb.insert(stripes.rgb.end(), 3, x / 3 % 2 ? 220 : 40);
        const Mask mask = rectangleMask(size, {14, 10, 9, 9});
        const Picture after = done(stripes, mask, TextureFill{7, 5});
        int wrong = 0;
        for (std::size_t i = 0; i < stripes.rgb.size(); i += 3) {
            QVERIFY(after.rgb[i] == 220 || after.rgb[i] == 40);
            wrong += after.rgb[i] != stripes.rgb[i];
        }
        QVERIFY2(wrong <= 4, qPrintable(QString::number(wrong)));
        const Picture first = done(photo(), disc(), TextureFill{7, 1});
        QVERIFY(done(photo(), disc(), TextureFill{7, 2}).rgb != first.rgb);
    }

    void meansAreMeans()
    {
        Picture two{{4, 1}, {10, 20, 30, 20, 40, 60, 90, 90, 90, 0, 0, 0}};
        const Mask first = rectangleMask(two.size, {0, 0, 2, 1});
        QCOMPARE(at(done(two, first, MeanFill{MeanFill::Of::Mask}), 1, 0), (Rgb{15, 30, 45}));
        QCOMPARE(at(done(two, first, MeanFill{MeanFill::Of::Picture}), 1, 0), (Rgb{30, 38, 45}));
    }

    void noiseDependsOnSeedAndPlaceOnly()
    {
        const Picture grey = plain(size, {128, 128, 128});
        const Picture all = done(grey, Mask::whole(size), Noise{20, 5});
        const Picture part = done(grey, disc(), Noise{20, 5});
        QCOMPARE(at(part, 17, 14), at(all, 17, 14));
        QVERIFY(at(done(grey, disc(), Noise{20, 6}), 17, 14) != at(all, 17, 14));
        double sum = 0, squares = 0;
        for (const std::uint8_t value : all.rgb) {
            sum += value - 128;
            squares += (value - 128) * (value - 128);
        }
        const double count = static_cast<double>(all.rgb.size());
        QVERIFY(std::abs(sum / count) < 2 && std::abs(std::sqrt(squares / count) - 20) < 1);
    }

    void patchesComeFromWhereTheyShould()
    {
        const Picture before = photo();
        const Mask mask = rectangleMask(size, {10, 10, 4, 4});
        QCOMPARE(at(done(before, mask, CopyPatch{7, -3, false, nullptr}), 11, 12), at(before, 18, 9));
        const Picture other = plain({100, 100}, {1, 2, 3});
        const CopyPatch patch = patchFrom(other, mask.box(), 80, 80);
        QCOMPARE(patch.source->size, (Size{4, 4}));
        QCOMPARE(at(done(before, mask, patch), 13, 13), (Rgb{1, 2, 3}));
        QVERIFY_EXCEPTION_THROWN(patchFrom(other, mask.box(), 90, 0), Error);
    }

    void poissonTakesTheSurroundingsColour()
    {
        const Picture grey = plain(size, {120, 130, 140});
        const auto red = std::make_shared<Picture>(plain(size, {250, 10, 10}));
        const Picture after = done(grey, disc(), CopyPatch{0, 0, true, red});
        for (std::size_t i = 0; i < grey.rgb.size(); ++i)
            QVERIFY(std::abs(after.rgb[i] - grey.rgb[i]) <= 3);
    }

    void flipMirrorsTheBox()
    {
        const Picture before = photo();
        const Mask mask = rectangleMask(size, {10, 8, 6, 5});
        QCOMPARE(at(done(before, mask, Flip{Flip::Axis::LeftRight}), 10, 9), at(before, 15, 9));
        QCOMPARE(at(done(before, mask, Flip{Flip::Axis::TopBottom}), 10, 8), at(before, 10, 12));
        const Edit flip{"", mask, Flip{}, true};
        QCOMPARE(applyEdits(before, {flip, flip}).rgb, before.rgb);
    }

    void geometryIsExact()
    {
        const Picture before = photo();
        const Picture part = done(before, {}, Crop{{3, 4, 10, 6}});
        QCOMPARE(part.size, (Size{10, 6}));
        QCOMPARE(at(part, 0, 5), at(before, 3, 9));
        const Picture turned = done(before, {}, Rotate{90});
        QCOMPARE(turned.size, (Size{30, 40}));
        QCOMPARE(at(turned, 29, 0), at(before, 0, 0));
        const Edit quarter{"", {}, Rotate{-90}, true};
        QCOMPARE(applyEdits(before, {quarter, quarter, quarter, quarter}).rgb, before.rgb);
        QCOMPARE(done(before, {}, Rotate{-270}).rgb, turned.rgb);
        QCOMPARE(done(before, {}, Rotate{360}).rgb, before.rgb);
        const Picture tilted = done(before, {}, Rotate{10});
        QCOMPARE(tilted.size, size);
        // Clockwise: what was above the centre comes from the left.
        Picture mark = plain({41, 41}, {0, 0, 0});
        mark.rgb[wholeBox(mark.size).indexOf(20, 5) * 3] = 255;
        const Picture moved = done(mark, {}, Rotate{45});
        QVERIFY(at(moved, 31, 9).red > 50 || at(moved, 30, 9).red > 50 || at(moved, 31, 10).red > 50);
    }

    void affectedBoxHoldsEveryChange()
    {
        const Picture before = photo();
        EditList edits{{"a", disc(), Noise{50, 1}, true},
                       {"b", rectangleMask(size, {20, 3, 4, 9}), Flip{}, true},
                       {"c", Mask::whole(size), Blur{4}, false}};
        QCOMPARE(affectedBox(edits, size), (PixelBox{10, 3, 14, 17}));
        const PixelBox box = affectedBox(edits, size);
        const Picture after = applyEdits(before, edits);
        for (int y = 0; y < size.height; ++y)
            for (int x = 0; x < size.width; ++x)
                QVERIFY(box.contains(x, y) || at(after, x, y) == at(before, x, y));
        QCOMPARE(affectedBox({}, size), PixelBox());
        edits.push_back({"d", {}, Contrast{2}, true});
        QCOMPARE(affectedBox(edits, size), wholeBox(size));
        QCOMPARE(affectedBox({{"", {}, Crop{{1, 1, 5, 6}}, true}, {"", {}, Rotate{90}, true}}, size),
                 (PixelBox{0, 0, 6, 5}));
    }

    void keysTellWhatMatters()
    {
        std::set<ContentKey> keys;
        for (const auto& [name, operation] : localOperations())
            keys.insert(contentKey(Edit{name, disc(), operation, true}));
        QCOMPARE(keys.size(), localOperations().size());
        const Edit one{"one", disc(), Blur{1}, true}, two{"two", disc(), Blur{2}, true};
        Edit renamed = one, disabled = two;
        renamed.name = "other";
        disabled.enabled = false;
        QCOMPARE(contentKey(renamed), contentKey(one));
        QVERIFY(contentKey(EditList{one, two}) != contentKey(EditList{two, one}));
        QCOMPARE(contentKey(EditList{one, disabled}), contentKey(EditList{one}));
        QVERIFY(!(renamed == one));
    }

    void whatIsSharedIsComparedLikeKeys()
    {
        std::vector<EditList> lists{{}};
        for (const auto& [name, operation] : localOperations()) {
            const Edit edit{name, disc(), operation, true};
            Edit off = edit, renamed = edit, elsewhere = edit;
            off.enabled = false;
            renamed.name = "other";
            elsewhere.mask = Mask::whole(disc().pictureSize());
            lists.insert(lists.end(), {{edit}, {off}, {off, edit}, {renamed}, {elsewhere}, {edit, elsewhere}});
        }
        for (const EditList& one : lists)
            for (const EditList& other : lists)
                QCOMPARE(doTheSame(one, other), contentKey(one) == contentKey(other));
    }
};

QTEST_APPLESS_MAIN(TestOperations)
#include "test_operations.moc"

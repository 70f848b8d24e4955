// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLocale>
#include <QtTest>

#include "core/base/error.h"
#include "core/engine/stored_maps.h"
#include "tests/figures/synthetic_explanation.h"
#include "ui/figures/edit_comparison.h"
#include "ui/figures/map_painter.h"
#include "ui/figures/picture_difference.h"

using namespace ocellus;

namespace {

const QStringList names{"A", "B", "%1", "D", "E"};

/// The same explanation with one class's logit changed.
Explanation changed(Explanation explanation, std::vector<float> logits)
{
    const Decoding& from = *explanation.decoding;
    Decoding::Arrays arrays;
    arrays.logits = std::move(logits);
    arrays.outputs.resize(20);
    const std::size_t values = 2U * 8U * 5U * from.extent().cells();
    const std::vector<float> maps(values, 1.0F / static_cast<float>(from.extent().cells()));
    arrays.maps = std::make_shared<StoredMaps>(8, 5, from.extent().cells(), maps, maps);
    explanation.decoding = std::make_shared<const Decoding>(ContentKey{3, 4}, QuerySet{}, from.extent(),
                                                            std::vector{0, 1, 2, 3, 4}, arrays);
    return explanation;
}

} // namespace

/// What an edit changed, as words and pictures.
class TestEditComparison : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void nothingToCompare();
    void refusesOtherClasses();
    void flipInWords();
    void effectsAreThoseOfTheShownClass();
    void regionOfAllEdits();
    void changes_data();
    void changes();
    void ranks();
    void picturesOfTwoSizesHaveNoDifference();
    void differenceIsGreyWhereNothingChanged();
    void differenceLiesUnderMaps();
};

void TestEditComparison::nothingToCompare()
{
    const EditComparison none = editComparison({}, test::syntheticExplanation(), {}, {}, names);
    QVERIFY(none.isEmpty());
    QCOMPARE(verdict(none), QString());
}

void TestEditComparison::refusesOtherClasses()
{
    test::Synthetic dropped;
    dropped.set = {LimitMode::Drop, {1, 3}};
    QVERIFY_EXCEPTION_THROWN(
        editComparison(test::syntheticExplanation(), test::syntheticExplanation(dropped), {}, {}, names), Error);
}

void TestEditComparison::flipInWords()
{
    const Explanation before = test::syntheticExplanation();
    const EditComparison stays = editComparison(before, changed(before, {0, 1, 2, 3, 4}), {}, {}, names);
    QCOMPARE(verdict(stays), QString("The prediction stays E."));
    const EditComparison flips = editComparison(before, changed(before, {0, 1, 9, 3, 4}), {}, {}, names);
    QCOMPARE(verdict(flips), QString("The prediction changes from E to %1."));
}

void TestEditComparison::effectsAreThoseOfTheShownClass()
{
    const Explanation before = test::syntheticExplanation();
    const EditComparison without = editComparison(before, changed(before, {0, 1, 2, 3, 4}), {}, {}, names);
    QCOMPARE(without.maps.size(), std::size_t{9});
    QVERIFY(!without.maps[0].inMaskBefore);
    QVERIFY(*without.maps[0].distance > 0);
    const EditComparison whole =
        editComparison(before, changed(before, {0, 1, 2, 3, 4}), {}, Mask::whole({500, 375}), names);
    QVERIFY(std::abs(*whole.maps[8].inMaskBefore - 1) < 1e-5);
    const EditComparison elsewhere = editComparison(before, before, {}, Mask::whole({50, 37}), names);
    QVERIFY(!elsewhere.maps[0].inMaskAfter);
    QCOMPARE(*elsewhere.maps[0].distance, 0.0);
}

void TestEditComparison::regionOfAllEdits()
{
    const auto rectangle = [](Size picture, const PixelBox& box) {
        return Mask(picture, box, std::vector<std::uint8_t>(box.area(), 255));
    };
    QVERIFY(editedRegion({}).isNone());
    QVERIFY(editedRegion({{"", Mask(), Contrast{2}}}).isNone());
    const EditList edits{{"of another size", rectangle({20, 20}, {0, 0, 9, 9}), Blur{1}},
                         {"", rectangle({10, 10}, {0, 0, 2, 2}), Blur{1}},
                         {"off", rectangle({10, 10}, {8, 8, 2, 2}), Blur{1}, false},
                         {"", rectangle({10, 10}, {4, 4, 2, 2}), Blur{1}}};
    const Mask region = editedRegion(edits);
    QVERIFY(region.pictureSize() == (Size{10, 10}));
    QVERIFY(region.box() == (PixelBox{0, 0, 6, 6}));
}

void TestEditComparison::changes_data()
{
    QTest::addColumn<double>("change");
    QTest::addColumn<QString>("text");
    QTest::newRow("not a number") << std::nan("") << QString("nan");
    QTest::newRow("rounds to nothing") << -0.004 << QString("0.00");
    QTest::newRow("up") << 1.318 << QString("+1.32");
    QTest::newRow("down") << -2.0 << QString::fromUtf8("−2.00");
}

void TestEditComparison::changes()
{
    QFETCH(double, change);
    QTEST(changeText(change), "text");
}

void TestEditComparison::ranks()
{
    ClassEffect effect;
    effect.rankBefore = 3;
    effect.rankAfter = 3;
    QCOMPARE(rankText(effect), QString("rank 3"));
    effect.rankAfter = 1;
    QCOMPARE(rankText(effect), QString::fromUtf8("rank 3 → 1"));
}

void TestEditComparison::picturesOfTwoSizesHaveNoDifference()
{
    PictureDifference difference;
    QVERIFY(difference.isEmpty());
    difference.setPictures(QImage(4, 4, QImage::Format_RGB32), QImage(4, 3, QImage::Format_RGB32));
    QVERIFY(difference.isEmpty());
}

void TestEditComparison::differenceIsGreyWhereNothingChanged()
{
    QImage before(2, 1, QImage::Format_RGB32);
    before.fill(QColor(10, 200, 255));
    QImage after = before;
    after.setPixelColor(1, 0, QColor(110, 0, 255));
    const QImage difference = differenceImage(before, after);
    QCOMPARE(difference.pixelColor(0, 0), QColor(128, 128, 128));
    QCOMPARE(difference.pixelColor(1, 0), QColor(178, 28, 128));
}

void TestEditComparison::differenceLiesUnderMaps()
{
    QImage before(40, 40, QImage::Format_RGB32);
    before.fill(Qt::white);
    PictureDifference difference;
    difference.setPictures(before, before);
    QImage canvas(40, 40, QImage::Format_RGB32);
    canvas.fill(Qt::red);
    QPainter painter(&canvas);
    MapPainter().paint(
        painter, QRectF(0, 0, 40, 40),
        PictureTransform{}, [&difference](const QRect& area, const PictureTransform& transform) -> const auto& {
            return difference.part(area, transform);
        });
    QCOMPARE(canvas.pixelColor(20, 20), QColor(128, 128, 128));
}

QTEST_MAIN(TestEditComparison)
#include "test_edit_comparison.moc"

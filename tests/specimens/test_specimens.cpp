// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <limits>
#include <set>

#include <QtTest>

#include "tests/support/error_of.h"
#include "tools/specimens/ring_design.h"
#include "tools/specimens/specimen.h"

using namespace ocellus;

namespace {

constexpr int allSpecies = 18;
constexpr int smallSide = 192;

const Species& speciesAt(int index)
{
    static const std::vector<Species> all = speciesList(allSpecies);
    return all.at(static_cast<std::size_t>(index));
}

Individual individualOf(int species, int index = 0)
{
    return makeIndividual({7, Split::Val, species, index});
}

/// Whether the pixel's centre lies in the box of any of the marks, a pixel's width around them included.
bool liesInBox(const std::vector<DrawnMark>& marks, int row, int column)
{
    return std::any_of(marks.begin(), marks.end(), [&](const DrawnMark& mark) {
        const double x = column + 0.5 - mark.left;
        const double y = row + 0.5 - mark.top;
        return x >= -1 && y >= -1 && x <= mark.width + 1 && y <= mark.height + 1;
    });
}

/// How many pixels of the mask are set, or -1 where one lies outside the boxes.
int pixelsWithin(const std::vector<std::uint8_t>& mask, int side, const std::vector<DrawnMark>& boxes)
{
    int count = 0;
    for (int row = 0; row < side; ++row)
        for (int column = 0; column < side; ++column) {
            if (mask[static_cast<std::size_t>(row * side + column)] == 0)
                continue;
            if (!liesInBox(boxes, row, column))
                return -1;
            ++count;
        }
    return count;
}

} // namespace

/// The rings, the individuals, and what is drawn of them.
class TestSpecimens : public QObject {
    Q_OBJECT

private slots:
    void refusesCounts_data();
    void refusesCounts();
    void refusesSides_data();
    void refusesSides();
    void refusesMarksThatTheRingLacks_data();
    void refusesMarksThatTheRingLacks();
    void refusesToComparePicturesOfTwoSizes();
    void ringsDifferByMarksOfTheirOwn_data();
    void ringsDifferByMarksOfTheirOwn();
    void partnersGoRoundTheRing();
    void takingTheMarkOffMakesThePlainSpecies();
    void whatIsWipedTellsNothingOfTheSpecies();
    void aWipedMarkIsGone();
    void smudgesLieUnderTheMarks();
    void sameOriginGivesSamePixels();
    void otherOriginsGiveOtherPixels_data();
    void otherOriginsGiveOtherPixels();
    void wingsLieInThePicture();
    void masksShowTheMarks_data();
    void masksShowTheMarks();
    void partnersMarksChangeNothingElse_data();
    void partnersMarksChangeNothingElse();
};

void TestSpecimens::refusesCounts_data()
{
    QTest::addColumn<int>("count");
    for (const int count : {-3, 0, 1, 2, 3, 5, 7, 21, std::numeric_limits<int>::max()})
        QTest::addRow("%d", count) << count;
}

void TestSpecimens::refusesCounts()
{
    QFETCH(int, count);
    QString message;
    QCOMPARE(errorOf([&] { speciesList(count); }, &message), ErrorCode::BadArgument);
    QVERIFY2(message.contains("multiple of 3 from 6 to 18, got " + QString::number(count)), qPrintable(message));
}

void TestSpecimens::refusesSides_data()
{
    QTest::addColumn<int>("side");
    for (const int side : {std::numeric_limits<int>::min(), -1, 0, smallestSpecimenSide - 1, largestSpecimenSide + 1,
                           std::numeric_limits<int>::max()})
        QTest::addRow("%d", side) << side;
}

void TestSpecimens::refusesSides()
{
    QFETCH(int, side);
    QCOMPARE(errorOf([&] { drawSpecimen(individualOf(0), {}, side); }), ErrorCode::BadArgument);
}

void TestSpecimens::refusesMarksThatTheRingLacks_data()
{
    QTest::addColumn<int>("ring");
    QTest::addColumn<int>("mark");
    QTest::newRow("negative mark") << 0 << -1;
    QTest::newRow("third mark of two") << 0 << 2;
    QTest::newRow("negative ring") << -1 << 0;
    QTest::newRow("seventh ring") << 6 << 0;
}

void TestSpecimens::refusesMarksThatTheRingLacks()
{
    QFETCH(int, ring);
    QFETCH(int, mark);
    Individual individual = individualOf(0);
    individual.ring = ring;
    QCOMPARE(errorOf([&] { drawSpecimen(individual, {mark}, smallSide); }), ErrorCode::BadArgument);
}

void TestSpecimens::refusesToComparePicturesOfTwoSizes()
{
    const Picture small = drawSpecimen(individualOf(0), {}, 64).picture;
    const Picture large = drawSpecimen(individualOf(0), {}, 65).picture;
    QCOMPARE(errorOf([&] { changedPixels(small, large); }), ErrorCode::Mismatch);
}

void TestSpecimens::ringsDifferByMarksOfTheirOwn_data()
{
    QTest::addColumn<int>("count");
    for (int count = 2 * speciesPerRing; count <= allSpecies; count += speciesPerRing)
        QTest::addRow("%d", count) << count;
}

void TestSpecimens::ringsDifferByMarksOfTheirOwn()
{
    QFETCH(int, count);
    const std::vector<Species> species = speciesList(count);
    QCOMPARE(species.size(), static_cast<std::size_t>(count));
    std::set<std::string> names;
    std::set<std::pair<int, int>> marks; // ring, mark
    std::vector<int> unmarked(ringDesigns().size());
    for (std::size_t i = 0; i < species.size(); ++i) {
        QCOMPARE(species[i].ring, static_cast<int>(i) / speciesPerRing);
        QCOMPARE(species[i].name, speciesAt(static_cast<int>(i)).name);
        QVERIFY(names.insert(species[i].name).second);
        for (const int mark : species[i].marks)
            QVERIFY(marks.insert({species[i].ring, mark}).second);
        if (species[i].marks.empty())
            ++unmarked.at(static_cast<std::size_t>(species[i].ring));
    }
    for (int ring = 0; ring < count / speciesPerRing; ++ring)
        QCOMPARE(unmarked.at(static_cast<std::size_t>(ring)), 1);
}

void TestSpecimens::partnersGoRoundTheRing()
{
    QCOMPARE(ringPartner(0), 1);
    QCOMPARE(ringPartner(1), 2);
    QCOMPARE(ringPartner(2), 0);
    QCOMPARE(ringPartner(11), 9);
}

void TestSpecimens::takingTheMarkOffMakesThePlainSpecies()
{
    for (int species = 0; species < allSpecies; ++species) {
        const int plain = plainOfRing(species);
        QCOMPARE(speciesAt(plain).ring, speciesAt(species).ring);
        QVERIFY(speciesAt(plain).marks.empty());
    }
}

void TestSpecimens::whatIsWipedTellsNothingOfTheSpecies()
{
    // A third of the plain species' individuals or so look as if their ring's first mark had been wiped off, and as
    // many of those that have it, over which it lies then.
    for (const int species : {0, 1, 2}) {
        int wiped = 0;
        for (int index = 0; index < 200; ++index) {
            const std::vector<int> marks = individualOf(species, index).wipedMarks;
            wiped += std::count(marks.begin(), marks.end(), 0) > 0 ? 1 : 0;
        }
        QVERIFY2(wiped > 55 && wiped < 105, qPrintable(QString::number(wiped)));
    }
}

void TestSpecimens::aWipedMarkIsGone()
{
    Individual individual = individualOf(2);
    individual.smudges.clear();
    individual.wipedMarks = {};
    const Picture never = drawSpecimen(individual, {}, smallSide).picture;
    const Specimen marked = drawSpecimen(individual, {0}, smallSide);
    individual.wipedMarks = {0};
    individual.wipedMargin = 0.01;
    const Specimen wiped = drawSpecimen(individual, {}, smallSide);
    QVERIFY(std::count(wiped.marks.begin(), wiped.marks.end(), 255) == 0);
    // White on black: what is left of it is nearer to the wing than to the mark, everywhere.
    for (std::size_t i = 0; i < marked.marks.size(); ++i)
        if (marked.marks[i] != 0)
            QVERIFY(std::abs(wiped.picture.rgb[3 * i] - never.rgb[3 * i]) <
                    std::abs(wiped.picture.rgb[3 * i] - marked.picture.rgb[3 * i]) + 20);
    const std::vector<std::uint8_t> changed = changedPixels(never, wiped.picture);
    QVERIFY(std::count(changed.begin(), changed.end(), 255) > 40);
}

void TestSpecimens::smudgesLieUnderTheMarks()
{
    Individual individual = individualOf(0);
    individual.wipedMarks = {0, 1};
    const Specimen smudged = drawSpecimen(individual, {0}, smallSide);
    individual.smudges.clear();
    individual.wipedMarks.clear();
    const Specimen clean = drawSpecimen(individual, {0}, smallSide);
    QVERIFY(smudged.marks == clean.marks);
    QVERIFY(smudged.picture.rgb != clean.picture.rgb);
    int changed = 0;
    for (std::size_t i = 0; i < clean.marks.size(); ++i)
        changed += clean.marks[i] != 0 && std::abs(smudged.picture.rgb[3 * i] - clean.picture.rgb[3 * i]) > 60 ? 1 : 0;
    QCOMPARE(changed, 0);
}

void TestSpecimens::sameOriginGivesSamePixels()
{
    const Specimen first = drawSpecimen(individualOf(4, 3), speciesAt(4).marks, smallSide);
    const Specimen second = drawSpecimen(individualOf(4, 3), speciesAt(4).marks, smallSide);
    QCOMPARE(first.picture.rgb.size(), std::size_t(3) * smallSide * smallSide);
    QVERIFY(first.picture.rgb == second.picture.rgb);
    QVERIFY(first.marks == second.marks);
}

void TestSpecimens::otherOriginsGiveOtherPixels_data()
{
    QTest::addColumn<quint64>("seed");
    QTest::addColumn<bool>("isTrain");
    QTest::addColumn<int>("species");
    QTest::addColumn<int>("index");
    QTest::newRow("seed") << quint64(8) << false << 0 << 0;
    QTest::newRow("split") << quint64(7) << true << 0 << 0;
    QTest::newRow("species") << quint64(7) << false << 1 << 0;
    QTest::newRow("index") << quint64(7) << false << 0 << 1;
}

void TestSpecimens::otherOriginsGiveOtherPixels()
{
    QFETCH(quint64, seed);
    QFETCH(bool, isTrain);
    QFETCH(int, species);
    QFETCH(int, index);
    const Individual other = makeIndividual({seed, isTrain ? Split::Train : Split::Val, species, index});
    const Individual base = individualOf(0);
    QVERIFY(other.textureKey != base.textureKey);
    const std::vector<std::uint8_t> changed =
        changedPixels(drawSpecimen(base, {}, smallSide).picture, drawSpecimen(other, {}, smallSide).picture);
    // Not the same individual under another light: nearly every pixel.
    QVERIFY(std::count(changed.begin(), changed.end(), 255) > 0.9 * smallSide * smallSide);
}

void TestSpecimens::wingsLieInThePicture()
{
    // Marks near the apex are the first to leave it.
    for (int index = 0; index < 40; ++index)
        for (const DrawnMark& mark : drawSpecimen(individualOf(0, index), speciesAt(0).marks, 64).places)
            QVERIFY(mark.left > 0 && mark.top > 0 && mark.left + mark.width < 64 && mark.top + mark.height < 64);
}

void TestSpecimens::masksShowTheMarks_data()
{
    QTest::addColumn<int>("species");
    for (int species = 0; species < allSpecies; ++species)
        QTest::newRow(speciesAt(species).name.c_str()) << species;
}

void TestSpecimens::masksShowTheMarks()
{
    QFETCH(int, species);
    const Marks& marks = speciesAt(species).marks;
    for (int index = 0; index < 6; ++index) {
        const Specimen specimen = drawSpecimen(individualOf(species, index), marks, smallSide);
        QCOMPARE(specimen.places.size(), 2 * marks.size());
        const int pixels = pixelsWithin(specimen.marks, smallSide, specimen.places);
        // Two marks of 5 to 11 % of the picture's side (their upright boxes are larger), a torn one or one that the
        // wing above half covers less.
        QVERIFY2(marks.empty() ? pixels == 0 : pixels >= 60 && pixels <= 600, qPrintable(QString::number(pixels)));
        for (const DrawnMark& place : specimen.places) {
            const double longer = std::max(place.width, place.height) / smallSide;
            QVERIFY2(longer > 0.055 && longer < 0.16, qPrintable(QString::number(longer)));
            QVERIFY(liesInBox({place}, static_cast<int>(place.centre.y), static_cast<int>(place.centre.x)));
        }
    }
}

void TestSpecimens::partnersMarksChangeNothingElse_data()
{
    masksShowTheMarks_data();
}

void TestSpecimens::partnersMarksChangeNothingElse()
{
    QFETCH(int, species);
    const Individual individual = individualOf(species, 1);
    const Specimen own = drawSpecimen(individual, speciesAt(species).marks, smallSide);
    const Specimen partners = drawSpecimen(individual, speciesAt(ringPartner(species)).marks, smallSide);
    std::vector<DrawnMark> boxes = own.places;
    boxes.insert(boxes.end(), partners.places.begin(), partners.places.end());
    const std::vector<std::uint8_t> changed = changedPixels(own.picture, partners.picture);
    QVERIFY(pixelsWithin(changed, smallSide, boxes) > 60);
    // What either mask calls a mark is drawn otherwise, but for the pupils that two eye-spots have in common.
    int marked = 0;
    int unchanged = 0;
    for (std::size_t i = 0; i < changed.size(); ++i) {
        const bool isMark = own.marks[i] != 0 || partners.marks[i] != 0;
        marked += isMark ? 1 : 0;
        unchanged += isMark && changed[i] == 0 ? 1 : 0;
    }
    QVERIFY2(2 * unchanged < marked, qPrintable(QString::number(unchanged)));
}

QTEST_APPLESS_MAIN(TestSpecimens)
#include "test_specimens.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include <QTest>

#include "core/base/error.h"
#include "core/explain/evidence_sheet.h"
#include "core/explain/pointing_finding.h"

using namespace ocellus;

namespace {

Finding among(EvidenceTest test, double value, std::vector<double> nulls)
{
    Finding finding;
    finding.test = test;
    finding.value = value;
    finding.nulls = std::move(nulls);
    finding.p = pAmongNulls(finding);
    return finding;
}

} // namespace

class TestFinding : public QObject {
    Q_OBJECT

private slots:
    void correctsForSeveral();
    void verdicts_data();
    void verdicts();
    void fewestNullsTellAmongAll();
    void namesAreReadAgain();
    void aSheetCorrectsOverItsHeads();
    void pointsIntoAPart();
};

void TestFinding::correctsForSeveral()
{
    QCOMPARE(holmCorrected(std::vector<double>{}), std::vector<double>());
    const std::vector<double> corrected = holmCorrected(std::vector<double>{0.01, 0.04, 0.03, 0.9});
    const std::vector<double> expected{0.04, 0.09, 0.09, 0.9};
    for (std::size_t i = 0; i < expected.size(); ++i)
        QVERIFY(std::abs(corrected[i] - expected[i]) < 1e-12);
}

void TestFinding::verdicts_data()
{
    QTest::addColumn<int>("test");
    QTest::addColumn<double>("value");
    QTest::addColumn<int>("nulls"); // all of them 1
    QTest::addColumn<int>("tested");
    QTest::addColumn<int>("verdict");
    const auto row = [](const char* name, EvidenceTest test, double value, int nulls, int tested, EvidenceVerdict v) {
        QTest::newRow(name) << static_cast<int>(test) << value << nulls << tested << static_cast<int>(v);
    };
    row("no nulls", EvidenceTest::Cover, 2, 0, 1, EvidenceVerdict::Untested);
    row("too few nulls", EvidenceTest::Cover, 2, 9, 1, EvidenceVerdict::Untested);
    row("too few for eight", EvidenceTest::Cover, 2, 99, 8, EvidenceVerdict::Untested);
    row("too few, and as good", EvidenceTest::Cover, 1, 9, 1, EvidenceVerdict::NotSupported);
    row("too few, and against", EvidenceTest::Cover, -2, 9, 1, EvidenceVerdict::NotSupported);
    row("enough", EvidenceTest::Cover, 2, 19, 1, EvidenceVerdict::Supported);
    row("enough for eight", EvidenceTest::Cover, 2, 199, 8, EvidenceVerdict::Supported);
    row("against", EvidenceTest::Cover, -2, 199, 1, EvidenceVerdict::NotSupported);
    row("low deletion", EvidenceTest::Deletion, 0.1, 199, 1, EvidenceVerdict::Supported);
    row("high deletion", EvidenceTest::Deletion, 2, 199, 1, EvidenceVerdict::NotSupported);
}

void TestFinding::verdicts()
{
    QFETCH(int, test);
    QFETCH(double, value);
    QFETCH(int, nulls);
    QFETCH(int, tested);
    QFETCH(int, verdict);
    const Finding finding =
        among(static_cast<EvidenceTest>(test), value, std::vector<double>(static_cast<std::size_t>(nulls), 1.0));
    QCOMPARE(static_cast<int>(verdictOf(finding, finding.p * tested, static_cast<std::size_t>(tested))), verdict);
}

void TestFinding::fewestNullsTellAmongAll()
{
    for (int tested = 1; tested <= 64; ++tested) {
        const EvidenceMap map{"heads", 0};
        const auto fewest = static_cast<std::size_t>(fewestNulls(tested));
        EvidenceSheet sheet;
        sheet.setHeads(tested);
        sheet.add(map, among(EvidenceTest::Cover, 2, std::vector<double>(fewest - 1, 1.0)));
        QVERIFY(sheet.verdict(map, EvidenceTest::Cover) == EvidenceVerdict::Untested);
        sheet.add(map, among(EvidenceTest::Cover, 2, std::vector<double>(fewest, 1.0)));
        QVERIFY(sheet.verdict(map, EvidenceTest::Cover) == EvidenceVerdict::Supported);
    }
}

void TestFinding::namesAreReadAgain()
{
    QVERIFY(!evidenceTestOf("guess"));
    for (int test = 0; test <= static_cast<int>(EvidenceTest::Pointing); ++test)
        QCOMPARE(evidenceTestOf(toString(static_cast<EvidenceTest>(test))),
                 std::optional(static_cast<EvidenceTest>(test)));
}

void TestFinding::aSheetCorrectsOverItsHeads()
{
    EvidenceSheet sheet;
    sheet.setHeads(4);
    const EvidenceMap first{"heads", 0}, second{"heads", 1}, mean{"mean"};
    QVERIFY(sheet.verdict(first) == EvidenceVerdict::Untested);
    const std::vector<double> ones(99, 1.0);
    sheet.add(first, among(EvidenceTest::Cover, 2, ones));
    QCOMPARE(sheet.correctedP(first, EvidenceTest::Cover), 0.04); // as if the others had failed
    QVERIFY(sheet.verdict(first) == EvidenceVerdict::Supported);
    sheet.add(second, among(EvidenceTest::Cover, 0.5, ones));
    QCOMPARE(sheet.correctedP(first, EvidenceTest::Cover), 0.04);
    QVERIFY(sheet.verdict(second) == EvidenceVerdict::NotSupported);
    sheet.add(mean, among(EvidenceTest::Cover, 2, ones));
    QCOMPARE(sheet.correctedP(mean, EvidenceTest::Cover), 0.01);
    QCOMPARE(sheet.correctedP(mean, EvidenceTest::Deletion), 1.0);
    sheet.add(first, among(EvidenceTest::Cover, 0, ones)); // again
    QCOMPARE(sheet.rows().size(), std::size_t{3});
    QVERIFY(sheet.verdict(first) == EvidenceVerdict::NotSupported);
    QCOMPARE(sheet.maps(), (std::vector{first, second, mean}));
}

void TestFinding::pointsIntoAPart()
{
    const std::vector<float> map{0, 0, 0, 0, 3, 1, 0, 0, 0};
    const std::vector<double> part{0, 0, 0, 0, 1, 0, 0, 0, 0};
    QVERIFY_EXCEPTION_THROWN(pointingFinding(map, 2, 3, part, "eye"), Error);
    QVERIFY_EXCEPTION_THROWN(pointingFinding(map, 3, 3, std::vector<double>(9), "eye"), Error);
    CellsNear near(CellGeometry(Size{96, 96}, Size{96, 96}, 3, 3, ReceptiveField{32, 16, 1}));
    QVERIFY_EXCEPTION_THROWN(pointingGame(std::vector<float>(4), near), Error);
    near.add({48, 16});
    std::vector<float> corner(9);
    corner[8] = 1;
    QVERIFY(!pointingGame(corner, near).isHit);
    corner[0] = 2;
    const PointingGame game = pointingGame(corner, near);
    QVERIFY(game.isHit && game.isMiddleHit); // the middle lies a cell away
    QCOMPARE(game.chance, 4.0 / 9);
    const Finding finding = pointingFinding(map, 3, 3, part, "eye");
    QCOMPARE(finding.value, 0.75);
    QCOMPARE(finding.nulls.size(), std::size_t{8});
    QCOMPARE(asGood(finding), std::size_t{0});
    QCOMPARE(finding.p, 1.0 / 9);
    QVERIFY(std::abs(finding.share - 1.0 / 9) < 1e-12);
    QVERIFY(finding.centre && *finding.centre > finding.share);
    QCOMPARE(finding.settings, std::string("part=eye"));
}

QTEST_GUILESS_MAIN(TestFinding)
#include "test_finding.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "tests/figures/synthetic_explanation.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/map_evidence.h"

using namespace ocellus;

class TestExplanation : public QObject {
    Q_OBJECT

private slots:
    void nothingToShow()
    {
        QVERIFY(tileMaps({}).empty());
        test::Synthetic wanted;
        wanted.set = {LimitMode::Drop, {0, 1}};
        Explanation dropped = test::syntheticExplanation(wanted);
        QVERIFY(tileMaps(dropped).empty());
        QVERIFY(FigureText::prediction(dropped).contains("dropped"));
        QCOMPARE(FigureText::banners(dropped).size(), 1);
    }

    void saysThatAClassIsExcluded()
    {
        test::Synthetic wanted;
        wanted.set = {LimitMode::Zero, {3}};
        Explanation explanation = test::syntheticExplanation(wanted);
        QVERIFY(FigureText::banners(explanation).isEmpty());
        explanation.classIndex = 2;
        QCOMPARE(FigureText::banners(explanation).size(), 1);
        QVERIFY(FigureText::banners(explanation).front().contains("left out by the limit"));
    }

    void saysAmongWhatTheProbabilityIsShared()
    {
        test::Synthetic wanted;
        wanted.set = {LimitMode::Zero, {3}};
        Explanation explanation = test::syntheticExplanation(wanted);
        explanation.classIndex = 3;
        const QString text = FigureText::prediction(explanation);
        QVERIFY2(text.startsWith("rank 1 of 1, ") && text.endsWith(" among all 5"), qPrintable(text));
    }

    void saysThatThePictureIsEditedBeforeAllElse()
    {
        test::Synthetic wanted;
        wanted.set = {LimitMode::Zero, {3}};
        Explanation explanation = test::syntheticExplanation(wanted);
        explanation.limit = "limited to 1 of 5 (zero)";
        explanation.edits = "Remove";
        QCOMPARE(FigureText::banners(explanation), (QStringList{"edited", explanation.limit}));
    }

    void headsInOrderThenMean()
    {
        const Explanation explanation = test::syntheticExplanation();
        const auto tiles = tileMaps(explanation);
        QCOMPARE(tiles.size(), 9u);
        for (int head = 0; head < 8; ++head) {
            const TileMap& tile = tiles[static_cast<std::size_t>(head)];
            QCOMPARE(tile.head, head);
            QCOMPARE(tile.title, QStringLiteral("Head %1").arg(head + 1));
            QVERIFY(!tile.isMean);
            QCOMPARE(*tile.peakScore, std::ranges::max(explanation.decoding->scores(1, head, 3)));
            const auto attention = explanation.decoding->attention(1, head, 3);
            QCOMPARE(tile.peak, std::ranges::max(attention) * static_cast<float>(attention.size()));
        }
        QVERIFY(tiles.back().isMean);
        QCOMPARE(tiles.back().head, 8);
        QVERIFY(!tiles.back().peakScore);
    }

    void oneRangeForAllMaps()
    {
        const auto tiles = tileMaps(test::syntheticExplanation());
        float largest = 0;
        for (const TileMap& tile : tiles)
            largest = std::max(largest, tile.peak);
        for (const TileMap& tile : tiles)
            QCOMPARE(tile.range, (Range{0, largest}));
    }

    void lockedRangeHoldsUnlessStretched()
    {
        Explanation explanation = test::syntheticExplanation();
        explanation.lockedRange = Range{0, 7};
        for (const TileMap& tile : tileMaps(explanation))
            QCOMPARE(tile.range, (Range{0, 7}));
        explanation.style.perMapStretch = true;
        for (const TileMap& tile : tileMaps(explanation))
            QCOMPARE(tile.range, rangeOf(tile.values));
    }

    void sortedByTheHeadsRanking()
    {
        Explanation explanation = test::syntheticExplanation();
        explanation.sortByRanking = true;
        const auto tiles = tileMaps(explanation);
        QCOMPARE(tiles.front().head, 7); // the last head's peak is the highest
        QVERIFY(std::ranges::is_sorted(tiles.begin(), tiles.end() - 1, std::greater(),
                                       [](const TileMap& tile) { return *tile.peakScore; }));
        QVERIFY(tiles.back().isMean);
    }

    void sortedByWhatHeadsAreWorth()
    {
        Explanation explanation = test::syntheticExplanation();
        explanation.sortByWorth = true;
        QCOMPARE(tileMaps(explanation).front().head, 0); // not known
        MapEvidence evidence{explanation.classIndex, explanation.layer, {}, {0, 3, -1, 0, 0, 7, 0, 0}};
        explanation.evidence = std::make_shared<const MapEvidence>(evidence);
        QCOMPARE(tileMaps(explanation).front().head, 5);
        QCOMPARE(tileMaps(explanation)[1].head, 1);
        QCOMPARE(tileMaps(explanation)[7].head, 2);
        for (Explanation other : {explanation, explanation}) {
            other.classIndex = 1; // it says nothing of another class
            QCOMPARE(tileMaps(other).front().head, 0);
        }
    }

    void marksAreOfTheirMapAlone()
    {
        Explanation explanation = test::syntheticExplanation();
        MapEvidence evidence{explanation.classIndex, explanation.layer, {}, {}};
        Finding finding;
        finding.value = 4;
        finding.share = 0.05;
        finding.nulls = std::vector<double>(199, 0.5);
        finding.p = 0.005;
        evidence.sheet.setHeads(8);
        evidence.sheet.add({"heads", 2}, finding);
        QVERIFY(markLegend(explanation).isEmpty());
        explanation.evidence = std::make_shared<const MapEvidence>(evidence);
        for (const TileMap& tile : tileMaps(explanation))
            QCOMPARE(markOf(explanation, tile), tile.head == 2 && !tile.isMean ? QString("\u2713") : QString());
        QVERIFY2(markLegend(explanation).contains("199 place"), qPrintable(markLegend(explanation)));
        QVERIFY(markLegend(explanation).contains("Holm over 8 head"));
        Explanation other = explanation;
        other.layer = 0;
        QVERIFY(markLegend(other).isEmpty());
        other = explanation;
        other.isOfOtherModel = true;
        QVERIFY(markLegend(other).isEmpty());
    }

    void numbersAreShortAndTrue_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << 0.0 << "0×";
        QTest::newRow("tiny") << 0.00123 << "0.0012×";
        QTest::newRow("below one") << 0.321 << "0.32×";
        QTest::newRow("almost one") << 0.999 << "1×";
        QTest::newRow("small") << 4.26 << "4.3×";
        QTest::newRow("almost ten") << 9.96 << "10×";
        QTest::newRow("whole") << 41.3 << "41×";
        QTest::newRow("a ten") << 40.0 << "40×";
    }

    void numbersAreShortAndTrue()
    {
        QFETCH(double, value);
        QTEST(FigureText::timesUniform(value), "text");
    }

    void rankLogitAndProbability()
    {
        const QString text = FigureText::prediction(test::syntheticExplanation());
        QVERIFY2(text.startsWith("rank 2 of 5, logit 3.50, p 0."), qPrintable(text));
    }
};

QTEST_MAIN(TestExplanation)
#include "test_explanation.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include <QTest>

#include "core/base/error.h"
#include "tests/figures/synthetic_explanation.h"
#include "tests/support/error_of.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/map_matrix.h"

using namespace ocellus;

namespace {

TileMap tileOf(std::vector<float> values)
{
    TileMap tile;
    tile.title = "Head 1";
    tile.values = std::move(values);
    tile.peakScore = 3.0F;
    return tile;
}

/// Every map has the one range, every difference the other; both hold all values.
bool sharesScales(const MapMatrix& matrix)
{
    for (const MatrixRow& row : matrix.rows)
        for (const MatrixCell& cell : row.cells) {
            if (!cell.tile)
                continue;
            const Range expected = cell.isDifference() ? matrix.difference.value() : matrix.range;
            const Range held = rangeOf(cell.tile->values);
            if (cell.tile->range != expected || held.high > expected.high || held.low < expected.low)
                return false;
        }
    return true;
}

std::vector<ClassOfMatrix> classes(std::initializer_list<int> indices)
{
    std::vector<ClassOfMatrix> of;
    for (const int index : indices)
        of.push_back({index, QString::number(index) + " Bird", {}, {}});
    return of;
}

} // namespace

/// Tables of maps as values: what is in them, and that equal colours are equal values.
class TestMapMatrix : public QObject {
    Q_OBJECT

private slots:
    /// A losing class can have the higher score; nobody should take it for the likelier one.
    void scoresThatWouldMisleadAreSaid_data()
    {
        QTest::addColumn<std::vector<float>>("scores");
        QTest::addColumn<bool>("said");
        QTest::newRow("the loser's is higher") << std::vector<float>{20.05F, 16.3F} << true;
        QTest::newRow("equal") << std::vector<float>{16.3F, 16.3F} << false;
        QTest::newRow("the winner's is higher") << std::vector<float>{16.3F, 20.05F} << false;
    }

    void scoresThatWouldMisleadAreSaid()
    {
        QFETCH(std::vector<float>, scores);
        QFETCH(bool, said);
        Explanation explanation = test::syntheticExplanation();
        Decoding::Arrays arrays;
        arrays.logits = {1, 2};
        arrays.outputs.resize(8, 1.0F);
        arrays.maps = std::make_shared<StoredMaps>(1, 2, 1, std::vector<float>{1, 1}, scores);
        explanation.layer = 0;
        explanation.decoding = std::make_shared<const Decoding>(
            ContentKey{1, 2}, QuerySet{}, Decoding::Extent{1, 1, 2, 1, 1, 2, 4}, std::vector{0, 1}, arrays);
        for (const auto& shown : {classes({0, 1}), classes({1, 0})}) {
            const MapMatrix matrix = classMatrix(explanation, shown, false);
            QCOMPARE(matrix.notes.join(' ').contains("cannot be compared: 0 Bird has the highest"), said);
        }
        QCOMPARE(classMatrix(explanation, classes({0, 0}), false).notes, QStringList());
    }

    void mapsOfDifferentSizeHaveNoDifference()
    {
        QVERIFY(errorOf([] { differenceMap(tileOf({1, 2}), tileOf({1, 2, 3})); }) == ErrorCode::Mismatch);
        test::Synthetic other;
        other.rows = 10;
        const MatrixRow row = differenceRow(headRow(test::syntheticExplanation(), "a"),
                                            headRow(test::syntheticExplanation(other), "b"), "a less b");
        QCOMPARE(row.cells.size(), 9u);
        for (const MatrixCell& cell : row.cells)
            QVERIFY(!cell.tile && !cell.explanation && !cell.caption.isEmpty());
    }

    void nothingToShow()
    {
        QVERIFY(headRow({}, "nothing").cells.empty());
        const MapMatrix matrix = matrixOfHeads("nothing", {headRow({}, "nothing")});
        QVERIFY(matrix.columns.isEmpty());
        QVERIFY(!matrix.difference);
        QVERIFY(!matrix.firstExplanation(false) && !matrix.firstExplanation(true));
        QVERIFY(matrix.range.high > matrix.range.low);
    }

    void droppedClassSaysSo()
    {
        test::Synthetic wanted;
        wanted.set = {LimitMode::Drop, {1, 3}};
        const MapMatrix matrix = classMatrix(test::syntheticExplanation(wanted), classes({3, 2}), true);
        QCOMPARE(matrix.rows.size(), 3u);
        QCOMPARE(matrix.columns.size(), 9);
        for (const MatrixCell& cell : matrix.rows[1].cells) {
            QVERIFY(!cell.tile);
            QVERIFY(!cell.caption.isEmpty());
        }
        for (const MatrixCell& cell : matrix.rows[2].cells)
            QVERIFY(!cell.tile);
        QVERIFY(matrix.rows[1].details.join(' ').contains("dropped"));
        QVERIFY(sharesScales(matrix));
    }

    /// All of them have the zero vector's map, which looks like a finding where it stands under their names.
    void classesThatALimitZeroesHaveNoMap_data()
    {
        QTest::addColumn<LimitMode>("mode");
        QTest::newRow("zero") << LimitMode::Zero;
        QTest::newRow("drop") << LimitMode::Drop;
    }

    void classesThatALimitZeroesHaveNoMap()
    {
        QFETCH(LimitMode, mode);
        test::Synthetic wanted;
        wanted.set = {mode, {1, 3}};
        const MapMatrix matrix = classMatrix(test::syntheticExplanation(wanted), classes({3, 2, 4}), true);
        QVERIFY(matrix.rows[0].details.join(' ').startsWith("rank 1 of 2"));
        for (const std::size_t row : {1u, 2u}) {
            const QString details = matrix.rows[row].details.join(' ');
            QVERIFY2(details.startsWith("left out by the limit"), qPrintable(details));
            QVERIFY2(!details.contains("rank 1") && !details.contains("logit 2"), qPrintable(details));
            for (const MatrixCell& cell : matrix.rows[row].cells)
                QVERIFY(!cell.tile && cell.caption.startsWith("left out by the limit"));
        }
        for (const std::size_t row : {3u, 4u})
            for (const MatrixCell& cell : matrix.rows[row].cells)
                QVERIFY(!cell.tile);
        QVERIFY(sharesScales(matrix));
    }

    void differencesAreSigned()
    {
        const TileMap difference = differenceMap(tileOf({5, 1, 0}), tileOf({1, 1, 3}));
        QCOMPARE(difference.values, (std::vector<float>{4, 0, -3}));
        QCOMPARE(difference.range, (Range{-4, 4}));
        QCOMPARE(difference.peak, 4.0F);
        QCOMPARE(difference.trough.value(), -3.0F);
        QVERIFY(!difference.peakScore);
        QCOMPARE(difference.title, QString("Head 1"));
        QCOMPARE(FigureText::peak(difference), QString::fromUtf8("+4×/−3×"));
        QVERIFY(FigureText::score(difference).isEmpty());
    }

    void differencesHaveOneStyle()
    {
        MapStyle style;
        style.threshold = 2.0F;
        style.contour = style.perMapStretch = true;
        style.opacity = 0.3;
        const MapStyle difference = differenceStyle(style);
        QVERIFY(difference.colourMap == ColourMap::Diverging);
        QVERIFY(!difference.threshold && !difference.contour && !difference.perMapStretch);
        QCOMPARE(difference.opacity, 0.3);
    }

    void rowsKeepTheHeadsOwnOrder()
    {
        Explanation explanation = test::syntheticExplanation();
        explanation.sortByRanking = true;
        explanation.style.perMapStretch = true;
        explanation.headNotes = {"", "tail"};
        const MatrixRow row = headRow(explanation, "row");
        QCOMPARE(row.cells.size(), 9u);
        for (int head = 0; head < 9; ++head)
            QCOMPARE(row.cells[static_cast<std::size_t>(head)].tile->head, head);
        QCOMPARE(row.cells[1].tile->note, QString("tail"));
        QVERIFY(row.cells[2].tile->note.isEmpty());
        QVERIFY(!row.cells[0].explanation->style.perMapStretch);
        QVERIFY(row.details.front().contains("rank 2 of 5"));
    }

    void classesBesideEachOther()
    {
        std::vector<ClassOfMatrix> of = classes({3, 0, 4});
        of[1].headNotes = QStringList{"wing"};
        of[1].exemplars = {QImage(3, 3, QImage::Format_RGB32)};
        const MapMatrix matrix = classMatrix(test::syntheticExplanation(), of, true);
        QCOMPARE(matrix.rows.size(), 5u);
        QCOMPARE(matrix.columns.size(), 9);
        QCOMPARE(matrix.columns.front(), FigureText::head(0));
        QCOMPARE(matrix.rows[1].title, QString("0 Bird"));
        QCOMPARE(matrix.rows[1].exemplars.size(), 1u);
        QCOMPARE(matrix.rows[1].cells[0].tile->note, QString("wing"));
        QCOMPARE(matrix.rows[1].cells[0].explanation->classIndex, 0);
        QVERIFY(!matrix.rows[2].cells[0].isDifference());
        QVERIFY(matrix.rows[4].title.contains("3 Bird") && matrix.rows[4].title.contains("4 Bird"));
        const std::vector<float>& first = matrix.rows[0].cells[2].tile->values;
        const std::vector<float>& other = matrix.rows[2].cells[2].tile->values;
        const std::vector<float>& contrast = matrix.rows[4].cells[2].tile->values;
        for (std::size_t cell = 0; cell < contrast.size(); ++cell)
            QCOMPARE(contrast[cell], first[cell] - other[cell]);
        QVERIFY(sharesScales(matrix));
        QCOMPARE(matrix.difference->low, -matrix.difference->high);
        QVERIFY(matrix.firstExplanation(true)->style.colourMap == ColourMap::Diverging);
        QVERIFY(matrix.firstExplanation(false)->style.colourMap == ColourMap::Viridis);
        QVERIFY(!classMatrix(test::syntheticExplanation(), of, false).difference);
    }

    void lockedRangeIsKept()
    {
        Explanation explanation = test::syntheticExplanation();
        explanation.lockedRange = Range{0, 500};
        const MapMatrix matrix = classMatrix(explanation, classes({1, 2}), true);
        QCOMPARE(matrix.range, (Range{0, 500}));
        QVERIFY(sharesScales(matrix));
    }

    void contextBesideTheWhole()
    {
        test::Synthetic wanted;
        wanted.set = {LimitMode::Zero, {3, 1}};
        Explanation limited = test::syntheticExplanation(wanted);
        limited.limit = "limited to 2 of 5 (zero)";
        const MapMatrix matrix = contextMatrix(test::syntheticExplanation(), limited);
        QCOMPARE(matrix.rows.size(), 3u);
        QVERIFY(FigureText::banners(*matrix.rows[0].cells[0].explanation).isEmpty());
        QCOMPARE(FigureText::banners(*matrix.rows[1].cells[0].explanation), QStringList{limited.limit});
        QCOMPARE(FigureText::banners(*matrix.rows[2].cells[0].explanation), QStringList{limited.limit});
        QVERIFY(matrix.rows[2].cells[0].isDifference());
        QVERIFY(sharesScales(matrix));
        QCOMPARE(matrix.difference->high, 1.0F); // the two are equal here: the bar has ends all the same
    }

    void layersOfAllHeadsAndOfOne()
    {
        const MapMatrix all = layerMatrix(test::syntheticExplanation());
        QCOMPARE(all.rows.size(), 2u);
        QCOMPARE(all.rows[0].cells[0].explanation->layer, 1);
        QCOMPARE(all.rows[1].cells[0].explanation->layer, 0);
        QVERIFY(sharesScales(all));
        const MapMatrix one = layerMatrix(test::syntheticExplanation(), 8);
        QCOMPARE(one.rows.size(), 1u);
        QCOMPARE(one.columns.size(), 2);
        QCOMPARE(one.rows[0].cells[0].explanation->layer, 0);
        QVERIFY(one.rows[0].cells[0].tile->isMean);
        QCOMPARE(one.rows[0].title, FigureText::mean());
        QVERIFY(sharesScales(one));
    }

    void editsBeforeAndAfter()
    {
        Explanation after = test::syntheticExplanation();
        after.classIndex = 1;
        after.edits = "1. Remove";
        const MapMatrix matrix = editMatrix(test::syntheticExplanation(), after);
        QCOMPARE(matrix.rows.size(), 3u);
        for (const MatrixCell& cell : matrix.rows[2].cells) {
            QVERIFY(cell.isDifference());
            QVERIFY(!FigureText::banners(*cell.explanation).isEmpty());
        }
        QVERIFY(FigureText::banners(*matrix.rows[0].cells[0].explanation).isEmpty());
        QVERIFY(sharesScales(matrix));
    }
};

QTEST_MAIN(TestMapMatrix)
#include "test_map_matrix.moc"

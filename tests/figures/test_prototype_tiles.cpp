// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>

#include <QTest>

#include "tests/support/synthetic_prototypes.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/head_figure.h"
#include "ui/figures/map_matrix.h"
#include "ui/figures/prototype_patches.h"
#include "ui/figures/prototype_text.h"

using namespace ocellus;
using namespace ocellus::test;

Q_DECLARE_METATYPE(ocellus::PrototypePatch)
Q_DECLARE_METATYPE(std::vector<int>)

namespace {

constexpr double NaN = std::numeric_limits<double>::quiet_NaN();

std::vector<int> numbersOf(const std::vector<TileMap>& tiles)
{
    std::vector<int> numbers;
    for (const TileMap& tile : tiles)
        numbers.push_back(tile.part ? tile.part->prototype : -1);
    return numbers;
}

QImage drawn(const Figure& figure)
{
    QImage image(figure.size.toSize(), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    figure.paint(painter, 1);
    return image;
}

} // namespace

/// Tiles of prototypes: their order, numbers, boxes and patches.
class TestPrototypeTiles : public QObject {
    Q_OBJECT

private slots:
    void ordersByWhatTheyGive_data();
    void ordersByWhatTheyGive();
    void saysThatAClassHasNone();
    void hasNoBoxWithoutNumbers_data();
    void hasNoBoxWithoutNumbers();
    void drawsBoxesWhereAsked();
    void addsUpTheLogit_data();
    void addsUpTheLogit();
    void shortensNumbers();
    void namesColumnsOfOnePrototypeAlone();
    void comparesNoPrototypeWithAnother();
    void figureShowsPatches_data();
    void figureShowsPatches();
};

void TestPrototypeTiles::ordersByWhatTheyGive_data()
{
    QTest::addColumn<QList<double>>("similarities");
    QTest::addColumn<QList<double>>("weights");
    QTest::addColumn<std::vector<int>>("order");
    QTest::newRow("not a number comes last")
        << QList<double>{NaN, 1, 2} << QList<double>{1, 1, 1} << std::vector{2, 1, 0, -1};
    QTest::newRow("none is a number") << QList<double>{NaN, NaN, NaN} << QList<double>{1, 1, 1}
                                      << std::vector{0, 1, 2, -1};
    QTest::newRow("without weights") << QList<double>{3, 2, 1} << QList<double>{0, 0, 0} << std::vector{0, 1, 2, -1};
    QTest::newRow("one is left") << QList<double>{3} << QList<double>{1} << std::vector{0, -1};
    QTest::newRow("against the class") << QList<double>{3, 2, 1} << QList<double>{-1, 1, 1} << std::vector{1, 2, 0, -1};
}

void TestPrototypeTiles::ordersByWhatTheyGive()
{
    QFETCH(const QList<double>, similarities);
    QFETCH(const QList<double>, weights);
    QFETCH(const std::vector<int>, order);
    std::vector<MapSource::Part> own;
    for (int p = 0; p < similarities.size(); ++p)
        own.push_back({p, -1, similarities[p], weights[p]});
    const std::vector<MapSource::Part> other(3, MapSource::Part{0, -1, 1, 1});
    const Explanation explanation = prototypeExplanation({own, other}, peakedSimilarities(3));
    const std::vector<TileMap> tiles = tileMaps(explanation);
    QVERIFY(numbersOf(tiles) == order);
    for (const TileMap& tile : tiles)
        QVERIFY(!FigureText::score(tile).isEmpty() || tile.isMean);
    QVERIFY(!drawn(headFigure(explanation)).isNull());
}

void TestPrototypeTiles::saysThatAClassHasNone()
{
    Explanation explanation = prototypeExplanation({{}, {{0, -1, 2, 1}}}, peakedSimilarities(1));
    const std::vector<TileMap> tiles = tileMaps(explanation);
    QCOMPARE(tiles.size(), std::size_t{1});
    QVERIFY(tiles.front().values.empty());
    QVERIFY(tiles.front().words.contains("no prototype of its own"));
    QVERIFY(PrototypeText::sentences(explanation).isEmpty());
    QVERIFY(!drawn(headFigure(explanation)).isNull());
}

void TestPrototypeTiles::hasNoBoxWithoutNumbers_data()
{
    QTest::addColumn<bool>("finite");
    QTest::addColumn<bool>("sized");
    QTest::addColumn<bool>("asked");
    QTest::newRow("not a number") << false << true << true;
    QTest::newRow("input without a size") << true << false << true;
    QTest::newRow("not asked for") << true << true << false;
}

void TestPrototypeTiles::hasNoBoxWithoutNumbers()
{
    QFETCH(const bool, finite);
    QFETCH(const bool, sized);
    QFETCH(const bool, asked);
    std::vector<float> values = peakedSimilarities(1);
    if (!finite)
        values[3] = std::numeric_limits<float>::quiet_NaN();
    Explanation explanation = prototypeExplanation({{{0, -1, 2, 1}}}, values);
    explanation.boxes = asked;
    if (!sized)
        explanation.inputSize = {};
    QVERIFY(!tileMaps(explanation).front().box);
}

void TestPrototypeTiles::drawsBoxesWhereAsked()
{
    Explanation explanation = prototypeExplanation({{{0, -1, 2, 1}}}, peakedSimilarities(1));
    const QImage without = drawn(headFigure(explanation));
    explanation.boxes = true;
    const std::optional<Box> box = tileMaps(explanation).front().box;
    QVERIFY(box);
    // The highest cell is the second of the first row: 16 to 32 across of 64.
    QVERIFY(box->left > 8 && box->left + box->width < 40 && box->top >= 0 && box->top + box->height < 24);
    QVERIFY(drawn(headFigure(explanation)) != without);
    Explanation tree = treeExplanation();
    tree.boxes = true;
    const std::optional<Box> peak = tileMaps(tree).front().box;
    QVERIFY(peak && peak->width > 0 && peak->height > 0);
}

void TestPrototypeTiles::addsUpTheLogit_data()
{
    QTest::addColumn<int>("classIndex");
    QTest::addColumn<QString>("said");
    QTest::newRow("none of its own") << 2 << "";
    QTest::newRow("one") << 1 << "give +4.00 of its logit 0.00; those of other classes give the rest, -4.00";
    QTest::newRow("two") << 0 << "give +5.00 of its logit 1.00; those of other classes give the rest, -4.00";
}

void TestPrototypeTiles::addsUpTheLogit()
{
    QFETCH(const int, classIndex);
    QFETCH(const QString, said);
    Explanation explanation =
        prototypeExplanation({{{0, -1, 2, 1}, {1, -1, 3, 1}}, {{2, -1, 4, 1}}, {}}, peakedSimilarities(3));
    explanation.classIndex = classIndex;
    const QString sentences = PrototypeText::sentences(explanation).join(' ').replace(QChar(0x2212), QLatin1Char('-'));
    QVERIFY2(said.isEmpty() ? sentences.isEmpty() : sentences.contains(said), qPrintable(sentences));
}

void TestPrototypeTiles::shortensNumbers()
{
    const QStringList numbers = PrototypeText::shorterNumbers({7, -1, 1.5, 2});
    QVERIFY(numbers.constFirst().contains("similarity 1.50") && numbers.constFirst().contains("weight 2.00"));
    QVERIFY(numbers.constLast().contains("3.00"));
    for (qsizetype i = 1; i < numbers.size(); ++i)
        QVERIFY(numbers[i].size() < numbers[i - 1].size());
    QVERIFY(PrototypeText::numbers({7, 3, 0.5, 0.25}).contains("reached 0.25"));
}

void TestPrototypeTiles::namesColumnsOfOnePrototypeAlone()
{
    Explanation explanation =
        prototypeExplanation({{{0, -1, 2, 1}, {1, -1, 1, 1}}, {{2, -1, 1, 1}}}, peakedSimilarities(3));
    const MatrixRow first = headRow(explanation, "first");
    const MapMatrix same = matrixOfHeads("same", {first, first});
    QCOMPARE(same.columns, (QStringList{"Prototype 0", "Prototype 1", "Mean"}));
    explanation.classIndex = 1;
    const MapMatrix other = matrixOfHeads("other", {first, headRow(explanation, "second")});
    QCOMPARE(other.columns, (QStringList{"No. 1", "Prototype 1", "Mean"}));
    QVERIFY(!other.rows.back().cells[1].tile && other.rows.back().cells[2].tile->isMean);
}

/// Each class has its own, and an edit can send a picture another way down a tree: what stands in one column is then
/// not of one thing.
void TestPrototypeTiles::comparesNoPrototypeWithAnother()
{
    const Explanation shown = prototypeExplanation({{{0, -1, 1, 1}}, {{1, -1, 1, 1}}}, peakedSimilarities(2));
    const std::vector<ClassOfMatrix> classes{{0, "a", {}, {}}, {1, "b", {}, {}}};
    const MapMatrix contrast = classMatrix(shown, classes, true);
    QCOMPARE(contrast.rows.size(), std::size_t{3});
    QVERIFY(!contrast.rows.back().cells.front().tile);
    QCOMPARE(contrast.rows.back().cells.front().caption, QString("not of the same prototype"));

    const Explanation before = prototypeExplanation({{{0, 0, 0.9, 1}, {1, 1, 0.2, 1}}}, peakedSimilarities(3));
    const Explanation after = prototypeExplanation({{{0, 0, 0.9, 1}, {2, 2, 0.2, 1}}}, peakedSimilarities(3));
    const MatrixRow less = editMatrix(before, after).rows.back();
    QVERIFY(less.cells[0].tile && !less.cells[1].tile && less.cells[2].tile); // the root, another node, the mean
}

void TestPrototypeTiles::figureShowsPatches_data()
{
    QTest::addColumn<PrototypePatch>("patch");
    QImage red(20, 10, QImage::Format_RGB32), blue(30, 30, QImage::Format_RGB32);
    red.fill(Qt::red);
    blue.fill(Qt::blue);
    QTest::newRow("damaged") << PrototypePatch{{}, {}, {}, "Its picture cannot be read: damaged"};
    QTest::newRow("nothing at all") << PrototypePatch{};
    QTest::newRow("a patch alone") << PrototypePatch{red, {}, {}, {}};
    QTest::newRow("with its picture") << PrototypePatch{red, blue, QRectF(0.2, 0.2, 0.3, 0.3), {}};
    QTest::newRow("a place beside its picture") << PrototypePatch{red, blue, QRectF(2, 2, 0.3, 0.3), {}};
}

void TestPrototypeTiles::figureShowsPatches()
{
    QFETCH(const PrototypePatch, patch);
    Explanation explanation = prototypeExplanation({{{0, -1, 2, 1}}}, peakedSimilarities(1));
    auto patches = std::make_shared<PrototypePatches>();
    patches->areThere = true;
    patches->known[0] = patch;
    explanation.patches = patches;
    const QImage image = drawn(headFigure(explanation));
    bool hasRed = false;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            hasRed = hasRed || image.pixel(x, y) == qRgb(255, 0, 0);
    QCOMPARE(hasRed, !patch.patch.isNull());
}

QTEST_MAIN(TestPrototypeTiles)
#include "test_prototype_tiles.moc"

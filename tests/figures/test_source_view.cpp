// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>

#include <QTest>

#include "core/image/model_input.h"
#include "tests/figures/synthetic_explanation.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/map_matrix.h"
#include "ui/figures/source_view.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

constexpr float infinite = std::numeric_limits<float>::infinity();

SourceMap mapOf(std::vector<float> values, bool isSigned = true)
{
    SourceMap map;
    map.source = "gradcam";
    map.settings = "stage=grid";
    map.classIndex = 2;
    map.rows = 1;
    map.columns = static_cast<int>(values.size());
    map.values = std::move(values);
    map.isSigned = isSigned;
    map.unit = isSigned ? "logit" : "share of attention";
    map.state = stateOf(map.values, isSigned);
    map.input = {400, 300};
    map.field = {100, 50, 0};
    map.milliseconds = 240;
    return map;
}

Explanation withMaps(std::vector<SourceMap> maps, const QString& words = {}, int classIndex = 2)
{
    Explanation explanation = syntheticExplanation();
    explanation.classIndex = classIndex;
    SourceView view{QStringLiteral("gradcam"), QStringLiteral("Grad-CAM"), {}, 2, std::move(maps), words};
    if (!view.maps.empty())
        view.unit = shownUnit(view.maps.front());
    return withSource(std::move(explanation), std::make_shared<const SourceView>(std::move(view)));
}

} // namespace

/// What a source other than the model's heads says, as tiles and figures have it.
class TestSourceView : public QObject {
    Q_OBJECT

private slots:
    void saysInWordsWhatNoMapCanShow_data()
    {
        QTest::addColumn<QList<float>>("values");
        QTest::addColumn<QString>("words");
        QTest::addColumn<bool>("isDrawn");
        QTest::newRow("not finite") << QList<float>{1, infinite, 0} << "Not finite: a value overflowed" << false;
        QTest::newRow("the same everywhere")
            << QList<float>{1, 1, 1} << "The same everywhere: no place stands out" << false;
        QTest::newRow("negative everywhere")
            << QList<float>{-1, -2, -3} << "Negative everywhere: nothing here speaks for the class" << true;
        QTest::newRow("good") << QList<float>{-1, 2, 3} << QString() << true;
    }

    void saysInWordsWhatNoMapCanShow()
    {
        QFETCH(const QList<float>, values);
        QFETCH(const QString, words);
        QFETCH(const bool, isDrawn);
        const Explanation shown = withMaps({mapOf({values.begin(), values.end()})});
        const std::vector<TileMap> tiles = tileMaps(shown);
        QCOMPARE(tiles.size(), std::size_t{1});
        QCOMPARE(tiles.front().words, words);
        QCOMPARE(!tiles.front().values.empty(), isDrawn);
        QCOMPARE(tiles.front().title, QString("Grad-CAM"));
    }

    void aClassOrAStateWithoutAMapSaysSo()
    {
        const std::vector<TileMap> coming = tileMaps(withMaps({}, QStringLiteral("On its way")));
        QCOMPARE(coming.size(), std::size_t{1});
        QVERIFY(coming.front().values.empty());
        QCOMPARE(coming.front().words, QString("On its way"));
        const std::vector<TileMap> other = tileMaps(withMaps({mapOf({1, 2, 3})}, {}, 3));
        QVERIFY(other.front().values.empty());
        QCOMPARE(other.front().words, QString("This class has no map from this source"));
    }

    void signedMapsDivergeAboutZero()
    {
        const Explanation shown = withMaps({mapOf({-0.5F, 0.25F, 0.1F})});
        const TileMap tile = tileMaps(shown).front();
        QVERIFY(shown.style.colourMap == ColourMap::Diverging);
        QCOMPARE(tile.range, (Range{-0.5F, 0.5F}));
        QCOMPARE(tile.peak, 0.25F);
        QCOMPARE(tile.trough.value(), -0.5F);
        QCOMPARE(FigureText::peak(tile), QString("−0.5 to 0.25"));
        QCOMPARE(FigureText::value(tile, 0.1), QString("0.1 logit"));
        QCOMPARE(FigureText::scale(shown.style, shown.unit()), QString("logit, signed: 0 is in the middle"));
        QCOMPARE(shown.geometry.columns(), 3);
        QCOMPARE(FigureText::layer(shown), QString("Grad-CAM"));
        QVERIFY(FigureText::changes(shown).contains("Maps by Grad-CAM: stage=grid; 0.24 s"));
    }

    void mapsLieWhereTheModelSees()
    {
        Explanation explanation = syntheticExplanation(); // 500 x 375
        explanation.classIndex = 2;
        const Size picture{explanation.picture.width(), explanation.picture.height()};
        explanation.geometry = CellGeometry(picture, InputPlace{{400, 300}, 100, 0, {200, 300}}, 3, 2, {100, 50, 0});
        SourceMap map = mapOf({1, 2});
        map.input = {100, 150}; // half of the view's
        map.field = {50, 25, 0};
        const SourceView view{QStringLiteral("rise"), QStringLiteral("RISE"), QStringLiteral("logit"), 2, {map}, {}};
        const Explanation shown = withSource(explanation, std::make_shared<const SourceView>(view));
        QCOMPARE(shown.geometry.seen().left, 125.0);
        QCOMPARE(shown.geometry.seen().width, 250.0);
        QCOMPARE(shown.geometry.centre({0, 0}).x, explanation.geometry.centre({0, 0}).x);
    }

    void attentionStaysTimesUniform()
    {
        const Explanation shown = withMaps({mapOf({0.25F, 0.75F}, false)});
        const TileMap tile = tileMaps(shown).front();
        QVERIFY(shown.style.colourMap != ColourMap::Diverging);
        QVERIFY(shown.unit().isEmpty());
        QCOMPARE(tile.values, (std::vector<float>{0.5F, 1.5F}));
        QCOMPARE(FigureText::peak(tile), QString("peak 1.5×"));
    }

    void headsOfASourceShareAScale()
    {
        std::vector<SourceMap> maps{mapOf({-1, 0, 1}), mapOf({-4, 0, 2})};
        maps[0].head = 0;
        maps[1].head = 1;
        const std::vector<TileMap> tiles = tileMaps(withMaps(std::move(maps)));
        QCOMPARE(tiles.size(), std::size_t{2});
        QCOMPARE(tiles[1].head, 1);
        QCOMPARE(tiles[0].range, (Range{-4, 4}));
        QCOMPARE(tiles[0].title, QString("Grad-CAM, Head 1"));
    }

    void aHeadThatIsNotThereIsTheLastTile()
    {
        QCOMPARE(tileOfHead(withMaps({mapOf({1, 2, 3})}), 3)->title, QString("Grad-CAM"));
        QCOMPARE(tileOfHead(syntheticExplanation(), 3)->title, QString("Head 4"));
        QVERIFY(!tileOfHead(Explanation(), 0));
    }

    void columnsOfSourcesKeepTheirOwnScales()
    {
        MapMatrix matrix;
        matrix.scalePerColumn = true;
        matrix.columns = {"a", "b"};
        for (const float end : {1.0F, 3.0F}) {
            MatrixRow& row = matrix.rows.emplace_back();
            for (const float times : {1.0F, 100.0F}) {
                const auto shown = std::make_shared<const Explanation>(withMaps({mapOf({0, times * end})}));
                row.cells.push_back({shown, tileMaps(*shown).front(), {}});
            }
        }
        shareScales(matrix);
        QCOMPARE(matrix.rows[0].cells[0].tile->range, (Range{-3, 3}));
        QCOMPARE(matrix.rows[0].cells[1].tile->range, (Range{-300, 300}));
        QCOMPARE(matrix.rows[1].cells[0].tile->range, (Range{-3, 3}));
    }
};

QTEST_MAIN(TestSourceView)
#include "test_source_view.moc"

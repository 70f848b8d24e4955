// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>
#include <QJsonDocument>
#include <QtTest>

#include "tests/figures/hostile_texts.h"
#include "tests/figures/synthetic_explanation.h"
#include "ui/figures/plate.h"
#include "ui/figures/plate_caption.h"

using namespace ocellus;

namespace {

std::vector<ClassOfMatrix> threeClasses()
{
    return {{3, "3 Passerina ciris", {}, {}}, {1, "1 Passerina amoena", {}, {}}, {0, "0", {}, {}}};
}

QStringList titles(const Plate& plate)
{
    QStringList all;
    for (const PlateRow& row : plate.rows)
        for (const PlateTile& tile : row.tiles)
            if (!tile.isEmpty())
                all += tile.label + ':' + tile.title;
    return all;
}

PlateOptions without(std::set<int> heads, std::set<int> classes = {})
{
    PlateOptions options;
    options.hiddenHeads = std::move(heads);
    options.hiddenClasses = std::move(classes);
    return options;
}

} // namespace

/// What of a table of maps is chosen for a figure, and what its caption says.
class TestPlate : public QObject {
    Q_OBJECT

private slots:
    void optionsFromElsewhere_data();
    void optionsFromElsewhere();
    void optionsComeBack();
    void manyHiddenAreBounded();
    void sizes();
    void lettersGoOn();
    void latinNames_data();
    void latinNames();
    void namesInTexts_data();
    void namesInTexts();
    void headsAreChosenByNumber();
    void classesAreChosenByIndex();
    void differencesAreChosenByPlace();
    void allIsHidden();
    void thePictureStandsOnce();
    void ranges();
    void rulesAndScales();
    void differencesStayDifferences();
    void captionSaysWhatItIs();
    void captionOfHostileTexts_data();
    void captionOfHostileTexts();
};

void TestPlate::optionsFromElsewhere_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("nothing") << QByteArray("{}");
    QTest::newRow("other types") << QByteArray(R"({"width":"wide","columns":[1],"labels":7,"notes":"yes","low":{}})");
    QTest::newRow("out of range") << QByteArray(
        R"({"width":1e300,"mostHeight":-5,"columns":-3,"dotsPerInch":1000000,"textSize":0,"millimetresPerPixel":-1})");
    QTest::newRow("unknown words") << QByteArray(R"({"overlay":"rainbow","labels":"runes","scaleBar":"yard"})");
    QTest::newRow("empty range") << QByteArray(R"({"low":5,"high":5})");
    QTest::newRow("huge range") << QByteArray(R"({"low":-1e39,"high":1e39})");
    QTest::newRow("hidden nonsense") << QByteArray(R"({"hiddenHeads":["a",-7,1.5,null],"hiddenClasses":-1})");
}

void TestPlate::optionsFromElsewhere()
{
    QFETCH(const QByteArray, json);
    const QJsonDocument document = QJsonDocument::fromJson(json);
    QVERIFY(document.isObject());
    const PlateOptions options = plateOptionsOf(document.object());
    QCOMPARE(limited(options), options);
    QVERIFY(options.hiddenHeads.empty() && options.hiddenClasses.empty() && !options.overlay);
    QVERIFY(options.given.high > options.given.low && std::abs(options.given.high) < 1e6F);
}

void TestPlate::optionsComeBack()
{
    PlateOptions options = withSize({}, PlateSize::Slide);
    options.columns = 3;
    options.fontFamily = QString::fromUtf8("DejaVu Sérif");
    options.labels = PlateOptions::Labels::Rows;
    options.names = PlateOptions::Names::Upright;
    options.numbers = PlateOptions::Numbers::PeakAndScore;
    options.rowTitles = options.notes = options.colourBar = false;
    options.predictions = true;
    options.picture = PlateOptions::Picture::Large;
    options.overlay = OverlayRule::Spotlight;
    options.valueScale = ValueScale::Logarithmic;
    options.range = PlateOptions::RangeRule::Given;
    options.given = {0.5F, 12};
    options.scale = PlateOptions::Scale::Given;
    options.millimetresPerPixel = 0.0042;
    options.hiddenHeads = {-1, 2};
    options.hiddenClasses = {0, 17};
    const QByteArray json = QJsonDocument(jsonOf(options)).toJson();
    QCOMPARE(plateOptionsOf(QJsonDocument::fromJson(json).object()), options);
    options.hiddenRows = {1}; // places mean nothing elsewhere
    QVERIFY(plateOptionsOf(jsonOf(options)).hiddenRows.empty());
}

void TestPlate::manyHiddenAreBounded()
{
    PlateOptions options;
    options.fontFamily = QString(100'000, QChar(0x8776));
    for (int i = 0; i < 100'000; ++i)
        options.hiddenClasses.insert(i);
    // A session has room for 64 KiB of what the window alone understands.
    QVERIFY(QJsonDocument(jsonOf(limited(options))).toJson(QJsonDocument::Compact).size() < 32 << 10);
}

void TestPlate::sizes()
{
    for (const PlateSize size : {PlateSize::Single, PlateSize::Double, PlateSize::Slide})
        QCOMPARE(sizeOf(withSize({}, size)), size);
    PlateOptions other;
    other.width = 100;
    QCOMPARE(sizeOf(other), PlateSize::Other);
    QCOMPARE(withSize(other, PlateSize::Other), other);
    QCOMPARE(withSize({}, PlateSize::Single).width, 85.0);
}

void TestPlate::lettersGoOn()
{
    for (const auto& [number, letters] :
         {std::pair(0, "a"), std::pair(25, "z"), std::pair(26, "aa"), std::pair(51, "az"), std::pair(702, "aaa")})
        QCOMPARE(plateLabel(number), QString(letters));
}

void TestPlate::latinNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isLatin");
    QTest::newRow("species") << "Calcidella aurantia" << true;
    QTest::newRow("subspecies") << "Limenitis arthemis astyanax" << true;
    QTest::newRow("hyphen") << "Polygonia c-album" << true;
    QTest::newRow("English") << "Painted Bunting" << false;
    QTest::newRow("genus") << "Danaus" << false;
    QTest::newRow("number") << "Class 7" << false;
    QTest::newRow("nothing") << "" << false;
}

void TestPlate::latinNames()
{
    QFETCH(const QString, name);
    QFETCH(const bool, isLatin);
    QCOMPARE(isLatinName(name), isLatin);
}

void TestPlate::namesInTexts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qsizetype>("at");
    QTest::addColumn<int>("classIndex");
    QTest::newRow("nowhere") << "Painted" << qsizetype(-1) << 0;
    QTest::newRow("part of a word") << "13 Danaus" << qsizetype(-1) << 0;
    QTest::newRow("part of a name") << "3 Danausoides" << qsizetype(-1) << 0;
    QTest::newRow("in a sentence") << "less 3 Danaus" << qsizetype(5) << 3;
    QTest::newRow("first") << "3 Danaus less 1 Vanessa" << qsizetype(0) << 3;
    QTest::newRow("number") << "2" << qsizetype(0) << 2;
    QTest::newRow("number of a class") << "2 in a picture" << qsizetype(0) << 2;
    QTest::newRow("other number") << "rank 2 of 5" << qsizetype(-1) << 0;
    QTest::newRow("number of a file") << "picture2.png" << qsizetype(-1) << 0;
}

void TestPlate::namesInTexts()
{
    QFETCH(const QString, text);
    QFETCH(const qsizetype, at);
    QFETCH(const int, classIndex);
    const std::vector<PlateName> names{{"1 Vanessa", "Vanessa", 1}, {"3 Danaus", "Danaus", 3}, {"2", "Class 2", 2}};
    const NamePlace found = firstName(text, names);
    QCOMPARE(found.at, at);
    if (found.name)
        QCOMPARE(found.name->classIndex, classIndex);
}

void TestPlate::headsAreChosenByNumber()
{
    Explanation explanation = test::syntheticExplanation({.heads = 3});
    QCOMPARE(titles(plateOf(headMatrix(explanation), {})),
             (QStringList{"a:Picture", "b:Head 1", "c:Head 2", "d:Head 3", "e:Mean"}));
    QCOMPARE(titles(plateOf(headMatrix(explanation), without({1, -1}))),
             (QStringList{"a:Picture", "b:Head 1", "c:Head 3"}));
    explanation.sortByRanking = true; // whatever their order
    QVERIFY(!titles(plateOf(headMatrix(explanation), without({1}))).join(' ').contains("Head 2"));
    const MapMatrix table = classMatrix(explanation, threeClasses(), true);
    QVERIFY(!titles(plateOf(table, without({1}))).join(' ').contains("Head 2"));
}

void TestPlate::classesAreChosenByIndex()
{
    const MapMatrix table = classMatrix(test::syntheticExplanation({.heads = 2}), threeClasses(), false);
    const Plate plate = plateOf(table, without({}, {1}));
    QCOMPARE(plate.rows.size(), 2U);
    QCOMPARE(plate.rows[1].title, QString("0"));
    QCOMPARE(plate.names.front().name, QString("Passerina ciris"));
    QCOMPARE(plate.names.back().name, QString("Class 0"));
}

void TestPlate::differencesAreChosenByPlace()
{
    const MapMatrix table = classMatrix(test::syntheticExplanation({.heads = 2}), threeClasses(), true);
    QCOMPARE(static_cast<int>(rowKey(table, 3).kind), static_cast<int>(PlateKey::Kind::Row));
    PlateOptions options;
    leaveOut(options, rowKey(table, 3), true);
    QVERIFY(isLeftOut(options, rowKey(table, 3)) && !isLeftOut(options, rowKey(table, 4)));
    QCOMPARE(plateOf(table, options).rows.size(), 4U);
    leaveOut(options, rowKey(table, 3), false);
    QCOMPARE(options, PlateOptions());
}

void TestPlate::allIsHidden()
{
    const MapMatrix table = classMatrix(test::syntheticExplanation({.heads = 1}), threeClasses(), false);
    QVERIFY(plateOf(table, without({0, -1})).isEmpty());
    QVERIFY(plateOf(table, without({}, {0, 1, 3})).isEmpty());
    QCOMPARE(captionOf(plateOf(table, without({0, -1}))), QString());
}

void TestPlate::thePictureStandsOnce()
{
    const MapMatrix table = classMatrix(test::syntheticExplanation({.heads = 1}), threeClasses(), true);
    PlateOptions options;
    QCOMPARE(titles(plateOf(table, options)).count("a:Picture"), 1);
    const Plate inLine = plateOf(table, options);
    for (const PlateRow& row : inLine.rows)
        QCOMPARE(row.tiles.size(), 3U);
    options.picture = PlateOptions::Picture::None;
    QVERIFY(!titles(plateOf(table, options)).join(' ').contains("Picture"));
    options.picture = PlateOptions::Picture::Large;
    QVERIFY(plateOf(table, options).rows[0].tiles[0].isLarge);
    QCOMPARE(plateOf(table, options).rows[1].tiles.size(), 2U);
}

void TestPlate::ranges()
{
    Explanation explanation = test::syntheticExplanation({.heads = 3});
    explanation.lockedRange = Range{0, 99};
    const auto ranges = [&](PlateOptions::RangeRule rule) {
        PlateOptions options = without({2, -1});
        options.range = rule;
        options.given = {1, 7};
        std::vector<Range> found;
        const Plate plate = plateOf(headMatrix(explanation), options);
        for (const PlateTile& tile : plate.rows.front().tiles)
            if (tile.map)
                found.push_back(tile.map->range);
        return found;
    };
    QCOMPARE(ranges(PlateOptions::RangeRule::AsShown).size(), 2U);
    for (const Range& range : ranges(PlateOptions::RangeRule::AsShown))
        QCOMPARE(range.high, 99.0F);
    for (const Range& range : ranges(PlateOptions::RangeRule::Given))
        QVERIFY(range == (Range{1, 7}));
    const auto shared = ranges(PlateOptions::RangeRule::Shared), own = ranges(PlateOptions::RangeRule::Own);
    QCOMPARE(shared[0], shared[1]);
    QCOMPARE(shared[0].high, std::max(own[0].high, own[1].high));
    QVERIFY(own[0] != own[1]);
}

void TestPlate::rulesAndScales()
{
    PlateOptions options;
    options.overlay = OverlayRule::HeatOnGrey;
    options.valueScale = ValueScale::Linear;
    options.range = PlateOptions::RangeRule::Own;
    const Plate plate = plateOf(headMatrix(test::syntheticExplanation()), options);
    const MapStyle& style = plate.firstMap(false)->explanation->style;
    QVERIFY(style.overlay == OverlayRule::HeatOnGrey);
    QVERIFY(style.scale == ValueScale::Linear);
    QVERIFY(style.perMapStretch);
    const QString caption = captionOf(plate);
    QVERIFY2(caption.contains("stretched") && caption.contains("linear scale"), qPrintable(caption));
}

void TestPlate::differencesStayDifferences()
{
    const MapMatrix table = classMatrix(test::syntheticExplanation(), threeClasses(), true);
    PlateOptions options;
    options.overlay = OverlayRule::Contours; // which say nothing of a sign
    options.range = PlateOptions::RangeRule::Own;
    const Plate plate = plateOf(table, options);
    const PlateTile* difference = plate.firstMap(true);
    QVERIFY(difference && difference->explanation->style.overlay != OverlayRule::Contours);
    QVERIFY(!difference->explanation->style.perMapStretch);
    QCOMPARE(difference->map->range.low, -difference->map->range.high);
}

void TestPlate::captionSaysWhatItIs()
{
    Explanation before = test::syntheticExplanation({.heads = 2});
    before.className = "3 Passerina ciris";
    before.limit = "limited to 3 of 5 (zero)";
    before.notices = QStringList{"untrained"};
    before.headNotes = QStringList{"crown"};
    Explanation after = before;
    after.edits = "1. Recolour (hue +20°)";
    PlateOptions options;
    options.scale = PlateOptions::Scale::Given;
    options.millimetresPerPixel = 0.0042;
    const QString caption = captionOf(plateOf(editMatrix(before, after), options));
    for (const char* said : {"Passerina ciris (class 3)",
                             "bunting.jpg",
                             "layer 2 of 2",
                             "(a) Picture",
                             "Head 1",
                             "crown",
                             "peak",
                             "score",
                             "Before",
                             "After",
                             "edited",
                             "Recolour (hue +20°)",
                             "Limited to 3 of 5 (zero)",
                             "Untrained",
                             "times uniform",
                             "viridis",
                             "square-root scale",
                             "one range for all maps",
                             "0.0042 mm a pixel",
                             "intr_cub.pth",
                             "0123456789ab",
                             "Ocellus"})
        QVERIFY2(caption.contains(QString::fromUtf8(said)), qPrintable(QString::fromUtf8(said) + ": " + caption));
    QVERIFY(!caption.contains("..") && !caption.contains('\n'));
    QVERIFY(captionOf(plateOf(headMatrix(after), {})).contains("edited", Qt::CaseInsensitive));
    after.stale = true;
    QVERIFY(captionOf(plateOf(headMatrix(after), {})).contains("Out of date"));
}

void TestPlate::captionOfHostileTexts_data()
{
    QTest::addColumn<QString>("text");
    test::addHostileTexts();
}

void TestPlate::captionOfHostileTexts()
{
    QFETCH(const QString, text);
    Explanation explanation = test::syntheticExplanation({.heads = 2});
    explanation.className = explanation.pictureName = explanation.modelName = explanation.edits = text;
    const QString caption = captionOf(plateOf(headMatrix(explanation), {}));
    QVERIFY(!caption.isEmpty() && caption.isValidUtf16());
    for (const QChar letter : caption)
        QVERIFY(letter.unicode() >= 0x20 && letter.unicode() != 0x7f && letter.unicode() != 0x202e);
}

QTEST_MAIN(TestPlate)

#include "test_plate.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <set>

#include <QtTest>

#include "core/base/hash.h"
#include "core/dataset/dataset_split.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

/// `count` pictures of each of `classes` classes, views a and b of every specimen.
Dataset specimens(int classes, int count)
{
    Dataset dataset;
    dataset.columns = {"observer"};
    for (int c = 0; c < classes; ++c)
        for (int i = 0; i < count; ++i) {
            DatasetPicture& picture = dataset.pictures.emplace_back();
            picture.className = "class" + std::to_string(c);
            picture.path =
                "/photos/" + picture.className + "/bird" + std::to_string(i / 2) + (i % 2 ? "_b" : "_a") + ".jpg";
            picture.columns = {"observer" + std::to_string((c * count + i) % 7)};
            picture.sha256 = sha256(picture.path.string());
        }
    return dataset;
}

std::array<std::size_t, 4> total(const Dataset& dataset)
{
    std::array<std::size_t, 4> sum{};
    for (const auto& count : stateOf(dataset).counts())
        for (std::size_t i = 0; i < count.size(); ++i)
            sum[i] += count[i];
    return sum;
}

} // namespace

Q_DECLARE_METATYPE(ocellus::SplitRecipe)

/// Splits are drawn by groups, the same everywhere.
class TestDatasetSplit : public QObject {
    Q_OBJECT

private slots:
    void refuses_data();
    void refuses();
    void refusesWhatCannotBeDivided();
    void keepsGroupsWhole_data();
    void keepsGroupsWhole();
    void keepsCopiesTogether();
    void givesEachClassSome();
    void leavesOutWhatIsExcluded();
    void isTheSameEverywhere();
};

void TestDatasetSplit::refuses_data()
{
    QTest::addColumn<SplitRecipe>("recipe");
    const auto row = [](const char* name, double val, double test, SplitGroup group = SplitGroup::Stem,
                        const char* column = "") {
        SplitRecipe recipe;
        recipe.valShare = val;
        recipe.testShare = test;
        recipe.group = group;
        recipe.column = column;
        QTest::newRow(name) << recipe;
    };
    row("nothing", 0, 0);
    row("all", 1, 0);
    row("more than there is", 0.5, 0.5);
    row("less than nothing", -0.1, 0.5);
    row("no number", std::nan(""), 0);
    row("column that is not there", 0.2, 0, SplitGroup::Column, "ring");
}

void TestDatasetSplit::refuses()
{
    QFETCH(const SplitRecipe, recipe);
    QCOMPARE(errorOf([&] { drawSplit(specimens(2, 6), recipe); }), std::optional(ErrorCode::BadArgument));
}

void TestDatasetSplit::refusesWhatCannotBeDivided()
{
    SplitRecipe recipe;
    recipe.group = SplitGroup::Folder; // one a class
    QCOMPARE(errorOf([&] { drawSplit(specimens(2, 6), recipe); }), std::optional(ErrorCode::BadArgument));
    QCOMPARE(errorOf([&] { drawSplit(Dataset(), {}); }), std::optional(ErrorCode::BadArgument));
}

void TestDatasetSplit::keepsGroupsWhole_data()
{
    QTest::addColumn<SplitRecipe>("recipe");
    for (const SplitGroup group : {SplitGroup::None, SplitGroup::Stem, SplitGroup::Column})
        for (const bool stratified : {true, false}) {
            SplitRecipe recipe;
            recipe.valShare = 0.3;
            recipe.testShare = 0.2;
            recipe.group = group;
            recipe.column = group == SplitGroup::Column ? "Observer" : "";
            recipe.stratified = stratified;
            QTest::addRow("group %d, %s", static_cast<int>(group), stratified ? "of each class" : "of all") << recipe;
        }
}

void TestDatasetSplit::keepsGroupsWhole()
{
    QFETCH(const SplitRecipe, recipe);
    Dataset dataset = specimens(5, 40);
    addStep(dataset, drawSplit(dataset, recipe));
    const DatasetState state = stateOf(dataset);
    for (const std::vector<int>& group : groupsToKeep(dataset, state, recipe, {})) {
        std::set<PictureSplit> splits;
        for (const int picture : group)
            splits.insert(state.members[static_cast<std::size_t>(picture)].split);
        QCOMPARE(splits.size(), std::size_t{1});
    }
    const auto sums = total(dataset);
    const std::size_t tolerance = recipe.group == SplitGroup::Column ? 30 : 5;
    QVERIFY2(sums[2] + tolerance >= 60 && sums[2] <= 60 + tolerance, qPrintable(QString::number(sums[2])));
    QVERIFY2(sums[3] + tolerance >= 40 && sums[3] <= 40 + tolerance, qPrintable(QString::number(sums[3])));
    QCOMPARE(sums[0], std::size_t{0});
}

void TestDatasetSplit::keepsCopiesTogether()
{
    Dataset dataset = specimens(2, 20);
    dataset.pictures[30].sha256 = dataset.pictures[3].sha256;
    const std::vector<NearDuplicate> alike{{5, 37, 0.99, true}, {37, 11, 0.98, false}};
    for (std::uint64_t seed = 1; seed < 20; ++seed) {
        SplitRecipe recipe;
        recipe.seed = seed;
        recipe.group = SplitGroup::None;
        Dataset drawn = dataset;
        addStep(drawn, drawSplit(dataset, recipe, alike));
        const DatasetState state = stateOf(drawn);
        QVERIFY(state.members[30].split == state.members[3].split);
        QVERIFY(state.members[5].split == state.members[37].split);
        QVERIFY(state.members[11].split == state.members[37].split);
    }
}

void TestDatasetSplit::givesEachClassSome()
{
    Dataset dataset = specimens(3, 4); // two specimens each, of which a fifth is less than one
    SplitRecipe recipe;
    addStep(dataset, drawSplit(dataset, recipe));
    for (const auto& count : stateOf(dataset).counts())
        QCOMPARE(count, (std::array<std::size_t, 4>{0, 2, 2, 0}));
}

void TestDatasetSplit::leavesOutWhatIsExcluded()
{
    Dataset dataset = specimens(2, 20);
    addStep(dataset, ExcludePictures{{0, 1, 2, 3}, "x"});
    const DrawnSplit drawn = drawSplit(dataset, {});
    for (const int picture : drawn.val)
        QVERIFY(picture > 3);
}

/// The numbers are written down: another machine, compiler or library that draws others has a bug.
void TestDatasetSplit::isTheSameEverywhere()
{
    const Dataset dataset = specimens(2, 12);
    SplitRecipe recipe;
    recipe.valShare = 0.25;
    const DrawnSplit one = drawSplit(dataset, recipe);
    QCOMPARE(one.val, std::vector<int>({10, 11, 16, 17}));
    Dataset moved = dataset;
    for (DatasetPicture& picture : moved.pictures)
        picture.path = "/another/place" + picture.path.string();
    QCOMPARE(drawSplit(moved, recipe).val, one.val);
    recipe.seed = 2;
    QVERIFY(drawSplit(dataset, recipe).val != one.val);
}

QTEST_GUILESS_MAIN(TestDatasetSplit)
#include "test_dataset_split.moc"

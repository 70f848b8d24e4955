// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/dataset/dataset_state.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

Dataset threeWrens()
{
    Dataset dataset;
    for (const char* name : {"Wren", "wren", "Robin"}) {
        DatasetPicture& picture = dataset.pictures.emplace_back();
        picture.path = std::string("/x/") + name + ".jpg";
        picture.className = name;
        picture.size = {100, 50};
    }
    return dataset;
}

} // namespace

Q_DECLARE_METATYPE(ocellus::DatasetStep)

/// Decisions are values that can be undone.
class TestDatasetSteps : public QObject {
    Q_OBJECT

private slots:
    void refuses_data();
    void refuses();
    void merges();
    void chainsMerges();
    void excludesAndIncludes();
    void undoes();
    void cropsWithinThePicture_data();
    void cropsWithinThePicture();
};

void TestDatasetSteps::refuses_data()
{
    QTest::addColumn<DatasetStep>("step");
    QTest::newRow("no pictures") << DatasetStep(ExcludePictures{{}, "x"});
    QTest::newRow("picture that is not there") << DatasetStep(ExcludePictures{{3}, "x"});
    QTest::newRow("picture before the first") << DatasetStep(IncludePictures{{-1}});
    QTest::newRow("picture twice") << DatasetStep(AssignSplit{{1, 1}, PictureSplit::Val});
    QTest::newRow("no split") << DatasetStep(AssignSplit{{1}, PictureSplit::Unset});
    QTest::newRow("class that is not there") << DatasetStep(MergeClasses{{"Gull"}, "Wren"});
    QTest::newRow("class into itself") << DatasetStep(MergeClasses{{"Wren"}, "Wren"});
    QTest::newRow("merge of nothing") << DatasetStep(MergeClasses{{}, "Wren"});
    QTest::newRow("no name") << DatasetStep(AssignClass{{0}, ""});
    QTest::newRow("name of spaces") << DatasetStep(AssignClass{{0}, " "});
    QTest::newRow("boxes of another count") << DatasetStep(AssignBoxes{{0, 1}, {PixelBox{0, 0, 1, 1}}});
    QTest::newRow("margin below 0") << DatasetStep(CropToBoxes{true, -0.1});
    QTest::newRow("picture in val and test") << DatasetStep(DrawnSplit{{}, {0}, {0}});
}

void TestDatasetSteps::refuses()
{
    QFETCH(const DatasetStep, step);
    Dataset dataset = threeWrens();
    QCOMPARE(errorOf([&] { addStep(dataset, step); }), std::optional(ErrorCode::BadArgument));
    QVERIFY(dataset.steps.empty());
}

void TestDatasetSteps::merges()
{
    Dataset dataset = threeWrens();
    QCOMPARE(stateOf(dataset).classNames, std::vector<std::string>({"Robin", "Wren", "wren"}));
    addStep(dataset, MergeClasses{{"wren"}, "Wren"});
    const DatasetState state = stateOf(dataset);
    QCOMPARE(state.classNames, std::vector<std::string>({"Robin", "Wren"}));
    QCOMPARE(state.members[1].classIndex, 1);
    QCOMPARE(dataset.pictures[1].className, std::string("wren"));
}

void TestDatasetSteps::chainsMerges()
{
    Dataset dataset = threeWrens();
    addStep(dataset, MergeClasses{{"Wren", "wren"}, "Troglodytes"});
    addStep(dataset, AssignClass{{2}, "Wren"});
    addStep(dataset, MergeClasses{{"Troglodytes"}, "Wren"});
    QCOMPARE(stateOf(dataset).classNames, std::vector<std::string>({"Wren"}));
}

void TestDatasetSteps::excludesAndIncludes()
{
    Dataset dataset = threeWrens();
    addStep(dataset, ExcludePictures{{0, 2}, "tiny"});
    QCOMPARE(stateOf(dataset).classNames, std::vector<std::string>({"wren"}));
    QCOMPARE(stateOf(dataset).members[2].excluded, std::string("tiny"));
    addStep(dataset, IncludePictures{{2}});
    QCOMPARE(stateOf(dataset).classNames, std::vector<std::string>({"Robin", "wren"}));
}

void TestDatasetSteps::undoes()
{
    Dataset dataset = threeWrens();
    QVERIFY(!undoStep(dataset));
    addStep(dataset, MergeClasses{{"wren"}, "Wren"});
    addStep(dataset, DrawnSplit{{}, {0}, {}});
    QCOMPARE(stateOf(dataset).counts()[1], (std::array<std::size_t, 4>{0, 1, 1, 0}));
    const std::optional<DatasetStep> undone = undoStep(dataset);
    QCOMPARE(stateOf(dataset).undivided(), std::size_t{3});
    addStep(dataset, *undone);
    QCOMPARE(stateOf(dataset).undivided(), std::size_t{0});
}

void TestDatasetSteps::cropsWithinThePicture_data()
{
    QTest::addColumn<PixelBox>("box");
    QTest::addColumn<double>("margin");
    QTest::addColumn<std::optional<PixelBox>>("crop");
    QTest::newRow("inside") << PixelBox{10, 10, 20, 10} << 0.1 << std::optional(PixelBox{8, 8, 24, 14});
    QTest::newRow("at the edge") << PixelBox{-5, 0, 25, 10} << 0.5 << std::optional(PixelBox{0, 0, 30, 20});
    QTest::newRow("all of it") << PixelBox{1, 1, 98, 48} << 0.1 << std::optional<PixelBox>();
    QTest::newRow("outside") << PixelBox{200, 10, 20, 10} << 0.1 << std::optional<PixelBox>();
    QTest::newRow("no box") << PixelBox{} << 0.1 << std::optional<PixelBox>();
}

void TestDatasetSteps::cropsWithinThePicture()
{
    QFETCH(const PixelBox, box);
    QFETCH(const double, margin);
    QFETCH(const std::optional<PixelBox>, crop);
    Dataset dataset = threeWrens();
    addStep(dataset, AssignBoxes{{0}, {box}});
    QVERIFY(!cropOf(stateOf(dataset), 0, dataset.pictures[0].size));
    addStep(dataset, CropToBoxes{true, margin});
    QCOMPARE(cropOf(stateOf(dataset), 0, dataset.pictures[0].size), crop);
    addStep(dataset, CropToBoxes{false, margin});
    QVERIFY(!cropOf(stateOf(dataset), 0, dataset.pictures[0].size));
}

QTEST_GUILESS_MAIN(TestDatasetSteps)
#include "test_dataset_steps.moc"

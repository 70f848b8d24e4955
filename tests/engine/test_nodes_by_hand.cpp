// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <numeric>

#include <QTemporaryDir>
#include <QTest>

#include "core/engine/engine.h"
#include "core/engine/tree_answer.h"
#include "core/explain/head_importance.h"
#include "tests/support/error_of.h"
#include "tests/support/small_prototypes.h"
#include "tests/support/whole_transformers.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

constexpr int classIndex = 1;
constexpr int rootPrototype = 2, branchPrototype = 0; // of smallProtoTree(): of nodes 0 and 4

ModelInput pictureOf(int side)
{
    ModelInput input;
    input.inputSize = input.pictureSize = {side, side};
    input.values.resize(3 * static_cast<std::size_t>(side * side));
    fillByFormula("image", -2, 2, input.values);
    input.key = contentKey(std::string_view("picture"));
    return input;
}

/// What the leaves 1, 5 and 6 of the written tree say of each class.
std::array<std::array<double, 3>, 3> leaves()
{
    const PrototypeFormula model(protoTreeTensors(smallProtoTree()));
    std::array<std::array<double, 3>, 3> all{};
    const std::array<std::string, 3> names{"_root.l._dist_params", "_root.r.l._dist_params", "_root.r.r._dist_params"};
    for (std::size_t leaf = 0; leaf < names.size(); ++leaf) {
        std::vector<float> values(3);
        model.read(*std::ranges::find(model.tensors(), names[leaf], &TensorInfo::name), values);
        double sum = 0;
        for (const float value : values)
            sum += std::exp(static_cast<double>(value));
        for (std::size_t c = 0; c < 3; ++c)
            all[leaf][c] = std::exp(static_cast<double>(values[c])) / sum;
    }
    return all;
}

/// By hand: leaf 1 where the root's prototype is absent, else 5 or 6 by that of branch 4.
double probabilityOf(int c, double root, double branch)
{
    const auto place = static_cast<std::size_t>(c);
    const auto all = leaves();
    return (1 - root) * all[0][place] + root * ((1 - branch) * all[1][place] + branch * all[2][place]);
}

double sumOf(const std::vector<float>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0);
}

double greatest(const std::vector<float>& values)
{
    return static_cast<double>(std::ranges::max(values));
}

} // namespace

/// Nodes of a ProtoTree and concepts of a Concept Transformer that are taken away by hand, whole or from places.
class TestNodesByHand : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void refuses_data();
    void refuses();
    void aNodeLessGoesLeft_data();
    void aNodeLessGoesLeft();
    void aNodeIsLookedForInTheCellsThatAreLeft();
    void allCellsLessIsTheWholeNodeLess();
    void theWholeAnswerStays();
    void aNodesImportanceIsWhatTheTreeSaysWithoutIt();
    void aConceptLessIsItsContributionLessForEveryClass();
    void aConceptLosesPlaces();
    void aConceptsImportanceIsItsContribution();

private:
    std::shared_ptr<const Decoding> without(const AttentionIntervention& intervention)
    {
        return m_engine.decode(m_encoding, {}, intervention);
    }
    std::shared_ptr<const Decoding> withoutConcepts(const AttentionIntervention& intervention)
    {
        return m_concepts.decode(m_conceptEncoding, {}, intervention);
    }

    QTemporaryDir m_folder;
    Engine m_engine{EngineOptions{}};
    std::shared_ptr<const Encoding> m_encoding;
    std::shared_ptr<const Decoding> m_whole;
    Engine m_concepts{EngineOptions{}};
    std::shared_ptr<const Encoding> m_conceptEncoding;
    std::shared_ptr<const Decoding> m_wholeConcepts;
};

void TestNodesByHand::initTestCase()
{
    QVERIFY(m_folder.isValid());
    const std::filesystem::path tree = m_folder.filePath("tree.pth").toStdString();
    std::ofstream(tree, std::ios::binary) << wholeProtoTree().file();
    QVERIFY(m_engine.open(tree).offer.canIntervene);
    m_encoding = m_engine.encode(pictureOf(16));
    m_whole = m_engine.decode(m_encoding, {});
    const std::filesystem::path concepts = m_folder.filePath("concepts.pth").toStdString();
    std::ofstream(concepts, std::ios::binary) << wholeConcepts().file();
    const ModelDescription& model = m_concepts.open(concepts);
    QVERIFY(model.offer.canIntervene);
    m_conceptEncoding = m_concepts.encode(pictureOf(model.preprocess->fixedSide));
    m_wholeConcepts = m_concepts.decode(m_conceptEncoding, {});
}

void TestNodesByHand::refuses_data()
{
    QTest::addColumn<AttentionIntervention>("intervention");
    QTest::newRow("a class that is not there") << AttentionIntervention{3, {0}, {}, 0, 0};
    QTest::newRow("a prototype that no branch has") << AttentionIntervention{1, {3}, {}, 0, 0};
    QTest::newRow("a cell of it") << AttentionIntervention{1, {}, {{3, {0}}}, 4, 4};
    QTest::newRow("in no order") << AttentionIntervention{1, {2, 0}, {}, 0, 0};
    QTest::newRow("a cell beyond the grid") << AttentionIntervention{1, {}, {{0, {16}}}, 4, 4};
    QTest::newRow("cells of another grid") << AttentionIntervention{1, {}, {{0, {3}}}, 2, 8};
}

void TestNodesByHand::refuses()
{
    QFETCH(AttentionIntervention, intervention);
    QCOMPARE(errorOf([&] { without(intervention); }), std::optional(ErrorCode::BadArgument));
    QCOMPARE(errorOf([&] { m_whole->similarities(3); }), std::optional(ErrorCode::BadArgument));
}

void TestNodesByHand::aNodeLessGoesLeft_data()
{
    QTest::addColumn<std::vector<int>>("prototypes");
    QTest::newRow("the root") << std::vector<int>{rootPrototype};
    QTest::newRow("the other branch, on the way or not") << std::vector<int>{branchPrototype};
    QTest::newRow("both") << std::vector<int>{branchPrototype, rootPrototype};
}

void TestNodesByHand::aNodeLessGoesLeft()
{
    QFETCH(const std::vector<int>, prototypes);
    const auto changed = without({classIndex, prototypes, {}, 0, 0});
    const auto found = [&](int prototype) {
        return std::ranges::find(prototypes, prototype) != prototypes.end()
                   ? 0.0
                   : greatest(m_whole->similarities(prototype));
    };
    for (int c = 0; c < 3; ++c)
        QVERIFY(std::abs(static_cast<double>(changed->probability(c)) -
                         probabilityOf(c, found(rootPrototype), found(branchPrototype))) < 1e-6);
    const TreeAnswer& tree = *changed->tree();
    for (const TreeAnswer::Node& node : tree.nodes)
        if (!node.isLeaf())
            QVERIFY(std::abs(node.presence - found(node.prototype)) < 1e-6);
    const bool right = found(rootPrototype) > 0.5;
    std::vector<int> way{0, right ? 4 : 1};
    if (right)
        way.push_back(found(branchPrototype) > 0.5 ? 6 : 5);
    QCOMPARE(tree.path, way);
    QCOMPARE(changed->ownHeads(0, classIndex).size(), way.size() - 1);
    for (const int prototype : prototypes)
        QCOMPARE(sumOf(changed->similarities(prototype)), 0.0);
}

void TestNodesByHand::aNodeIsLookedForInTheCellsThatAreLeft()
{
    std::vector<float> map = m_whole->similarities(rootPrototype);
    const int best = static_cast<int>(std::ranges::max_element(map) - map.begin());
    const auto changed = without({classIndex, {}, {{rootPrototype, {best}}}, 4, 4});
    map[static_cast<std::size_t>(best)] = 0;
    const double left = greatest(map);
    const MapSource::Part part = changed->part(0, 0, classIndex).value();
    QCOMPARE(part.similarity, left);
    QVERIFY(part.similarity < m_whole->part(0, 0, classIndex)->similarity);
    QCOMPARE(changed->scores(0, 0, classIndex), map);
    const auto& node = changed->tree()->nodes.front();
    QCOMPARE(map[static_cast<std::size_t>(node.cell)], static_cast<float>(left));
    const double branch = greatest(m_whole->similarities(branchPrototype));
    for (int c = 0; c < 3; ++c)
        QVERIFY(std::abs(static_cast<double>(changed->probability(c)) - probabilityOf(c, left, branch)) < 1e-6);
}

void TestNodesByHand::allCellsLessIsTheWholeNodeLess()
{
    std::vector<int> all(16);
    std::iota(all.begin(), all.end(), 0);
    QCOMPARE(without({classIndex, {}, {{rootPrototype, all}}, 4, 4})->logits(),
             without({classIndex, {rootPrototype}, {}, 0, 0})->logits());
}

void TestNodesByHand::theWholeAnswerStays()
{
    const std::vector<float> logits = m_whole->logits();
    const std::vector<int> way = m_whole->tree()->path;
    (void)without({classIndex, {rootPrototype}, {}, 0, 0});
    const auto again = m_engine.decode(m_encoding, {});
    QCOMPARE(again->logits(), logits);
    QCOMPARE(again->tree()->path, way);
    QVERIFY(sumOf(again->similarities(rootPrototype)) > 0);
    QVERIFY(m_wholeConcepts->similarities(0).empty()); // no tree's
}

void TestNodesByHand::aNodesImportanceIsWhatTheTreeSaysWithoutIt()
{
    const Finding finding = headImportanceFinding(m_engine, *m_encoding, *m_whole, classIndex, 0);
    const auto changed = without({classIndex, {rootPrototype}, {}, 0, 0});
    QVERIFY(std::abs(finding.value - static_cast<double>(m_whole->logit(classIndex) - changed->logit(classIndex))) <
            1e-5);
}

void TestNodesByHand::aConceptLessIsItsContributionLessForEveryClass()
{
    const Decoding::Extent& extent = m_wholeConcepts->extent();
    for (int place = 0; place < extent.heads; ++place) {
        const auto changed = withoutConcepts({classIndex, {place}, {}, 0, 0});
        for (int c = 0; c < extent.classes; ++c) {
            const double given = m_wholeConcepts->part(0, place, c)->contribution();
            const auto lost = static_cast<double>(m_wholeConcepts->logit(c)) - static_cast<double>(changed->logit(c));
            QVERIFY2(std::abs(lost - given) < 1e-5, qPrintable(QString::number(place)));
            QCOMPARE(changed->part(0, place, c)->contribution(), 0.0);
            QCOMPARE(changed->output(c)[static_cast<std::size_t>(place)], 0.0F);
            for (int other = 0; other < extent.heads; ++other) // keeps what it has: nothing is renormalised
                if (other != place)
                    QVERIFY(std::abs(changed->part(0, other, c)->contribution() -
                                     m_wholeConcepts->part(0, other, c)->contribution()) < 1e-6);
        }
        QCOMPARE(sumOf(changed->attention(0, place, classIndex)), 0.0);
        QCOMPARE(changed->rankHeads(0, classIndex), m_wholeConcepts->rankHeads(0, classIndex));
    }
}

/// A logit is the mean over patches of what each gives: it loses what the patches of the cells gave for the concept.
void TestNodesByHand::aConceptLosesPlaces()
{
    const Decoding::Extent& extent = m_wholeConcepts->extent();
    const int count = static_cast<int>(extent.cells());
    std::vector<int> some, rest;
    for (int cell = 0; cell < count; ++cell)
        (cell % 3 == 0 ? some : rest).push_back(cell);
    const auto changed = withoutConcepts({classIndex, {}, {{1, some}}, extent.rows, extent.columns});
    const auto others = withoutConcepts({classIndex, {}, {{1, rest}}, extent.rows, extent.columns});
    std::vector<float> map = m_wholeConcepts->scores(0, 1, classIndex);
    for (const int cell : some)
        map[static_cast<std::size_t>(cell)] = 0;
    const std::vector<float> left = changed->scores(0, 1, classIndex);
    for (std::size_t cell = 0; cell < map.size(); ++cell)
        QVERIFY(std::abs(left[cell] - map[cell]) < 1e-7F);
    QVERIFY(std::abs(changed->part(0, 1, classIndex)->similarity - sumOf(map) / count) < 1e-6);
    for (int c = 0; c < extent.classes; ++c) {
        const std::vector<float> before = m_wholeConcepts->cellScores(c);
        const std::vector<float> after = changed->cellScores(c);
        double lost = 0;
        for (const int cell : some)
            lost += static_cast<double>(before[static_cast<std::size_t>(cell)]) -
                    static_cast<double>(after[static_cast<std::size_t>(cell)]);
        for (const int cell : rest)
            QVERIFY(std::abs(before[static_cast<std::size_t>(cell)] - after[static_cast<std::size_t>(cell)]) < 1e-6F);
        const auto logit = [c](const Decoding& decoding) { return static_cast<double>(decoding.logit(c)); };
        QVERIFY(std::abs(logit(*m_wholeConcepts) - logit(*changed) - lost / count) < 1e-5);
        QVERIFY(std::abs(2 * logit(*m_wholeConcepts) - logit(*changed) - logit(*others) -
                         m_wholeConcepts->part(0, 1, c)->contribution()) < 1e-5);
    }
    const int ofPicture = extent.heads - 1; // it has no places
    QVERIFY(m_wholeConcepts->part(0, ofPicture, classIndex)->isGlobal());
    const auto placed = withoutConcepts({classIndex, {}, {{ofPicture, some}}, extent.rows, extent.columns});
    QCOMPARE(placed->logits(), m_wholeConcepts->logits());
}

void TestNodesByHand::aConceptsImportanceIsItsContribution()
{
    const auto importance =
        headImportance(m_concepts, *m_conceptEncoding, *m_wholeConcepts, {classIndex}, HeadRemoval::Zero);
    for (int place = 0; place < m_wholeConcepts->extent().heads; ++place)
        QVERIFY(std::abs(static_cast<double>(importance.at(0).at(static_cast<std::size_t>(place))) -
                         m_wholeConcepts->part(0, place, classIndex)->contribution()) < 1e-5);
}

QTEST_GUILESS_MAIN(TestNodesByHand)
#include "test_nodes_by_hand.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <fstream>

#include <QTemporaryDir>
#include <QTest>

#include "core/engine/engine.h"
#include "core/explain/head_importance.h"
#include "tests/support/error_of.h"
#include "tests/support/small_prototypes.h"
#include "tests/support/whole_transformers.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

constexpr int classIndex = 1;

/// W [C, P] as the written model has it.
std::vector<float> lastLayer()
{
    std::vector<float> weights(3 * 6);
    const PrototypeFormula model(protoPNetTensors(smallProtoPNet()));
    model.read(*std::ranges::find(model.tensors(), "last_layer.weight", &TensorInfo::name), weights);
    return weights;
}

} // namespace

/// Prototypes of a ProtoPNet that are taken away by hand, whole or from places, and what every class's logit becomes.
class TestPrototypesByHand : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void refuses_data();
    void refuses();
    void aPrototypeLessIsItsWeightLessForEveryClass();
    void aPrototypeIsLookedForInTheCellsThatAreLeft();
    void allCellsLessIsTheWholePrototypeLess();
    void orderAndOtherClassesStay();
    void importanceIsTheContribution();
    void aFormerLosesBothKinds();

private:
    std::shared_ptr<const Decoding> without(const AttentionIntervention& intervention)
    {
        return m_engine.decode(m_encoding, {}, intervention);
    }

    QTemporaryDir m_folder;
    Engine m_engine{EngineOptions{}};
    std::shared_ptr<const Encoding> m_encoding;
    std::shared_ptr<const Decoding> m_whole;
};

void TestPrototypesByHand::initTestCase()
{
    QVERIFY(m_folder.isValid());
    const std::filesystem::path path = m_folder.filePath("model.pth").toStdString();
    std::ofstream(path, std::ios::binary) << wholeProtoPNet().file();
    QVERIFY(m_engine.open(path).offer.canIntervene);
    ModelInput input;
    input.inputSize = input.pictureSize = {16, 16};
    input.values.resize(3 * 16 * 16);
    fillByFormula("image", -2, 2, input.values);
    input.key = contentKey(std::string_view("picture"));
    m_encoding = m_engine.encode(input);
    m_whole = m_engine.decode(m_encoding, {});
}

void TestPrototypesByHand::refuses_data()
{
    QTest::addColumn<AttentionIntervention>("intervention");
    QTest::newRow("a class that is not there") << AttentionIntervention{3, {0}, {}, 0, 0};
    QTest::newRow("a third prototype of two") << AttentionIntervention{1, {2}, {}, 0, 0};
    QTest::newRow("in no order") << AttentionIntervention{1, {1, 0}, {}, 0, 0};
    QTest::newRow("a cell beyond the grid") << AttentionIntervention{1, {}, {{0, {16}}}, 4, 4};
    QTest::newRow("cells of another grid") << AttentionIntervention{1, {}, {{0, {3}}}, 2, 8};
}

void TestPrototypesByHand::refuses()
{
    QFETCH(AttentionIntervention, intervention);
    QCOMPARE(errorOf([&] { without(intervention); }), std::optional(ErrorCode::BadArgument));
}

void TestPrototypesByHand::aPrototypeLessIsItsWeightLessForEveryClass()
{
    const std::vector<float> weights = lastLayer();
    const auto changed = without({classIndex, {0}, {}, 0, 0});
    const MapSource::Part before = m_whole->part(0, 0, classIndex).value();
    for (int c = 0; c < 3; ++c) {
        const auto weight = static_cast<double>(weights[static_cast<std::size_t>(c * 6 + before.prototype)]);
        const double expected = static_cast<double>(m_whole->logit(c)) - weight * before.similarity;
        QVERIFY2(std::abs(static_cast<double>(changed->logit(c)) - expected) < 1e-5, qPrintable(QString::number(c)));
        QVERIFY(weight != 0.0); // so that other classes' logits are looked at too
    }
    QCOMPARE(changed->part(0, 0, classIndex)->contribution(), 0.0);
    QCOMPARE(changed->part(0, 1, classIndex)->similarity, m_whole->part(0, 1, classIndex)->similarity);
    QVERIFY(std::ranges::all_of(changed->attention(0, 0, classIndex), [](float share) { return share == 0; }));
}

void TestPrototypesByHand::aPrototypeIsLookedForInTheCellsThatAreLeft()
{
    std::vector<float> scores = m_whole->scores(0, 1, classIndex);
    const int best = static_cast<int>(std::ranges::max_element(scores) - scores.begin());
    const auto changed = without({classIndex, {}, {{1, {best}}}, 4, 4});
    scores[static_cast<std::size_t>(best)] = -1;
    const MapSource::Part part = changed->part(0, 1, classIndex).value();
    QCOMPARE(part.similarity, static_cast<double>(std::ranges::max(scores)));
    QVERIFY(part.similarity < m_whole->part(0, 1, classIndex)->similarity);
    const double lost = (m_whole->part(0, 1, classIndex)->similarity - part.similarity) * part.weight;
    QVERIFY(std::abs(static_cast<double>(m_whole->logit(classIndex) - changed->logit(classIndex)) - lost) < 1e-5);
    const std::vector<float> shares = changed->attention(0, 1, classIndex);
    QCOMPARE(shares[static_cast<std::size_t>(best)], 0.0F);
    double sum = 0;
    for (const float share : shares)
        sum += static_cast<double>(share);
    QVERIFY(std::abs(sum - 1) < 1e-5);
}

void TestPrototypesByHand::allCellsLessIsTheWholePrototypeLess()
{
    std::vector<int> all(16);
    for (int cell = 0; cell < 16; ++cell)
        all[static_cast<std::size_t>(cell)] = cell;
    QCOMPARE(without({classIndex, {}, {{0, all}}, 4, 4})->logits(), without({classIndex, {0}, {}, 0, 0})->logits());
}

void TestPrototypesByHand::orderAndOtherClassesStay()
{
    const int first = m_whole->rankHeads(0, classIndex).front();
    const auto changed = without({classIndex, {first}, {}, 0, 0});
    QCOMPARE(changed->rankHeads(0, classIndex), m_whole->rankHeads(0, classIndex));
    for (const int other : {0, 2})
        for (int head = 0; head < 2; ++head) {
            QCOMPARE(changed->attention(0, head, other), m_whole->attention(0, head, other));
            QCOMPARE(changed->part(0, head, other)->similarity, m_whole->part(0, head, other)->similarity);
        }
    QCOMPARE(m_engine.decode(m_encoding, {})->logits(), m_whole->logits()); // and the whole answer is what it was
}

void TestPrototypesByHand::importanceIsTheContribution()
{
    for (const HeadRemoval removal : {HeadRemoval::Uniform, HeadRemoval::Zero, HeadRemoval::Rescaled}) {
        const auto importance = headImportance(m_engine, *m_encoding, *m_whole, {classIndex}, removal);
        for (int head = 0; head < 2; ++head)
            QVERIFY(std::abs(static_cast<double>(importance.at(0).at(static_cast<std::size_t>(head))) -
                             m_whole->part(0, head, classIndex)->contribution()) < 1e-5);
    }
    const Finding finding = headImportanceFinding(m_engine, *m_encoding, *m_whole, classIndex, 1);
    QVERIFY(std::abs(finding.value - m_whole->part(0, 1, classIndex)->contribution()) < 1e-5);
    QVERIFY(finding.nulls.empty()); // it counts where it is found most: no other place is to be compared
}

/// Prototypes of patches and of the whole picture: each adds what its tile says, and a global one has no places.
void TestPrototypesByHand::aFormerLosesBothKinds()
{
    const std::filesystem::path path = m_folder.filePath("former.pth").toStdString();
    std::ofstream(path, std::ios::binary) << wholeFormer(true).file();
    Engine engine{EngineOptions{}};
    const ModelDescription& model = engine.open(path);
    QVERIFY(model.offer.canIntervene);
    const int side = model.preprocess->fixedSide > 0 ? model.preprocess->fixedSide : model.preprocess->cropSide;
    ModelInput input;
    input.inputSize = input.pictureSize = {side, side};
    input.values.resize(3 * static_cast<std::size_t>(side * side));
    fillByFormula("image", -2, 2, input.values);
    input.key = contentKey(std::string_view("former's"));
    const auto encoding = engine.encode(input);
    const auto whole = engine.decode(encoding, {});
    int kinds = 0;
    for (const int head : whole->ownHeads(0, 0)) {
        const MapSource::Part part = whole->part(0, head, 0).value();
        const auto changed = engine.decode(encoding, {}, AttentionIntervention{0, {head}, {}, 0, 0});
        const auto lost = static_cast<double>(whole->logit(0)) - static_cast<double>(changed->logit(0));
        QVERIFY2(std::abs(lost - part.contribution()) < 1e-5, qPrintable(QString::number(head)));
        QCOMPARE(changed->part(0, head, 0)->similarity, 0.0);
        kinds |= part.isGlobal() ? 1 : 2;
        if (!part.isGlobal())
            continue;
        const Decoding::Extent& extent = whole->extent();
        const auto placed =
            engine.decode(encoding, {}, AttentionIntervention{0, {}, {{head, {0, 1}}}, extent.rows, extent.columns});
        QCOMPARE(placed->part(0, head, 0)->similarity, part.similarity);
    }
    QCOMPARE(kinds, 3);
}

QTEST_GUILESS_MAIN(TestPrototypesByHand)
#include "test_prototypes_by_hand.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>
#include <memory>

#include <QTest>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/model/prototree/tree_shape.h"
#include "core/train/network/feature_walk.h"
#include "core/train/network/prototree_head.h"
#include "core/train/network/seeded_draws.h"
#include "core/train/network/torch_training_headers.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

using Json = nlohmann::json;

constexpr int channels = 8; // of the last stage
constexpr int width = 4;
constexpr int classes = 3;
constexpr EpochPlace middle{.epoch = 1, .epochs = 3, .steps = 2};
constexpr EpochPlace last{.epoch = 2, .epochs = 3, .steps = 2};

ModelConfig treeConfig()
{
    PrototypeConfig prototypes;
    prototypes.features.kind = FeatureKind::Vgg;
    prototypes.features.stages = {4, 0, channels, 0};
    prototypes.addOn = {width};
    prototypes.addOnBias = false;
    prototypes.prototypes = 3;
    prototypes.similarity = SimilarityKind::Exponential;
    prototypes.tree = wholeTree(2);
    ModelConfig config;
    config.head = HeadKind::Tree;
    config.queries = classes;
    config.prototypes = prototypes;
    return config;
}

std::unique_ptr<ProtoTreeHead> treeHead(double pruneBelow = 0.5)
{
    PrototypeRecipe recipe;
    recipe.pruneBelow = pruneBelow;
    auto head = std::make_unique<ProtoTreeHead>(treeConfig(), recipe);
    SeededDraws draws(7);
    head->initialise(draws);
    return head;
}

/// Batches of two pictures of 3 x 2 cells.
class Walk : public FeatureWalk {
public:
    explicit Walk(int batches, bool isStopped = false) : m_isStopped(isStopped)
    {
        SeededDraws draws(3);
        for (int i = 0; i < batches; ++i) {
            const auto picture = static_cast<std::size_t>(2 * i);
            m_batches.push_back({draws.normal({2, channels, 3, 2}, 2),
                                 at::tensor(std::vector<std::int64_t>{0, 1}),
                                 {picture, picture + 1}});
        }
    }

    void each(const std::function<void(const WalkedFeatures&)>& visit) const override
    {
        for (const WalkedFeatures& batch : m_batches)
            visit(batch);
        if (m_isStopped)
            throw Error(ErrorCode::Cancelled, "walk", "stopped");
    }

    const WalkedFeatures& batch(std::size_t i) const { return m_batches[i]; }
    std::size_t size() const { return m_batches.size(); }

private:
    std::vector<WalkedFeatures> m_batches;
    bool m_isStopped;
};

std::map<std::string, at::Tensor> stateOf(const ProtoTreeHead& head)
{
    std::map<std::string, at::Tensor> state;
    for (const auto& [name, tensor] : head.state())
        state[name] = tensor.detach().clone();
    return state;
}

bool isSame(const std::map<std::string, at::Tensor>& a, const std::map<std::string, at::Tensor>& b)
{
    return a.size() == b.size() && std::ranges::equal(a, b, [](const auto& one, const auto& other) {
               return one.first == other.first && at::equal(one.second, other.second);
           });
}

/// Sets what a leaf has gathered of a class.
void give(ProtoTreeHead& head, const std::string& leaf, int classIndex, double value)
{
    for (auto& [name, tensor] : head.state())
        if (name == leaf)
            tensor[classIndex] = value;
}

/// [D, cells] of a picture, as the head embeds it.
at::Tensor cellsOf(const ProtoTreeHead& head, const at::Tensor& features)
{
    const at::Tensor weight = stateOf(head).at("_add_on.0.weight");
    return at::sigmoid(at::conv2d(features.unsqueeze(0), weight)).squeeze(0).flatten(1);
}

} // namespace

/// What ProtoTree's published training does besides steps.
class TestProtoTreeHead : public QObject {
    Q_OBJECT

private slots:
    void refusesFormsOfAnother_data();
    void refusesFormsOfAnother();
    void stoppedProjectionChangesNothing();
    void namesAreTheReleasedOnes();
    void leavesTakeWhatBatchesGive();
    void prototypesHurryWithinTheirCube();
    void ordinaryEpochsKeepTheTree();
    void prunesAndProjectsInTheEnd();
    void projectsOntoClassesBelow();
    void takesAPrunedForm();
};

void TestProtoTreeHead::refusesFormsOfAnother_data()
{
    QTest::addColumn<QString>("facts");
    QTest::newRow("no tree") << "{}";
    QTest::newRow("a tree that is a text") << R"({"tree": "tree"})";
    QTest::newRow("a circle") << R"({"tree": [[0, 0, 0, 1], [1], [2]]})";
    QTest::newRow("more prototypes than it has") << R"({"tree": [[0, 3, 1, 2], [1], [2]]})";
}

void TestProtoTreeHead::refusesFormsOfAnother()
{
    QFETCH(const QString, facts);
    const auto head = treeHead();
    const auto before = stateOf(*head);
    QVERIFY(errorOf([&] { head->adopt(Json::parse(facts.toStdString())); }));
    QVERIFY(isSame(stateOf(*head), before));
}

void TestProtoTreeHead::stoppedProjectionChangesNothing()
{
    const torch::NoGradGuard noGradients;
    const auto head = treeHead();
    give(*head, "_root.l.l._dist_params", 1, 4);
    give(*head, "_root.r.r._dist_params", 2, 4);
    const auto before = stateOf(*head);
    const Json facts = head->facts();
    QVERIFY(errorOf([&] { head->finishEpoch(last, Walk(3, true), {}); }) == ErrorCode::Cancelled);
    QVERIFY(isSame(stateOf(*head), before));
    QCOMPARE(head->facts().dump(), facts.dump());
    QVERIFY(head->origins().empty());
    head->finishEpoch(last, Walk(3), {}); // and can be made up for
    QVERIFY(!isSame(stateOf(*head), before));
}

void TestProtoTreeHead::namesAreTheReleasedOnes()
{
    const auto head = treeHead();
    QStringList names;
    for (const auto& [name, tensor] : head->published())
        names << QString::fromStdString(name);
    names.sort();
    QCOMPARE(names,
             (QStringList{"_add_on.0.weight", "_root.l.l._dist_params", "_root.l.r._dist_params",
                          "_root.r.l._dist_params", "_root.r.r._dist_params", "prototype_layer.prototype_vectors"}));
    QCOMPARE(QString::fromStdString(head->backbonePrefix()), "_net.");
}

/// Every picture gives 1 to all leaves together, all of it to its own class.
void TestProtoTreeHead::leavesTakeWhatBatchesGive()
{
    const auto head = treeHead();
    const Walk walk(1);
    const WalkedFeatures& batch = walk.batch(0);
    const PrototypeHead::Objective objective = head->objective(batch.features, batch.labels);
    QVERIFY(at::allclose(objective.logits, head->forward(batch.features)));
    QVERIFY(at::allclose(objective.logits.exp().sum(1), at::ones({2})));
    objective.loss.backward();
    const torch::NoGradGuard noGradients;
    head->finishStep(middle, batch.labels);
    at::Tensor all = at::zeros({classes});
    for (const auto& [name, tensor] : head->state())
        if (name.ends_with("_dist_params"))
            all += tensor;
    QVERIFY(at::allclose(all, at::tensor({1.0F, 1.0F, 0.0F})));
}

/// Five times as far as the optimizer took them, and never beyond what a sigmoid can be.
void TestProtoTreeHead::prototypesHurryWithinTheirCube()
{
    const auto head = treeHead();
    const WalkedFeatures batch = Walk(1).batch(0);
    head->objective(batch.features, batch.labels);
    const torch::NoGradGuard noGradients;
    const at::Tensor before = stateOf(*head).at("prototype_layer.prototype_vectors");
    for (auto& [name, tensor] : head->state())
        if (name.ends_with("prototype_vectors")) {
            tensor[0] += 0.01;
            tensor[1] -= 0.3;
        }
    head->finishStep(middle, batch.labels);
    const at::Tensor after = stateOf(*head).at("prototype_layer.prototype_vectors");
    QVERIFY(at::allclose(after[0], before[0] + 0.05));
    QVERIFY(at::equal(after[1], at::zeros_like(after[1])));
    QVERIFY(at::equal(after[2], before[2]));
}

void TestProtoTreeHead::ordinaryEpochsKeepTheTree()
{
    const torch::NoGradGuard noGradients;
    const auto head = treeHead();
    give(*head, "_root.l.l._dist_params", 1, 4);
    auto expected = stateOf(*head);
    expected["_root.earlier_leaves"][0][1] = 4; // of which the next epoch takes its shares
    head->finishEpoch(middle, Walk(3), {});
    QVERIFY(isSame(stateOf(*head), expected));
    QVERIFY(!head->isPublished(middle) && head->isPublished(last));
}

void TestProtoTreeHead::prunesAndProjectsInTheEnd()
{
    const torch::NoGradGuard noGradients;
    const auto head = treeHead();
    give(*head, "_root.l.r._dist_params", 1, 4);
    give(*head, "_root.r.l._dist_params", 0, 4);
    give(*head, "_root.r.r._dist_params", 2, 4);
    const at::Tensor before = stateOf(*head).at("prototype_layer.prototype_vectors");
    const Walk walk(3);
    head->finishEpoch(last, walk, {});
    // Branch 1 with prototype 1 had a leaf that knew nothing: its other one takes its place.
    QCOMPARE(head->facts().at("tree").dump().c_str(), "[[0,0,1,2],[3],[4,2,3,4],[5],[6]]");
    const auto after = stateOf(*head);
    QCOMPARE(after.at("_root.l._dist_params")[1].item<double>(), 4.0);
    const at::Tensor vectors = after.at("prototype_layer.prototype_vectors");
    QVERIFY(at::equal(vectors[1], before[1])); // in no branch any more
    const auto origins = head->origins();
    QVERIFY(origins[0] && !origins[1] && origins[2]);
    for (const int prototype : {0, 2}) {
        const PrototypeOrigin& origin = *origins[static_cast<std::size_t>(prototype)];
        QCOMPARE(origin.rows, 3);
        QCOMPARE(origin.columns, 2);
        const at::Tensor old = before[prototype].flatten();
        double least = HUGE_VAL;
        for (std::size_t i = 0; i < walk.size(); ++i)
            for (std::int64_t picture = 0; picture < 2; ++picture) {
                if (prototype == 2 && picture == 1)
                    continue; // of class 1, which only the leaf beside its branch tells of
                const at::Tensor cells = cellsOf(*head, walk.batch(i).features[picture]);
                least = std::min(least, (cells - old.unsqueeze(1)).square().sum(0).min().item<double>());
                if (walk.batch(i).indices[static_cast<std::size_t>(picture)] == origin.picture)
                    QVERIFY(
                        at::allclose(vectors[prototype].flatten(), cells.select(1, origin.row * 2 + origin.column)));
            }
        const double own = (vectors[prototype].flatten() - old).square().sum().item<double>();
        QVERIFY(std::abs(own - least) < 1e-6);
    }
}

/// A patch of another class may be nearer: nothing below the branch would tell of it.
void TestProtoTreeHead::projectsOntoClassesBelow()
{
    const torch::NoGradGuard noGradients;
    const auto head = treeHead();
    give(*head, "_root.l.l._dist_params", 1, 4);
    give(*head, "_root.l.r._dist_params", 0, 0.1); // is pruned: its class counts for nothing
    give(*head, "_root.r.l._dist_params", 0, 4);
    give(*head, "_root.r.r._dist_params", 2, 4);
    const Walk walk(3);
    for (auto& [name, tensor] : head->state())
        if (name.ends_with("prototype_vectors")) {
            tensor[0] = cellsOf(*head, walk.batch(1).features[1]).select(1, 3).view({width, 1, 1}); // of class 1
            tensor[2] = tensor[0];
        }
    head->finishEpoch(last, walk, {});
    QCOMPARE(head->facts().at("tree").dump().c_str(), "[[0,0,1,2],[2],[4,2,3,4],[5],[6]]");
    const auto origins = head->origins();
    QCOMPARE(origins[0]->picture, std::size_t{3}); // all classes are below the root
    QCOMPARE(origins[2]->picture % 2, std::size_t{0});
    QVERIFY(!origins[1]);
}

void TestProtoTreeHead::takesAPrunedForm()
{
    const torch::NoGradGuard noGradients;
    const auto head = treeHead();
    give(*head, "_root.l.r._dist_params", 1, 4);
    give(*head, "_root.r.r._dist_params", 2, 4);
    head->finishEpoch(last, Walk(2), {});
    ProtoTreeHead other(treeConfig(), {});
    other.adopt(Json::parse(head->facts().dump()));
    const auto state = stateOf(*head);
    for (auto& [name, tensor] : other.state())
        tensor.copy_(state.at(name));
    const at::Tensor features = Walk(1).batch(0).features;
    QVERIFY(at::equal(other.forward(features), head->forward(features)));
    QCOMPARE(other.facts().dump(), head->facts().dump());
}

QTEST_GUILESS_MAIN(TestProtoTreeHead)
#include "test_prototree_head.moc"

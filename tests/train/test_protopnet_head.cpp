// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <functional>
#include <utility>

#include <QtTest>

#include "core/train/network/feature_walk.h"
#include "core/train/network/nearest_patches.h"
#include "core/train/network/protopnet_head.h"
#include "core/train/network/seeded_draws.h"
#include "core/train/network/sparse_last_layer.h"
#include "core/train/network/torch_training_headers.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

/// What a walk finds, batch by batch.
class GivenWalk : public FeatureWalk {
public:
    void add(const at::Tensor& features, const std::vector<std::int64_t>& labels)
    {
        std::vector<std::size_t> indices;
        for (std::size_t i = 0; i < labels.size(); ++i)
            indices.push_back(m_pictures++);
        m_batches.push_back({features, at::tensor(labels), indices});
    }

    void each(const std::function<void(const WalkedFeatures&)>& visit) const override
    {
        for (const WalkedFeatures& batch : m_batches)
            visit(batch);
    }

private:
    std::vector<WalkedFeatures> m_batches;
    std::size_t m_pictures = 0;
};

PrototypeConfig twoOfTwo(int perClass = 1)
{
    PrototypeConfig config;
    config.addOn = {2, 2};
    config.prototypes = 2 * perClass;
    for (int i = 0; i < config.prototypes; ++i)
        config.classOf.push_back(i / perClass);
    return config;
}

at::Tensor named(torch::nn::Module& module, const std::string& name)
{
    return module.named_parameters()[name];
}

/// Add-on layers that only squash: features of 0 or more become their sigmoids.
void squashOnly(ProtoPNetHead& head)
{
    const torch::NoGradGuard values;
    for (const char* layer : {"add_on_layers.0", "add_on_layers.2"}) {
        named(head, std::string(layer) + ".weight").copy_(at::eye(2).view({2, 2, 1, 1}));
        named(head, std::string(layer) + ".bias").zero_();
    }
}

/// A picture of cells (a0, a1), (b0, b1), ... in one row, given after the sigmoid, from 0.5 to below 1.
at::Tensor picture(const std::vector<std::pair<double, double>>& cells)
{
    at::Tensor features = at::empty({1, 2, 1, static_cast<std::int64_t>(cells.size())});
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto column = static_cast<std::int64_t>(i);
        features[0][0][0][column] = std::log(cells[i].first / (1 - cells[i].first));
        features[0][1][0][column] = std::log(cells[i].second / (1 - cells[i].second));
    }
    return features;
}

/// A head whose prototypes are (0.5, 0.5) of class 0 and (0.5, 0.9) of class 1.
std::unique_ptr<ProtoPNetHead> knownHead(const PrototypeRecipe& recipe = {})
{
    auto head = std::make_unique<ProtoPNetHead>(twoOfTwo(), 2, 2, recipe);
    const torch::NoGradGuard values;
    squashOnly(*head);
    named(*head, "prototype_vectors").copy_(at::tensor({0.5, 0.5, 0.5, 0.9}).view({2, 2, 1, 1}));
    named(*head, "last_layer.weight").copy_(at::tensor({1.0, -0.5, -0.5, 1.0}).view({2, 2}));
    return head;
}

double similarity(double squaredDistance)
{
    return std::log((squaredDistance + 1) / (squaredDistance + 1e-4));
}

} // namespace

/// ProtoPNet's formulas against numbers worked out by hand.
class TestProtoPNetHead : public QObject {
    Q_OBJECT

private slots:
    void pushesAtPublishedMoments_data();
    void pushesAtPublishedMoments();
    void weighsItsCosts();
    void learnsAddOnLayersAndPrototypesAlone();
    void startsFromPatches();
    void findsTheNearestPatchOfItsClass();
    void refusesAClassWithoutPictures();
    void pushesOntoPatches();
    void staysAsItIsWhereAPushIsStopped();
    void minimisesTheConvexStage();
};

void TestProtoPNetHead::pushesAtPublishedMoments_data()
{
    QTest::addColumn<int>("epochs");
    QTest::addColumn<QList<int>>("pushes");
    QTest::newRow("one epoch") << 1 << QList<int>{1};
    QTest::newRow("fewer epochs than pushes") << 2 << QList<int>{1, 2};
    QTest::newRow("no multiple") << 10 << QList<int>{3, 7, 10};
    QTest::newRow("as published, each ten") << 30 << QList<int>{10, 20, 30};
}

void TestProtoPNetHead::pushesAtPublishedMoments()
{
    QFETCH(const int, epochs);
    QFETCH(const QList<int>, pushes);
    const ProtoPNetHead head(twoOfTwo(), 2, 2, {});
    QList<int> got;
    for (int epoch = 0; epoch < epochs; ++epoch)
        if (head.isPush({epoch, epochs, 1}))
            got.append(epoch + 1);
    QCOMPARE(got, pushes);
    QVERIFY(head.isPublished({epochs - 1, epochs, 1}));
}

void TestProtoPNetHead::weighsItsCosts()
{
    const std::unique_ptr<ProtoPNetHead> head = knownHead();
    // Its cells are 0 and 0.16 from the first prototype, 0.16 and 0.32 from the second.
    const at::Tensor features = picture({{0.5, 0.5}, {0.9, 0.5}});
    const double own = similarity(0), other = similarity(0.16);
    const double logits[] = {own - 0.5 * other, other - 0.5 * own};
    for (const int label : {0, 1}) {
        const PrototypeHead::Objective got = head->objective(features, at::tensor({label}, at::kLong));
        for (int c = 0; c < 2; ++c)
            QVERIFY(std::abs(got.logits[0][c].item<double>() - logits[c]) < 1e-3);
        const double crossEntropy = std::log(std::exp(logits[0]) + std::exp(logits[1])) - logits[label];
        const double cluster = label == 0 ? 0 : 0.16;
        const double separation = label == 0 ? 0.16 : 0;
        QVERIFY(std::abs(got.loss.item<double>() - (crossEntropy + 0.8 * cluster - 0.08 * separation)) < 1e-3);
    }
    QVERIFY(head->forward(features).equal(head->objective(features, at::tensor({0}, at::kLong)).logits));
}

void TestProtoPNetHead::learnsAddOnLayersAndPrototypesAlone()
{
    const std::unique_ptr<ProtoPNetHead> head = knownHead();
    head->objective(picture({{0.6, 0.7}, {0.9, 0.5}}), at::tensor({1}, at::kLong)).loss.backward();
    for (const auto& parameter : head->named_parameters()) {
        const bool learns = parameter.key().starts_with("add_on_layers.") || parameter.key() == "prototype_vectors";
        QCOMPARE(parameter.value().requires_grad(), learns);
        QCOMPARE(parameter.value().grad().defined(), learns);
    }
}

/// Patches that a push leaves where they are, drawn by the seed alone.
void TestProtoPNetHead::startsFromPatches()
{
    GivenWalk walk;
    for (int i = 0; i < 4; ++i)
        walk.add(at::sin(at::arange(2 * 6, at::kFloat) * (i + 2)).view({1, 2, 2, 3}), {i % 2});
    const torch::NoGradGuard values;
    std::vector<at::Tensor> started;
    for (const std::uint64_t seed : {7, 7, 8}) {
        ProtoPNetHead head(twoOfTwo(3), 2, 2, {});
        SeededDraws draws(1);
        head.initialise(draws);
        head.start(walk, seed, {});
        const at::Tensor before = named(head, "prototype_vectors").clone();
        head.finishEpoch({0, 1, 1}, walk, {});
        QVERIFY(named(head, "prototype_vectors").allclose(before, 1e-4, 1e-5));
        QVERIFY(!before[0].equal(before[1])); // while there are enough, each has another
        started.push_back(before);
    }
    QVERIFY(started[0].equal(started[1]));
    QVERIFY(!started[0].equal(started[2]));
}

void TestProtoPNetHead::findsTheNearestPatchOfItsClass()
{
    GivenWalk walk;
    // Two pictures a batch; the "network" gives cells as they are, and their distances from 0 for each prototype.
    walk.add(at::tensor({3.F, 2.F, 2.F, 9.F, 1.F, 1.F, 1.F, 1.F}).view({2, 1, 2, 2}), {0, 1});
    walk.add(at::tensor({2.F, 2.F, 7.F, 8.F}).view({1, 1, 2, 2}), {0});
    const std::vector<std::vector<int>> classesOf{{0}, {1}, {0, 1}, {}};
    const NearestPatches found = nearestPatches(walk, classesOf, [](const at::Tensor& features) {
        return EmbeddedCells{features, (features * features).expand({features.size(0), 4, 2, 2})};
    });
    const auto isAt = [](const std::optional<PrototypeOrigin>& origin, std::size_t picture, int row, int column) {
        return origin && origin->picture == picture && origin->row == row && origin->column == column &&
               origin->rows == 2 && origin->columns == 2;
    };
    QVERIFY(isAt(found.origins[0], 0, 0, 1)); // the 1 is of another class, and the first 2 comes before the others
    QVERIFY(isAt(found.origins[1], 1, 0, 0));
    QVERIFY(isAt(found.origins[2], 1, 0, 0));
    QVERIFY(!found.origins[3]); // belongs to no class
    QCOMPARE(found.distances[0], (std::vector<float>{9, 4, 4, 81}));
    QCOMPARE(found.vectors[0].item<float>(), 2.F);
    QCOMPARE(found.vectors[1].item<float>(), 1.F);
}

void TestProtoPNetHead::refusesAClassWithoutPictures()
{
    GivenWalk walk;
    walk.add(at::ones({1, 1, 2, 2}), {0});
    const std::vector<std::vector<int>> classesOf{{0}, {1}};
    QCOMPARE(errorOf([&] {
                 nearestPatches(walk, classesOf, [](const at::Tensor& features) {
                     return EmbeddedCells{features, features.expand({features.size(0), 2, 2, 2})};
                 });
             }),
             ErrorCode::Internal);
}

void TestProtoPNetHead::pushesOntoPatches()
{
    const std::unique_ptr<ProtoPNetHead> head = knownHead();
    GivenWalk walk;
    walk.add(picture({{0.9, 0.5}, {0.6, 0.5}}), {0});
    walk.add(picture({{0.5, 0.5}, {0.6, 0.8}}), {1}); // its first cell would be the nearest for the other class
    const torch::NoGradGuard values;
    const at::Tensor before = named(*head, "last_layer.weight").clone();

    head->finishEpoch({0, 30, 1}, walk, {});
    QVERIFY(head->origins().empty()); // no push is due
    head->finishEpoch({29, 30, 1}, walk, {});
    QVERIFY(named(*head, "prototype_vectors").flatten().allclose(at::tensor({0.6F, 0.5F, 0.6F, 0.8F}), 1e-5, 1e-6));
    const auto origins = head->origins();
    QCOMPARE(origins.size(), std::size_t{2});
    QCOMPARE(origins[0]->column, 1);
    QCOMPARE(origins[1]->picture, std::size_t{1});
    QVERIFY(std::abs(origins[0]->similarities.at(1) - similarity(0.01)) < 1e-3); // before it was the patch itself
    QVERIFY(std::abs(origins[0]->similarities.at(0) - similarity(0.16)) < 1e-3);
    QVERIFY(!named(*head, "last_layer.weight").equal(before));
}

void TestProtoPNetHead::staysAsItIsWhereAPushIsStopped()
{
    const std::unique_ptr<ProtoPNetHead> head = knownHead();
    GivenWalk walk;
    walk.add(picture({{0.9, 0.5}, {0.6, 0.5}}), {0});
    walk.add(picture({{0.5, 0.5}, {0.6, 0.8}}), {1});
    const torch::NoGradGuard values;
    std::vector<at::Tensor> before;
    for (const auto& [name, tensor] : head->state())
        before.push_back(tensor.clone());
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(errorOf([&] { head->finishEpoch({0, 1, 1}, walk, Progress(stop.get_token())); }), ErrorCode::Cancelled);
    const auto after = head->state();
    for (std::size_t i = 0; i < before.size(); ++i)
        QVERIFY2(after[i].second.equal(before[i]), after[i].first.c_str());
    QVERIFY(head->origins().empty());
}

/// At the least point a weight's slope is 0, within the penalty where the weight is 0, or the penalty's.
void TestProtoPNetHead::minimisesTheConvexStage()
{
    const torch::NoGradGuard values;
    at::Tensor activations = at::empty({40, 6});
    at::Tensor labels = at::empty({40}, at::kLong);
    for (int i = 0; i < 40; ++i) {
        labels[i] = i % 3;
        for (int p = 0; p < 6; ++p)
            activations[i][p] = 1 + std::sin(3 * i + 5 * p) + (p / 2 == i % 3 ? 0.8 : 0);
    }
    at::Tensor isOwn = at::zeros({3, 6}, at::kBool);
    for (int p = 0; p < 6; ++p)
        isOwn[p / 2][p] = true;
    const at::Tensor start = at::where(isOwn, at::ones({}), at::full({}, -0.5));
    const SparseLastLayer stage{0.02, 5000};
    const at::Tensor found = stage.minimise(activations, labels, isOwn, start, {});
    QVERIFY(stage.objective(activations, labels, isOwn, found) < stage.objective(activations, labels, isOwn, start));
    const at::Tensor error = (at::softmax(at::linear(activations, found), 1) - at::one_hot(labels, 3)) / 40;
    const at::Tensor slope = at::mm(error.t(), activations);
    int zeros = 0;
    for (int c = 0; c < 3; ++c)
        for (int p = 0; p < 6; ++p) {
            const double weight = found[c][p].item<double>();
            const double at = slope[c][p].item<double>();
            const double penalty = isOwn[c][p].item<bool>() ? 0 : 0.02;
            zeros += weight == 0;
            QVERIFY(weight == 0 ? std::abs(at) <= penalty + 1e-4
                                : std::abs(at + std::copysign(penalty, weight)) < 1e-3);
        }
    QVERIFY(zeros > 0);
    // What all classes have in common costs penalty and says nothing.
    const at::Tensor level = SparseLastLayer{0.02, 0}.minimise(activations, labels, isOwn, start, {});
    QVERIFY(level.equal(at::where(isOwn, at::full({}, 1.5), at::zeros({}))));
}

QTEST_GUILESS_MAIN(TestProtoPNetHead)
#include "test_protopnet_head.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <vector>

#include <QTest>

#include "core/model/prototree/tree_shape.h"
#include "core/train/network/soft_tree.h"
#include "core/train/network/torch_training_headers.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

bool near(const at::Tensor& got, const std::vector<double>& expected, double tolerance = 1e-6)
{
    const at::Tensor flat = got.detach().to(at::kDouble).flatten();
    if (flat.numel() != static_cast<std::int64_t>(expected.size()))
        return false;
    return (flat - at::tensor(expected, at::kDouble)).abs().max().item<double>() < tolerance;
}

/// Least distances at which a branch is taken to the right with these probabilities.
at::Tensor distancesFor(const std::vector<double>& probabilities)
{
    return -at::log(at::tensor(probabilities, at::kFloat)).view({1, -1});
}

} // namespace

/// ProtoTree's algorithm against numbers that can be found by hand.
class TestSoftTree : public QObject {
    Q_OBJECT

private slots:
    void refusesLeavesOfAnother();
    void reachesLeaves();
    void losesNothingInTheDeep();
    void predictsSoftly();
    void leavesLearn();
    void leavesNeverFallBelowNothing();
    void branchesLearn();
    void prunes();
    void keepsATreeThatWouldVanish();
};

void TestSoftTree::refusesLeavesOfAnother()
{
    SoftTree tree(wholeTree(2), 3, 3);
    const at::Tensor fitting = at::zeros({4, 3});
    for (const at::Tensor& other : {at::zeros({4, 2}), at::zeros({3, 3})}) {
        QVERIFY(errorOf([&] { tree.setLeaves(other, fitting); }) == ErrorCode::Mismatch);
        QVERIFY(errorOf([&] { tree.setLeaves(fitting, other); }) == ErrorCode::Mismatch);
    }
}

void TestSoftTree::reachesLeaves()
{
    const SoftTree tree(wholeTree(2), 3, 3);
    // Branches in pre-order: root, left, right.
    const at::Tensor reached = at::exp(tree.reached(distancesFor({0.75, 0.5, 0.9})));
    QVERIFY(near(reached, {0.25 * 0.5, 0.25 * 0.5, 0.75 * 0.1, 0.75 * 0.9}));
}

/// Where probabilities of 10 branches would be lost in float32, their logarithms are not; a prototype that is met
/// exactly makes no infinite number.
void TestSoftTree::losesNothingInTheDeep()
{
    const SoftTree tree(wholeTree(10), 1023, 2);
    const at::Tensor reached = tree.reached(at::full({1, 1023}, 20.0));
    QVERIFY(std::abs(reached.min().item<double>() + 10 * 20) < 1e-3);
    const at::Tensor met = tree.scores(tree.reached(at::full({1, 1023}, 1e-7)));
    QVERIFY(at::isfinite(met).all().item<bool>());
}

void TestSoftTree::predictsSoftly()
{
    SoftTree tree(wholeTree(1), 1, 2);
    const at::Tensor leaves = at::log(at::tensor({0.8F, 0.2F, 0.3F, 0.7F}).view({2, 2}));
    tree.setLeaves(leaves, leaves);
    const at::Tensor reached = tree.reached(distancesFor({0.4}));
    QVERIFY(near(at::exp(tree.scores(reached)), {0.6 * 0.8 + 0.4 * 0.3, 0.6 * 0.2 + 0.4 * 0.7}));
}

/// One branch, two classes, two pictures of classes 0 and 1. At first both leaves say one half of each class, so that
/// each leaf's part in a score is the probability of reaching it.
void TestSoftTree::leavesLearn()
{
    SoftTree tree(wholeTree(1), 1, 2);
    tree.setLeaves(at::full({2, 2}, 3.0), at::zeros({2, 2}));
    tree.endEpoch();
    const at::Tensor nearest = at::cat({distancesFor({0.4}), distancesFor({0.9})});
    const at::Tensor reached = tree.reached(nearest);
    const at::Tensor labels = at::tensor(std::vector<std::int64_t>{0, 1});
    const at::Tensor found = tree.found(reached, tree.scores(reached), labels);
    QVERIFY(near(found, {0.6, 0.1, 0.4, 0.9}));
    tree.learn(found, 4); // each step of four takes a quarter of the 3 that were there
    QVERIFY(near(tree.leaves(), {2.25 + 0.6, 2.25 + 0.1, 2.25 + 0.4, 2.25 + 0.9}));
    tree.learn(found, 4);
    QVERIFY(near(tree.leaves(), {1.5 + 1.2, 1.5 + 0.2, 1.5 + 0.8, 1.5 + 1.8})); // the share is the beginning's

    // Now leaves differ: of the first picture's score 0.6 s(0.5) + 0.4 s(-0.5), s(x) = 1 / (1 + exp(-x)).
    tree.setLeaves(at::tensor({0.5F, 0.0F, 0.0F, 0.5F}).view({2, 2}), at::zeros({2, 2}));
    const at::Tensor again = tree.found(reached, tree.scores(reached), labels);
    const double sure = 1 / (1 + std::exp(-0.5));
    const double first = 0.6 * sure / (0.6 * sure + 0.4 * (1 - sure));
    const double second = 0.1 * (1 - sure) / (0.1 * (1 - sure) + 0.9 * sure);
    QVERIFY(near(again, {first, second, 1 - first, 1 - second}));
}

void TestSoftTree::leavesNeverFallBelowNothing()
{
    SoftTree tree(wholeTree(1), 1, 2);
    tree.setLeaves(at::full({2, 2}, 0.1), at::full({2, 2}, 0.3));
    tree.learn(at::full({2, 2}, 0.25), 1);
    QVERIFY(near(tree.leaves(), {0.25, 0.25, 0.25, 0.25}));
}

void TestSoftTree::branchesLearn()
{
    SoftTree tree(wholeTree(1), 1, 2);
    const at::Tensor leaves = at::tensor({2.0F, 0.0F, 0.0F, 2.0F}).view({2, 2});
    tree.setLeaves(leaves, leaves);
    at::Tensor nearest = distancesFor({0.5}).detach().set_requires_grad(true);
    const at::Tensor loss = -tree.scores(tree.reached(nearest))[0][1];
    loss.backward();
    QVERIFY(nearest.grad().item<double>() > 0); // class 1 is at the right: nearer is better
    QVERIFY(!tree.leaves().requires_grad());
}

void TestSoftTree::prunes()
{
    SoftTree tree(wholeTree(2), 3, 4);
    const at::Tensor leaves = at::zeros({4, 4});
    leaves[1][2] = 9;
    leaves[3][0] = 5;
    tree.setLeaves(leaves, leaves);
    const at::Tensor nearest = distancesFor({0.75, 0.5, 0.9});
    QVERIFY(tree.prune(0.25 + 1e-6)); // leaves that know nothing say 0.25 of each of four classes
    QCOMPARE(tree.config().nodes.size(), std::size_t{3});
    QCOMPARE(tree.config().nodes.front().prototype, 0);
    QVERIFY(at::equal(tree.leaves(), at::stack({leaves[1], leaves[3]})));
    QVERIFY(near(at::exp(tree.reached(nearest)), {0.25, 0.75}));
}

void TestSoftTree::keepsATreeThatWouldVanish()
{
    SoftTree tree(wholeTree(2), 3, 4);
    const at::Tensor leaves = at::zeros({4, 4});
    leaves[1][2] = 9; // a single leaf is no tree
    tree.setLeaves(leaves, leaves);
    QVERIFY(!tree.prune(0.3));
    QCOMPARE(tree.config().nodes.size(), std::size_t{7});
    QVERIFY(at::equal(tree.leaves(), leaves));
}

QTEST_GUILESS_MAIN(TestSoftTree)
#include "test_soft_tree.moc"

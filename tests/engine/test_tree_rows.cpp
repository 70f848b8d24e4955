// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <nlohmann/json.hpp>

#include "core/model/prototree/tree_rows.h"
#include "core/model/prototree/tree_shape.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

using Json = nlohmann::json;

/// A thread of branches with a leaf at the left of each.
Json threadOf(int branches)
{
    Json rows = Json::array();
    for (int i = 0; i < branches; ++i) {
        rows.push_back({2 * i, 0, 2 * i + 1, 2 * i + 2});
        rows.push_back(Json::array({2 * i + 1}));
    }
    rows.push_back(Json::array({2 * branches}));
    return rows;
}

QString numbersOf(const TreeConfig& tree)
{
    QStringList numbers;
    for (const TreeNode& node : tree.nodes)
        numbers << QString::number(node.index);
    return numbers.join(' ');
}

} // namespace

/// A tree beside a state dict is believed only where it is one, and pruning leaves what the released code leaves.
class TestTreeRows : public QObject {
    Q_OBJECT

private slots:
    void refusesRows_data();
    void refusesRows();
    void refusesDepths();
    void readsWhatItWrites();
    void growsAWholeTree();
    void prunes_data();
    void prunes();
};

void TestTreeRows::refusesRows_data()
{
    QTest::addColumn<QString>("rows");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const Json& rows, const char* says) {
        QTest::newRow(name) << QString::fromStdString(rows.dump()) << QString(says);
    };
    row("no list", Json("tree"), "expected a list of nodes, got none");
    row("nothing", nullptr, "expected a list of nodes, got none");
    row("no nodes", Json::array(), "at least a branch and its two leaves, got 0 nodes");
    row("a single leaf", {{0}}, "at least a branch and its two leaves, got 1 nodes");
    row("a node that is no list", {{0, 0, 1, 2}, {1}, 2},
        "expected 1 number for a leaf and 4 for a branch, got no list");
    row("a node of two numbers", {{0, 0, 1, 2}, {1}, {2, 0}}, "1 number for a leaf and 4 for a branch, got 2");
    row("a text as a number", {{0, 0, 1, 2}, {1}, {"2"}}, "got a value of another kind");
    row("a broken number", {{0, 0, 1, 1.5}, {1}, {2}}, "the place of a child of node 0 from 0 to 2, got 1.5");
    row("a negative number", {{-7, 0, 1, 2}, {1}, {2}}, "the number of a node from 0 to");
    row("a number beyond all", {{0, 0, 1, 18446744073709551615U}, {1}, {2}}, "the place of a child of node 0");
    row("no such prototype", {{0, 3, 1, 2}, {1}, {2}}, "a prototype of node 0 from 0 to 2, got 3");
    row("no such place", {{0, 0, 1, 3}, {1}, {2}}, "the place of a child of node 0 from 0 to 2, got 3");
    row("a circle of one", {{0, 0, 0, 2}, {1}, {2}},
        "children of node 0 behind it that are nobody else's, got place 0");
    row("a circle of two", {{0, 0, 1, 2}, {1, 0, 0, 3}, {2}, {3}}, "children of node 1 behind it");
    row("both children the same", {{0, 0, 1, 1}, {1}, {2}}, "children of node 0 behind it that are nobody else's");
    row("a node of two branches", {{0, 0, 1, 2}, {1, 0, 3, 4}, {2, 0, 4, 5}, {3}, {4}, {5}}, "got place 4");
    row("a node that nobody leads to", {{0, 0, 1, 2}, {1}, {2}, {3}}, "a branch before node 3 that leads to it");
    row("a child before its branch", {{0, 0, 2, 3}, {1}, {2}, {3, 0, 1, 2}}, "a branch before node 1");
    row("two of one number", {{0, 0, 1, 2}, {1}, {1}}, "numbers that name one node each, got two of number 1");
    row("65 branches on a way", threadOf(65), "at most 64 branches on each way to a leaf");
    row("10,000 branches on a way", threadOf(10'000), "at most 64 branches on each way to a leaf");
    row("too many nodes", threadOf(70'000), "at most 131072 nodes, got 140001");
}

void TestTreeRows::refusesRows()
{
    QFETCH(QString, rows);
    QFETCH(QString, says);
    QString message;
    const auto read = [&] { treeFromRows(Json::parse(rows.toStdString()), 3); };
    QVERIFY(errorOf(read, &message));
    QVERIFY2(message.contains(says), qPrintable(message));
}

void TestTreeRows::refusesDepths()
{
    for (const int depth : {-1, 0, 17})
        QVERIFY(errorOf([&] { wholeTree(depth); }) == ErrorCode::BadArgument);
}

void TestTreeRows::readsWhatItWrites()
{
    for (const TreeConfig& tree : {wholeTree(1), wholeTree(4), treeFromRows(threadOf(64), 1)}) {
        const Json rows = treeRows(tree);
        QVERIFY(treeFromRows(Json::parse(rows.dump()), 15) == tree);
    }
}

void TestTreeRows::growsAWholeTree()
{
    const TreeConfig tree = wholeTree(2);
    QCOMPARE(tree.depth, 2);
    const std::vector<TreeNode> expected{{0, 1, 4, 0, {}},
                                         {1, 2, 3, 1, {}},
                                         {2, -1, -1, -1, "_root.l.l._dist_params"},
                                         {3, -1, -1, -1, "_root.l.r._dist_params"},
                                         {4, 5, 6, 2, {}},
                                         {5, -1, -1, -1, "_root.r.l._dist_params"},
                                         {6, -1, -1, -1, "_root.r.r._dist_params"}};
    QVERIFY(tree.nodes == expected);
    QCOMPARE(wholeTree(9).nodes.size(), std::size_t{1023});
}

/// Of 0 (1 (2, 3), 4 (5, 6)).
void TestTreeRows::prunes_data()
{
    QTest::addColumn<QList<int>>("kept");
    QTest::addColumn<QString>("numbers");
    QTest::addColumn<QString>("lastLeaf");
    QTest::newRow("nothing left") << QList<int>{} << ""
                                  << "";
    QTest::newRow("a single leaf") << QList<int>{5} << ""
                                   << "";
    QTest::newRow("two leaves of one branch, which becomes the root") << QList<int>{5, 6} << "4 5 6"
                                                                      << "_root.r";
    QTest::newRow("a leaf of each side") << QList<int>{2, 6} << "0 2 6"
                                         << "_root.r";
    QTest::newRow("one leaf missing") << QList<int>{3, 5, 6} << "0 3 4 5 6"
                                      << "_root.r.r";
    QTest::newRow("all") << QList<int>{2, 3, 5, 6} << "0 1 2 3 4 5 6"
                         << "_root.r.r";
}

void TestTreeRows::prunes()
{
    QFETCH(const QList<int>, kept);
    QFETCH(QString, numbers);
    QFETCH(QString, lastLeaf);
    std::vector<bool> leaves(7);
    for (const int place : kept)
        leaves[static_cast<std::size_t>(place)] = true;
    const std::optional<TreeConfig> pruned = prunedTree(wholeTree(2), leaves);
    QCOMPARE(pruned.has_value(), !numbers.isEmpty());
    if (!pruned)
        return;
    QCOMPARE(numbersOf(*pruned), numbers);
    QCOMPARE(pruned->nodes.back().leaf.c_str(), qPrintable(lastLeaf + "._dist_params"));
    QVERIFY(treeFromRows(treeRows(*pruned), 3) == *pruned); // places are right, and so is the depth
}

QTEST_GUILESS_MAIN(TestTreeRows)
#include "test_tree_rows.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include <QTest>

#include "tests/support/synthetic_prototypes.h"
#include "ui/tree/tree_layout.h"

using namespace ocellus;
using namespace ocellus::test;

/// Where the nodes of a tree stand, also of one that is none.
class TestTreeLayout : public QObject {
    Q_OBJECT

private slots:
    void survivesBadAnswers_data();
    void survivesBadAnswers();
    void placesNodes();
    void foldsWhatIsHardlyReached_data();
    void foldsWhatIsHardlyReached();
    void placesADeepTree();
};

void TestTreeLayout::survivesBadAnswers_data()
{
    QTest::addColumn<int>("left");
    QTest::addColumn<int>("right");
    QTest::newRow("itself") << 0 << 0;
    QTest::newRow("one child twice") << 1 << 1;
    QTest::newRow("beyond the nodes") << 1 << 99;
    QTest::newRow("one alone") << 1 << -1;
    QTest::newRow("back") << -5 << 2;
    QTest::newRow("the other way round") << 2 << 1;
    QTest::newRow("a child of its sibling too") << 2 << 3;
}

void TestTreeLayout::survivesBadAnswers()
{
    QFETCH(const int, left);
    QFETCH(const int, right);
    TreeAnswer tree = smallTreeAnswer();
    tree.nodes[0].left = left;
    tree.nodes[0].right = right;
    const std::vector<TreePlace> places = layOutTree(tree, 0);
    QVERIFY(!places.empty() && places.size() <= tree.nodes.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        QVERIFY(places[i].parent < static_cast<int>(i));
        QVERIFY(places[i].across >= 0 && places[i].across < widthOf(places));
    }
    QVERIFY(layOutTree({}, 0).empty());
    QCOMPARE(heightOf({}), 0);
}

void TestTreeLayout::placesNodes()
{
    const std::vector<TreePlace> places = layOutTree(smallTreeAnswer(), 0);
    QCOMPARE(places.size(), std::size_t{5});
    QCOMPARE(widthOf(places), 3);
    QCOMPARE(heightOf(places), 3);
    QCOMPARE(places[0].across, (0 + 1.5) / 2);
    const auto leaf = std::ranges::find(places, 4, &TreePlace::node);
    QCOMPARE(leaf->across, 2.0);
    QCOMPARE(leaf->level, 2);
    QVERIFY(leaf->isOnWay && !std::ranges::find(places, 3, &TreePlace::node)->isOnWay);
    QCOMPARE(places[static_cast<std::size_t>(places[0].right)].node, 2);
}

void TestTreeLayout::foldsWhatIsHardlyReached_data()
{
    QTest::addColumn<double>("reached");
    QTest::addColumn<bool>("onWay");
    QTest::addColumn<int>("folded");
    QTest::newRow("hardly") << 0.001 << false << 2;
    QTest::newRow("hardly, but on the way") << 0.001 << true << 0;
    QTest::newRow("often") << 0.9 << false << 0;
    QTest::newRow("not a number") << std::nan("") << false << 0;
}

void TestTreeLayout::foldsWhatIsHardlyReached()
{
    QFETCH(const double, reached);
    QFETCH(const bool, onWay);
    QFETCH(const int, folded);
    TreeAnswer tree = smallTreeAnswer();
    tree.nodes[2].reached = reached;
    if (!onWay)
        tree.path = {0, 1};
    const std::vector<TreePlace> places = layOutTree(tree, 0.01);
    const auto place = std::ranges::find(places, 2, &TreePlace::node);
    QCOMPARE(place->foldedLeaves, folded);
    QCOMPARE(place->left<0, folded> 0);
    QCOMPARE(widthOf(places), folded > 0 ? 2 : 3);
}

void TestTreeLayout::placesADeepTree()
{
    constexpr int depth = 14;
    TreeAnswer tree;
    const auto grow = [&tree](auto&& self, int level) -> int {
        const int node = static_cast<int>(tree.nodes.size());
        tree.nodes.emplace_back().index = node;
        if (level < depth) {
            const int left = self(self, level + 1), right = self(self, level + 1);
            tree.nodes[static_cast<std::size_t>(node)].left = left;
            tree.nodes[static_cast<std::size_t>(node)].right = right;
        }
        return node;
    };
    grow(grow, 0);
    const std::vector<TreePlace> places = layOutTree(tree, 0);
    QCOMPARE(places.size(), tree.nodes.size());
    QCOMPARE(widthOf(places), 1 << depth);
    QCOMPARE(heightOf(places), depth + 1);
}

QTEST_APPLESS_MAIN(TestTreeLayout)
#include "test_tree_layout.moc"

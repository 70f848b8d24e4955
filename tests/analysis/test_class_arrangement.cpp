// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/base/random.h"
#include "core/evaluation/class_arrangement.h"

using namespace ocellus;

namespace {

using Order = std::vector<int>;

/// Of `groups` classes each, those of one group alike by 0.5 and a little, others by 0.01.
std::vector<float> blocks(int groups, int size, const Order& shuffled)
{
    const int n = groups * size;
    std::vector<float> alike(static_cast<std::size_t>(n) * static_cast<std::size_t>(n));
    for (int a = 0; a < n; ++a)
        for (int b = 0; b < n; ++b)
            if (a != b)
                alike[static_cast<std::size_t>(a * n + b)] =
                    shuffled[static_cast<std::size_t>(a)] / size == shuffled[static_cast<std::size_t>(b)] / size
                        ? 0.5F
                        : 0.01F;
    return alike;
}

} // namespace

/// Orders of a confusion matrix.
class TestClassArrangement : public QObject {
    Q_OBJECT

private slots:
    void ordersNothingAndOne();
    void equalOnesStay();
    void groupsStandTogether();
    void nearerEndsMeet();
    void byNameAndGenus();
    void likenessByHand();
};

void TestClassArrangement::ordersNothingAndOne()
{
    QCOMPARE(orderedByLikeness({}, 0), Order());
    QCOMPARE(orderedByLikeness({0}, 1), Order{0});
}

void TestClassArrangement::equalOnesStay()
{
    Order order = orderedByLikeness(std::vector<float>(25, 0), 5);
    std::ranges::sort(order);
    QCOMPARE(order, (Order{0, 1, 2, 3, 4}));
}

void TestClassArrangement::groupsStandTogether()
{
    constexpr int groups = 7, size = 5;
    Order shuffled(groups * size);
    std::iota(shuffled.begin(), shuffled.end(), 0);
    RandomStream random(3);
    for (std::size_t i = shuffled.size(); i > 1; --i)
        std::swap(shuffled[i - 1], shuffled[static_cast<std::size_t>(random.below(static_cast<int>(i)))]);
    const Order order = orderedByLikeness(blocks(groups, size, shuffled), shuffled.size());
    QCOMPARE(order.size(), shuffled.size());
    int changes = 0;
    for (std::size_t i = 1; i < order.size(); ++i)
        changes += shuffled[static_cast<std::size_t>(order[i])] / size !=
                   shuffled[static_cast<std::size_t>(order[i - 1])] / size;
    QCOMPARE(changes, groups - 1);
}

void TestClassArrangement::nearerEndsMeet()
{
    // 0-1 and 2-3 are pairs; of all across, 0 and 3 are nearest.
    const std::vector<float> alike{0, 9, 1, 4, 9, 0, 1, 1, 1, 1, 0, 8, 4, 1, 8, 0};
    QCOMPARE(orderedByLikeness(alike, 4), (Order{1, 0, 3, 2}));
}

void TestClassArrangement::byNameAndGenus()
{
    ClassTable table;
    table.entries = {{"Wren", "Troglodytes aedon"}, {"Raven", "Corvus corax"}, {"Crow", "Corvus corone"}, {"Auk", ""}};
    QCOMPARE(arranged({0, 1, 2, 3}, ClassArrangement::Name, table, {}), (Order{3, 2, 1, 0}));
    QCOMPARE(arranged({0, 1, 2, 3}, ClassArrangement::Genus, table, {}), (Order{2, 1, 0, 3}));
    QCOMPARE(arranged({3, 1, 0}, ClassArrangement::Model, table, {}), (Order{0, 1, 3}));
}

void TestClassArrangement::likenessByHand()
{
    const auto one = [](int trueClass, std::vector<float> logits) {
        EvaluatedOne picture;
        picture.asked = {trueClass, std::move(logits), {}};
        return picture;
    };
    const std::vector<EvaluatedOne> pictures{one(0, {0, 0}), one(0, {std::log(3.0F), 0}), one(1, {0, std::log(4.0F)})};
    const std::vector<float> alike = classLikeness(pictures, {0, 1});
    QCOMPARE(alike[0], 0.0F);
    QVERIFY(std::abs(alike[1] - (0.375F + 0.2F)) < 1e-6F); // mean of a half and a quarter, and a fifth
    QCOMPARE(alike[1], alike[2]);
}

QTEST_GUILESS_MAIN(TestClassArrangement)
#include "test_class_arrangement.moc"

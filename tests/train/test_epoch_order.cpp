// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QtTest>

#include "core/base/random.h"
#include "core/train/data/epoch_order.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

using Indices = std::vector<std::size_t>;

Indices joined(const std::vector<Indices>& batches)
{
    Indices all;
    for (const Indices& batch : batches)
        all.insert(all.end(), batch.begin(), batch.end());
    return all;
}

} // namespace

/// Each picture once an epoch, in an order that every rank works out alike.
class TestEpochOrder : public QObject {
    Q_OBJECT

private slots:
    void refusesBadNumbers();
    void noPicturesAreNoBatches();
    void cutsAPermutation_data();
    void cutsAPermutation();
    void followsSeedAndEpochAlone();
    void mixesWell();
    void sharesWithoutOverlap_data();
    void sharesWithoutOverlap();
    void streamIsTheSameEverywhere();
};

void TestEpochOrder::refusesBadNumbers()
{
    const Indices batch{1, 2, 3};
    QCOMPARE(errorOf([] { epochBatches(10, 0, 1, 0); }), std::optional(ErrorCode::BadArgument));
    QCOMPARE(errorOf([] { epochBatches(10, -3, 1, 0); }), std::optional(ErrorCode::BadArgument));
    QCOMPARE(errorOf([] { epochBatches(std::size_t{1} << 31, 8, 1, 0); }), std::optional(ErrorCode::TooLarge));
    QCOMPARE(errorOf([&] { shareOf(batch, -1, 2); }), std::optional(ErrorCode::BadArgument));
    QCOMPARE(errorOf([&] { shareOf(batch, 2, 2); }), std::optional(ErrorCode::BadArgument));
    QCOMPARE(errorOf([&] { shareOf(batch, 0, 0); }), std::optional(ErrorCode::BadArgument));
}

void TestEpochOrder::noPicturesAreNoBatches()
{
    QVERIFY(epochBatches(0, 4, 1, 0).empty());
    QVERIFY(shareOf(Indices(), 0, 3).empty());
}

void TestEpochOrder::cutsAPermutation_data()
{
    QTest::addColumn<int>("pictures");
    QTest::addColumn<int>("batchSize");
    QTest::addColumn<int>("batches");
    QTest::newRow("one picture") << 1 << 4 << 1;
    QTest::newRow("fewer than a batch") << 3 << 4 << 1;
    QTest::newRow("whole batches") << 12 << 4 << 3;
    QTest::newRow("a smaller last one") << 13 << 4 << 4;
    QTest::newRow("one a batch") << 5 << 1 << 5;
}

void TestEpochOrder::cutsAPermutation()
{
    QFETCH(int, pictures);
    QFETCH(int, batchSize);
    QFETCH(int, batches);
    const std::vector<Indices> cut = epochBatches(static_cast<std::size_t>(pictures), batchSize, 42, 3);
    QCOMPARE(cut.size(), static_cast<std::size_t>(batches));
    for (std::size_t i = 0; i + 1 < cut.size(); ++i)
        QCOMPARE(cut[i].size(), static_cast<std::size_t>(batchSize));
    Indices all = joined(cut);
    std::sort(all.begin(), all.end());
    QCOMPARE(all.size(), static_cast<std::size_t>(pictures));
    for (std::size_t i = 0; i < all.size(); ++i)
        QCOMPARE(all[i], i);
}

void TestEpochOrder::followsSeedAndEpochAlone()
{
    const Indices order = joined(epochBatches(100, 8, 42, 3));
    QCOMPARE(joined(epochBatches(100, 32, 42, 3)), order);
    QVERIFY(joined(epochBatches(100, 8, 43, 3)) != order);
    QVERIFY(joined(epochBatches(100, 8, 42, 4)) != order);
}

void TestEpochOrder::mixesWell()
{
    // Every picture comes first about equally often: 2000 epochs of 10, 200 each, standard deviation 13.4.
    std::vector<int> first(10);
    for (int epoch = 0; epoch < 2000; ++epoch)
        ++first[epochBatches(10, 10, 1, epoch)[0][0]];
    for (const int count : first)
        QVERIFY2(count > 140 && count < 260, qPrintable(QString::number(count)));
}

void TestEpochOrder::sharesWithoutOverlap_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("ranks");
    QTest::newRow("alone") << 12 << 1;
    QTest::newRow("evenly") << 12 << 4;
    QTest::newRow("unevenly") << 13 << 4;
    QTest::newRow("more ranks than pictures") << 3 << 8;
}

void TestEpochOrder::sharesWithoutOverlap()
{
    QFETCH(int, size);
    QFETCH(int, ranks);
    const Indices batch = epochBatches(static_cast<std::size_t>(size), size, 1, 0)[0];
    Indices together;
    std::size_t smallest = batch.size();
    std::size_t largest = 0;
    for (int rank = 0; rank < ranks; ++rank) {
        const std::span<const std::size_t> share = shareOf(batch, rank, ranks);
        together.insert(together.end(), share.begin(), share.end());
        smallest = std::min(smallest, share.size());
        largest = std::max(largest, share.size());
    }
    QCOMPARE(together, batch);
    QVERIFY(largest - smallest <= 1);
}

void TestEpochOrder::streamIsTheSameEverywhere()
{
    // The first numbers of splitmix64 from 1234567, as its authors' C code prints them.
    RandomStream random(1234567);
    for (const std::uint64_t expected : {6457827717110365317U, 3203168211198807973U, 9817491932198370423U})
        QCOMPARE(random.next(), expected);
}

QTEST_GUILESS_MAIN(TestEpochOrder)
#include "test_epoch_order.moc"

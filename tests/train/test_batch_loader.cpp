// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <latch>
#include <mutex>
#include <numeric>

#include <QtTest>

#include "core/train/data/batch_loader.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

using Indices = std::vector<std::size_t>;

/// A picture that is only its index.
LoadedPicture plain(std::size_t index)
{
    LoadedPicture picture;
    picture.input.values = {static_cast<float>(index)};
    picture.label = static_cast<int>(index % 3);
    picture.index = index;
    return picture;
}

/// Like plain, but pictures 5 and 7 are damaged.
LoadedPicture failing(std::size_t index)
{
    if (index == 5 || index == 7)
        throw Error(ErrorCode::Damaged, std::to_string(index), "is damaged");
    return plain(index);
}

Indices indicesOf(const std::vector<LoadedPicture>& pictures)
{
    Indices indices;
    for (const LoadedPicture& picture : pictures)
        indices.push_back(picture.index);
    return indices;
}

std::vector<Indices> hundredBatches()
{
    std::vector<Indices> batches(100, Indices(4));
    for (std::size_t i = 0; i < batches.size(); ++i)
        std::iota(batches[i].rbegin(), batches[i].rend(), i * 4);
    return batches;
}

} // namespace

/// Batches come whole and in order, whoever loads them.
class TestBatchLoader : public QObject {
    Q_OBJECT

private slots:
    void refusesBadNumbers();
    void throwsTheFirstErrorOfABatch_data() { workers(); }
    void throwsTheFirstErrorOfABatch();
    void errorsOfAnyKindArrive_data() { workers(); }
    void errorsOfAnyKindArrive();
    void emptyBatchesAreBatches_data() { workers(); }
    void emptyBatchesAreBatches();
    void noBatches_data() { workers(); }
    void noBatches();
    void keepsTheOrder_data() { workers(); }
    void keepsTheOrder();
    void loadsOnlySoFarAhead();
    void stopsInTheMiddle();

private:
    static void workers()
    {
        QTest::addColumn<int>("workers");
        QTest::newRow("in this thread") << 0;
        QTest::newRow("one worker") << 1;
        QTest::newRow("four workers") << 4;
    }
};

void TestBatchLoader::refusesBadNumbers()
{
    QCOMPARE(errorOf([] { BatchLoader({}, plain, -1); }), std::optional(ErrorCode::BadArgument));
    QCOMPARE(errorOf([] { BatchLoader({}, plain, 1, 0); }), std::optional(ErrorCode::BadArgument));
    QCOMPARE(errorOf([] { BatchLoader({}, plain, 1, -1); }), std::optional(ErrorCode::BadArgument));
}

void TestBatchLoader::throwsTheFirstErrorOfABatch()
{
    QFETCH(int, workers);
    BatchLoader loader({{1, 2}, {3, 7, 5, 4}, {6}}, failing, workers);
    QCOMPARE(indicesOf(*loader.next()), (Indices{1, 2}));
    QString message;
    QCOMPARE(errorOf([&] { loader.next(); }, &message), std::optional(ErrorCode::Damaged));
    QCOMPARE(message, QString("7: is damaged"));
    QCOMPARE(indicesOf(*loader.next()), (Indices{6}));
    QVERIFY(!loader.next());
}

void TestBatchLoader::errorsOfAnyKindArrive()
{
    QFETCH(int, workers);
    BatchLoader loader(
        {{1}}, [](std::size_t) -> LoadedPicture { throw std::bad_alloc(); }, workers);
    QVERIFY_EXCEPTION_THROWN(loader.next(), std::bad_alloc);
    QVERIFY(!loader.next());
}

void TestBatchLoader::emptyBatchesAreBatches()
{
    QFETCH(int, workers);
    BatchLoader loader({{}, {1}, {}, {}, {}, {2}, {}}, plain, workers);
    for (const Indices& expected : {Indices{}, Indices{1}, Indices{}, Indices{}, Indices{}, Indices{2}, Indices{}})
        QCOMPARE(indicesOf(*loader.next()), expected);
    QVERIFY(!loader.next());
}

void TestBatchLoader::noBatches()
{
    QFETCH(int, workers);
    BatchLoader loader({}, plain, workers);
    QVERIFY(!loader.next());
    QVERIFY(!loader.next());
}

void TestBatchLoader::keepsTheOrder()
{
    QFETCH(int, workers);
    const std::vector<Indices> batches = hundredBatches();
    BatchLoader loader(batches, plain, workers);
    for (const Indices& expected : batches) {
        const std::optional<std::vector<LoadedPicture>> batch = loader.next();
        QVERIFY(batch);
        QCOMPARE(indicesOf(*batch), expected);
        QCOMPARE(batch->front().input.values, std::vector<float>{static_cast<float>(expected.front())});
        QCOMPARE(batch->back().label, static_cast<int>(expected.back() % 3));
    }
    QVERIFY(!loader.next());
}

void TestBatchLoader::loadsOnlySoFarAhead()
{
    std::mutex mutex;
    std::condition_variable changed;
    std::size_t taken = 0;
    std::size_t loaded = 0;
    bool tooFar = false;
    const auto load = [&](std::size_t index) {
        const std::scoped_lock lock(mutex);
        ++loaded;
        tooFar = tooFar || index / 4 >= taken + 3;
        changed.notify_all();
        return plain(index);
    };
    BatchLoader loader(hundredBatches(), load, 4, 3);
    for (std::size_t batch = 0; batch < 50; ++batch) {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return loaded == (batch + 3) * 4; }); // it does go as far as it may
        ++taken; // said before next(): a worker may be the faster one
        lock.unlock();
        QVERIFY(loader.next());
    }
    const std::scoped_lock lock(mutex);
    QVERIFY(!tooFar);
}

void TestBatchLoader::stopsInTheMiddle()
{
    for (int round = 0; round < 20; ++round) {
        std::atomic<int> running{0};
        std::latch begun(3);
        std::latch ending(1);
        const auto load = [&](std::size_t index) {
            ++running;
            if (index > 0 && index < 4) { // the first three, for batches count down
                begun.arrive_and_wait();
                ending.wait();
            }
            --running;
            return plain(index);
        };
        {
            // Three pictures are in the middle of their loading when the loader goes.
            BatchLoader loader(hundredBatches(), load, 3, 100);
            begun.wait();
            QCOMPARE(running.load(), 3);
            ending.count_down();
        }
        QCOMPARE(running.load(), 0);
    }
}

QTEST_GUILESS_MAIN(TestBatchLoader)
#include "test_batch_loader.moc"

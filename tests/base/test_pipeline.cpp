// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <algorithm>
#include <atomic>
#include <latch>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/base/read_ahead.h"
#include "core/base/write_behind.h"

using namespace ocellus;

/// What reads ahead and what writes behind.
class TestPipeline : public QObject {
    Q_OBJECT

private slots:
    void aFailureIsItsOwnValuesAlone()
    {
        ReadAhead<int> values(3, 2, [](std::size_t index) {
            if (index == 1)
                throw std::runtime_error("one");
            return static_cast<int>(index);
        });
        QCOMPARE(values.next(), 0);
        QVERIFY_EXCEPTION_THROWN(values.next(), std::runtime_error);
        QCOMPARE(values.next(), 2);
    }

    void nothingIsMadeOfNothing()
    {
        ReadAhead<int> values(0, 1, [](std::size_t) -> int { throw std::logic_error("made"); });
    }

    void endsWhileValuesWait()
    {
        std::atomic<int> made = 0;
        {
            ReadAhead<int> values(1'000, 2, [&made](std::size_t index) {
                ++made;
                return static_cast<int>(index);
            });
            QCOMPARE(values.next(), 0);
        }
        QVERIFY(made <= 4); // the one taken, two that wait and one in the making
    }

    void valuesKeepTheirOrder()
    {
        ReadAhead<std::string> values(500, 3, [](std::size_t index) { return std::to_string(index); });
        for (int i = 0; i < 500; ++i)
            QCOMPARE(values.next(), std::to_string(i));
    }

    void readsAheadOfTheOneThatTakes()
    {
        std::latch third(3);
        ReadAhead<int> values(3, 2, [&third](std::size_t index) {
            third.count_down();
            return static_cast<int>(index);
        });
        QCOMPARE(values.next(), 0);
        third.wait(); // no further call was needed
        QCOMPARE(values.next(), 1);
        QCOMPARE(values.next(), 2);
    }

    void severalThreadsKeepTheOrder()
    {
        constexpr std::size_t threads = 4;
        std::latch together(threads);
        ReadAhead<std::string> values(
            500, 3,
            [&together](std::size_t index) {
                if (index < threads)
                    together.arrive_and_wait(); // all of them work at a time
                if (index % 7 == 6)
                    throw std::runtime_error(std::to_string(index));
                return std::to_string(index);
            },
            threads);
        for (int i = 0; i < 500; ++i) {
            if (i % 7 == 6)
                QVERIFY_EXCEPTION_THROWN(values.next(), std::runtime_error);
            else
                QCOMPARE(values.next(), std::to_string(i));
        }
    }

    void severalThreadsEndWhileValuesWait()
    {
        std::atomic<int> made = 0;
        {
            ReadAhead<int> values(
                1'000, 2,
                [&made](std::size_t index) {
                    ++made;
                    return static_cast<int>(index);
                },
                3);
            QCOMPARE(values.next(), 0);
        }
        QVERIFY(made <= 6); // the one taken, two that wait and three in the making
    }

    void jobsRunInOrderBeforeTheEnd()
    {
        std::vector<int> done;
        {
            WriteBehind jobs(2);
            for (int i = 0; i < 500; ++i)
                jobs.add([&done, i] { done.push_back(i); });
        }
        QCOMPARE(done.size(), std::size_t{500});
        QVERIFY(std::ranges::is_sorted(done));
    }

    void whatAJobHoldsGoesBeforeTheNextIsTaken()
    {
        std::atomic<int> most = 0;
        const auto alive = std::make_shared<int>();
        WriteBehind jobs(2);
        for (int i = 0; i < 200; ++i) {
            jobs.add([held = alive] { QVERIFY(held); });
            most = std::max(most.load(), static_cast<int>(alive.use_count()) - 1);
        }
        jobs.wait();
        QVERIFY2(most <= 2, std::to_string(most).c_str());
        QCOMPARE(alive.use_count(), 1L);
    }

    void waitsForAll()
    {
        std::atomic<int> done = 0;
        WriteBehind jobs(3);
        for (int i = 1; i <= 3; ++i) {
            jobs.add([&done] { ++done; });
            jobs.wait();
            QCOMPARE(done.load(), i);
        }
    }
};

QTEST_APPLESS_MAIN(TestPipeline)
#include "test_pipeline.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <random>
#include <semaphore>
#include <vector>

#include <QTest>

#include "core/base/latest_wins_queue.h"

using namespace ocellus;

namespace {

/// What jobs did, in order, to be waited for from the test's thread.
class Diary {
public:
    void write(int entry)
    {
        const std::lock_guard lock(m_mutex);
        m_entries.push_back(entry);
        m_changed.notify_all();
    }

    std::vector<int> waitFor(std::size_t count)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, std::chrono::seconds(20), [&] { return m_entries.size() >= count; });
        return m_entries;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<int> m_entries;
};

/// Runs until it is asked to stop, and tells when it began.
LatestWinsQueue::Job endless(Diary& diary, int begin, std::binary_semaphore& began)
{
    return [&diary, begin, &began](const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any changed;
        std::unique_lock lock(mutex);
        began.release();
        changed.wait(lock, stop, [] { return false; });
        diary.write(begin);
        return false;
    };
}

LatestWinsQueue::Job note(Diary& diary, int entry)
{
    return [&diary, entry](const std::stop_token&) {
        diary.write(entry);
        return true;
    };
}

} // namespace

class TestLatestWinsQueue : public QObject {
    Q_OBJECT

private slots:
    void newestRequestWins()
    {
        Diary diary;
        std::binary_semaphore began(0);
        LatestWinsQueue queue;
        queue.request(endless(diary, 1, began));
        began.acquire();
        queue.addBackground(note(diary, 9));
        queue.request(endless(diary, 2, began)); // stops 1; may or may not begin before 3 comes
        queue.request(note(diary, 3));
        const std::vector<int> entries = diary.waitFor(3);
        QCOMPARE(entries.front(), 1);
        QCOMPARE(entries.back(), 9); // background comes last
        QVERIFY(std::ranges::find(entries, 3) != entries.end());
    }

    void cancelStopsTheRequestAndLeavesTheBackground()
    {
        Diary diary;
        std::binary_semaphore began(0);
        LatestWinsQueue queue;
        queue.request(endless(diary, 1, began));
        began.acquire();
        queue.addBackground(note(diary, 2));
        queue.cancelRequest();
        QCOMPARE(diary.waitFor(2), (std::vector<int>{1, 2}));
    }

    void theBackgroundCanWaitForTheNextRequest()
    {
        Diary diary;
        std::binary_semaphore began(0);
        LatestWinsQueue queue;
        queue.request(endless(diary, 1, began));
        began.acquire();
        queue.addBackground(note(diary, 3));
        queue.cancelRequest(LatestWinsQueue::Rest::Waits);
        queue.addBackground(note(diary, 4));
        QCOMPARE(diary.waitFor(1), (std::vector<int>{1}));
        queue.request(note(diary, 2));
        QCOMPARE(diary.waitFor(4), (std::vector<int>{1, 2, 3, 4}));
    }

    void interruptedBackgroundJobRunsAgain()
    {
        Diary diary;
        std::binary_semaphore began(0);
        std::atomic<int> runs = 0;
        LatestWinsQueue queue;
        queue.addBackground([&](const std::stop_token& stop) {
            if (++runs > 1) {
                diary.write(2);
                return true;
            }
            return endless(diary, 0, began)(stop);
        });
        began.acquire();
        queue.request(note(diary, 1));
        QCOMPARE(diary.waitFor(3), (std::vector<int>{0, 1, 2}));
    }

    void awaitedJobsGoBeforeIdleOnes()
    {
        Diary diary;
        std::binary_semaphore began(0);
        LatestWinsQueue queue;
        queue.request(endless(diary, 1, began));
        began.acquire();
        using enum LatestWinsQueue::Wait;
        queue.addBackground(note(diary, 4), Idle);
        queue.addBackground(note(diary, 2), Awaited);
        queue.addBackground(note(diary, 5), Idle);
        queue.addBackground(note(diary, 3), Awaited);
        queue.cancelRequest();
        QCOMPARE(diary.waitFor(5), (std::vector<int>{1, 2, 3, 4, 5}));
    }

    void clearedBackgroundJobIsGone()
    {
        Diary diary;
        std::binary_semaphore began(0);
        LatestWinsQueue queue;
        queue.addBackground(endless(diary, 0, began));
        queue.addBackground(note(diary, 8));
        began.acquire();
        queue.clearBackground();
        queue.request(note(diary, 1));
        queue.addBackground(note(diary, 2));
        QCOMPARE(diary.waitFor(3), (std::vector<int>{0, 1, 2}));
    }

    void clearedIdleJobsLeaveTheAwaitedOnes()
    {
        Diary diary;
        std::binary_semaphore began(0);
        LatestWinsQueue queue;
        using enum LatestWinsQueue::Wait;
        queue.addBackground(endless(diary, 0, began), Idle);
        began.acquire();
        queue.addBackground(note(diary, 8), Idle);
        queue.addBackground(note(diary, 1), Awaited);
        queue.clearIdle();
        queue.addBackground(note(diary, 2), Idle);
        QCOMPARE(diary.waitFor(3), (std::vector<int>{0, 1, 2}));
        queue.addBackground(endless(diary, 3, began), Awaited);
        began.acquire();
        queue.clearIdle(); // leaves what somebody waits for
        queue.request(note(diary, 4));
        queue.clearBackground();
        QCOMPARE(diary.waitFor(5), (std::vector<int>{0, 1, 2, 3, 4}));
    }

    void endsWhileAJobRuns()
    {
        Diary diary;
        std::binary_semaphore began(0);
        {
            LatestWinsQueue queue;
            queue.request(endless(diary, 1, began));
            began.acquire();
        }
        QCOMPARE(diary.waitFor(1), std::vector<int>{1});
    }

    void survivesManyThreads()
    {
        std::atomic<int> done = 0;
        Diary diary;
        {
            LatestWinsQueue queue;
            std::vector<std::jthread> users;
            for (unsigned user = 0; user < 4; ++user)
                users.emplace_back([&, user] {
                    std::mt19937 random(user);
                    for (int i = 0; i < 500; ++i)
                        switch (random() % 5) {
                        case 0: queue.cancelRequest(); break;
                        case 1: queue.clearBackground(); break;
                        case 3: queue.clearIdle(); break;
                        case 2:
                            queue.addBackground(
                                [&](const std::stop_token& stop) { return ++done, !stop.stop_requested(); });
                            break;
                        default:
                            queue.request([&](const std::stop_token& stop) { return ++done, !stop.stop_requested(); });
                        }
                });
            users.clear();
            queue.request(note(diary, 1)); // the last one always runs
            QCOMPARE(diary.waitFor(1), std::vector<int>{1});
        }
    }
};

QTEST_GUILESS_MAIN(TestLatestWinsQueue)
#include "test_latest_wins_queue.moc"

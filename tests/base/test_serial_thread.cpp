// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <atomic>
#include <future>
#include <vector>

#include "core/base/serial_thread.h"

using namespace ocellus;

class TestSerialThread : public QObject {
    Q_OBJECT

private slots:
    void runsAllInOrderBeforeItEnds()
    {
        std::vector<int> done;
        {
            SerialThread thread(std::chrono::hours(1), [] {});
            for (int i = 0; i < 1'000; ++i)
                thread.add([&done, i] { done.push_back(i); });
        }
        QCOMPARE(done.size(), std::size_t{1'000});
        QVERIFY(std::ranges::is_sorted(done));
    }

    void waitsForWhatWasAdded()
    {
        std::atomic<int> done = 0;
        SerialThread thread(std::chrono::hours(1), [] {});
        for (int i = 1; i <= 3; ++i) {
            thread.add([&done] { ++done; });
            thread.wait();
            QCOMPARE(done.load(), i);
        }
    }

    void whatComesAfterwardsFollowsWithoutAnotherJob()
    {
        std::promise<int> told;
        std::atomic<int> done = 0;
        SerialThread thread(std::chrono::milliseconds(1), [&] {
            if (done == 1)
                told.set_value(done);
            done = 2;
        });
        thread.add([&done] { done = 1; });
        QCOMPARE(told.get_future().get(), 1);
    }
};

QTEST_APPLESS_MAIN(TestSerialThread)
#include "test_serial_thread.moc"

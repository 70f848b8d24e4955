// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "ui/engine/pace_estimate.h"

using namespace ocellus;

class TestPaceEstimate : public QObject {
    Q_OBJECT

private slots:
    void saysNothingAtFirst()
    {
        PaceEstimate pace;
        QVERIFY(!pace.secondsLeft());
        pace.note(0, 0, false, 0);
        pace.note(0, 10, true, 0);
        pace.note(1, 10, true, 1000);
        pace.note(2, 10, true, 2000);
        QVERIFY(!pace.secondsLeft());
        pace.note(3, 10, true, 3000);
        QCOMPARE(pace.secondsLeft(), 7.0);
    }

    void pausesDoNotCount()
    {
        PaceEstimate pace;
        pace.note(0, 10, true, 0);
        for (int done = 1; done <= 4; ++done)
            pace.note(done, 10, true, 1000 * done);
        pace.note(4, 10, false, 4500);
        QCOMPARE(pace.secondsLeft(), 6.0);
        pace.note(4, 10, true, 1'000'000);
        pace.note(5, 10, true, 1'000'500);
        QCOMPARE(pace.secondsLeft(), 5.0);
    }

    void followsTheMachine()
    {
        PaceEstimate pace;
        pace.note(0, 1000, true, 0);
        std::int64_t now = 0;
        for (int done = 1; done <= 10; ++done)
            pace.note(done, 1000, true, now += 100);
        for (int done = 11; done <= 100; ++done)
            pace.note(done, 1000, true, now += 1000);
        QVERIFY(*pace.secondsLeft() > 890);
        QVERIFY(*pace.secondsLeft() <= 900);
    }

    void otherWorkBeginsAnew()
    {
        PaceEstimate pace;
        pace.note(0, 10, true, 0);
        for (int done = 1; done <= 5; ++done)
            pace.note(done, 10, true, 1000 * done);
        pace.note(0, 20, true, 6000);
        QVERIFY(!pace.secondsLeft());
        pace.note(0, 0, true, 7000);
        QVERIFY(!pace.secondsLeft());
        // A clock that goes back adds nothing.
        pace.note(1, 20, true, 100);
        pace.note(2, 20, true, 0);
        pace.note(3, 20, true, 0);
        QVERIFY(*pace.secondsLeft() >= 0);
    }
};

QTEST_GUILESS_MAIN(TestPaceEstimate)
#include "test_pace_estimate.moc"

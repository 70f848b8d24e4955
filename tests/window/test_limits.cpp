// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QSignalSpy>
#include <QTest>

#include "tests/window/window_fixture.h"
#include "ui/engine/paths.h"
#include "ui/panels/class_table_view.h"

using namespace ocellus;

using Kind = LimitChoice::Kind;

/// Limiting the classes, and their names.
class TestLimits : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_fixture = std::make_unique<WindowFixture>(); }

    void init()
    {
        m_fixture->restart();
        QVERIFY(m_fixture->openAll());
    }

    void refusesIndicesThatAreNotThere()
    {
        Document& document = m_fixture->document();
        QSignalSpy failed(&m_fixture->answer(), &LiveAnswer::failed);
        document.setLimit({Kind::Zero, {1, WindowFixture::Classes}});
        QVERIFY(m_fixture->settle());
        QCOMPARE(failed.count(), 1);
        QCOMPARE(document.limit(), LimitChoice());
        QCOMPARE(m_fixture->answer().result().decoding->querySet(), QuerySet());
    }

    void theBannerSaysWhichLimitIsOn_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QList<int>>("classes");
        QTest::addColumn<QString>("banner");
        QTest::addColumn<bool>("reachesModel");
        const auto row = [](const char* name, Kind kind, const QList<int>& classes, const char* banner, bool reaches) {
            QTest::newRow(name) << static_cast<int>(kind) << classes << banner << reaches;
        };
        row("zero, nothing checked", Kind::Zero, {}, "", false);
        row("all, three checked", Kind::All, {0, 1, 2}, "", false);
        row("filter", Kind::Filter, {0, 2}, "filter: 2 of 5 shown", false);
        row("zero", Kind::Zero, {4, 0, 2}, "limited to 3 of 5 (zero)", true);
        row("drop", Kind::Drop, {3, 1}, "limited to 2 of 5 (drop)", true);
        row("drop, one class", Kind::Drop, {2}, "limited to 1 of 5 (drop)", true);
    }

    void theBannerSaysWhichLimitIsOn()
    {
        QFETCH(const int, kind);
        QFETCH(const QList<int>, classes);
        QFETCH(const QString, banner);
        QFETCH(const bool, reachesModel);
        QVERIFY(m_fixture->finishPredictions());
        Document& document = m_fixture->document();
        document.setCurrentPicture(1);
        QVERIFY(m_fixture->settle());
        const EngineCounters before = m_fixture->answer().result().counters;
        const QSignalSpy requested(&m_fixture->window().controller(), &EngineController::requested);
        document.setLimit({static_cast<Kind>(kind), classes});
        QVERIFY(m_fixture->settle());
        QCOMPARE(m_fixture->answer().explanation().limit, banner);
        QCOMPARE(requested.count(), reachesModel ? 1 : 0);
        // Neither way is the picture encoded again.
        QCOMPARE(m_fixture->answer().result().counters.encodes, before.encodes);
        QCOMPARE(m_fixture->answer().result().full->querySet(), QuerySet());
        document.setLimit({});
        QVERIFY(m_fixture->settle());
        QCOMPARE(m_fixture->answer().explanation().limit, QString());
    }

    void refusesAListWithoutItsClasses()
    {
        m_fixture->answers = {m_fixture->write("list.txt", "1\nZebra\n")};
        limit("Limit to a l&ist…")->trigger();
        QTRY_VERIFY2(m_fixture->message().contains("Zebra"), qPrintable(m_fixture->message()));
        QCOMPARE(m_fixture->document().limit(), LimitChoice());
    }

    void aListAndAGenusAreLimits()
    {
        m_fixture->document().loadClassTable(
            m_fixture
                ->write("names.csv", "index,name,latin\n0,A,Larus a\n1,B,Gavia b\n2,C,Larus c\n3,D,Alca d\n"
                                     "4,E,Uria e\n")
                .toStdString());
        QTRY_VERIFY(m_fixture->document().classNames().areKnown());
        m_fixture->answers = {m_fixture->write("list.txt", "# two\nGavia b\n4\n")};
        limit("Limit to a l&ist…")->trigger();
        QTRY_VERIFY2(m_fixture->document().limit() == (LimitChoice{Kind::Zero, {1, 4}}),
                     qPrintable(m_fixture->message()));
        QVERIFY(m_fixture->settle());
        QCOMPARE(m_fixture->answer().result().decoding->querySet(), (QuerySet{LimitMode::Zero, {1, 4}}));

        m_fixture->document().setCurrentClass(2);
        limit("Limit to this &genus")->trigger();
        QVERIFY(m_fixture->settle());
        QCOMPARE(m_fixture->document().limit().active, (QList<int>{0, 2}));
    }

    void aGenusNeedsNames()
    {
        QVERIFY(!limit("Limit to this &genus")->isEnabled());
        QVERIFY(limit("Limit to a l&ist…")->isEnabled());
    }

    /// "Red-headed" is no genus.
    void anEnglishNameHasNoGenus()
    {
        m_fixture->document().loadClassTable(
            m_fixture->write("names.txt", "Red-headed_Woodpecker\nSnow_Bunting\nSnow_Goose\nWren\nGull\n")
                .toStdString());
        QTRY_VERIFY(m_fixture->document().classNames().areKnown());
        QVERIFY(!limit("Limit to this &genus")->isEnabled());
        QVERIFY(limit("Limit to this &genus")->toolTip().contains("Latin"));
    }

    void aDroppedClassHasNoMap()
    {
        Document& document = m_fixture->document();
        document.setCurrentClass(4);
        document.setLimit({Kind::Drop, {0, 2}});
        QVERIFY(m_fixture->settle());
        QVERIFY(document.currentClass() == 0 || document.currentClass() == 2);
        const int shown = document.currentClass();
        QSignalSpy noticed(&document, &Document::noticed);
        document.setCurrentClass(4);
        QCOMPARE(noticed.count(), 1);
        QCOMPARE(document.currentClass(), shown);
        QCOMPARE(m_fixture->answer().explanation().classIndex, shown);
    }

    void aFilterHoldsForTheTable()
    {
        const auto listed = [this] { return m_fixture->window().findChild<ClassTableView*>()->model()->rowCount(); };
        QCOMPARE(listed(), static_cast<int>(WindowFixture::Classes));
        m_fixture->document().setLimit({Kind::Filter, {0, 2}});
        QCOMPARE(listed(), 2);
        m_fixture->document().setLimit({Kind::Filter, {}}); // which hides nothing
        QCOMPARE(listed(), static_cast<int>(WindowFixture::Classes));
        m_fixture->document().setLimit({Kind::Filter, {0}});
        m_fixture->document().setCurrentPicture(1);
        QVERIFY(m_fixture->settle());
        QCOMPARE(listed(), 1);
    }

    void theLimitHoldsForTheNextPicture()
    {
        Document& document = m_fixture->document();
        document.setLimit({Kind::Zero, {1, 3}});
        document.setCurrentPicture(1);
        QVERIFY(m_fixture->settle());
        QCOMPARE(m_fixture->answer().result().decoding->querySet(), (QuerySet{LimitMode::Zero, {1, 3}}));
        QCOMPARE(m_fixture->answer().explanation().pictureName, QString("picture1.png"));
    }

    void cancelBringsTheLimitBack()
    {
        Document& document = m_fixture->document();
        document.setLimit({Kind::Drop, {1, 3}});
        m_fixture->answer().cancel();
        QCOMPARE(document.limit(), LimitChoice());
        QCOMPARE(m_fixture->answer().explanation().limit, QString());
    }

    /// For the model both are no limit; what the user looks at is not the same.
    void cancelBringsBackAFilterAndChecks_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("filter") << static_cast<int>(Kind::Filter);
        QTest::newRow("all, two checked") << static_cast<int>(Kind::All);
        QTest::newRow("drop") << static_cast<int>(Kind::Drop);
    }

    void cancelBringsBackAFilterAndChecks()
    {
        QFETCH(const int, kind);
        Document& document = m_fixture->document();
        const LimitChoice before{static_cast<Kind>(kind), {3, 1}};
        document.setLimit(before);
        QVERIFY(m_fixture->settle());
        document.setLimit({Kind::Zero, {3, 1}});
        document.setLimit({Kind::Zero, {3, 1, 4}});
        m_fixture->answer().cancel();
        QCOMPARE(document.limit(), before);
        QVERIFY(m_fixture->settle());
        QVERIFY(!m_fixture->answer().isStale());
    }

    void whatIsShownWhileALimitIsOnItsWayKeepsItsOwnBanner()
    {
        Document& document = m_fixture->document();
        document.setLimit({Kind::Drop, {1, 3}});
        QVERIFY(m_fixture->answer().explanation().stale);
        QCOMPARE(m_fixture->answer().explanation().limit, QString());
        QVERIFY(m_fixture->settle());
        document.setLimit({});
        QCOMPARE(m_fixture->answer().explanation().limit, QString("limited to 2 of 5 (drop)"));
        QVERIFY(m_fixture->settle());
    }

    void namesAreRememberedWithTheCheckpoint()
    {
        const QString table = m_fixture->write("names.txt", "Ant\nBee\nCat\nDog\nEmu\n");
        m_fixture->document().loadClassTable(toPath(table));
        QCOMPARE(m_fixture->document().classTable(), toPath(table)); // a session saved now has it
        QTRY_VERIFY(m_fixture->document().classNames().areKnown());
        QVERIFY2(m_fixture->message().contains("classes in the order of the lines"), qPrintable(m_fixture->message()));
        QCOMPARE(m_fixture->document().classNames().label(3), QString("3 Dog"));

        m_fixture->makeWindow();
        QVERIFY(m_fixture->openAll());
        QTRY_COMPARE(m_fixture->document().classNames().label(3), QString("3 Dog"));
        m_fixture->document().openCheckpoint(toPath(m_fixture->otherCheckpoint()));
        QVERIFY(m_fixture->settle());
        QVERIFY(!m_fixture->document().classNames().areKnown());
        QCOMPARE(m_fixture->document().classNames().label(3), QString("3"));
    }

    void aRememberedTableThatChangedIsRefused()
    {
        const QString table = m_fixture->write("names.txt", "Ant\nBee\nCat\nDog\nEmu\n");
        m_fixture->document().loadClassTable(toPath(table));
        QTRY_VERIFY(m_fixture->document().classNames().areKnown());
        m_fixture->write("names.txt", "Ant\nBee\nCat\nDog\nEmu\nFox\n");
        m_fixture->makeWindow();
        QVERIFY(m_fixture->openAll());
        QTRY_VERIFY2(m_fixture->message().contains("got 6"), qPrintable(m_fixture->message()));
        QVERIFY(!m_fixture->document().classNames().areKnown());
        QCOMPARE(m_fixture->answer().explanation().className,
                 QString::number(m_fixture->answer().explanation().classIndex));
    }

    void aTableGivenBeforeItsModelWaitsForIt()
    {
        m_fixture->makeWindow();
        const QString table = m_fixture->write("names.txt", "Ant\nBee\nCat\nDog\nEmu\n");
        m_fixture->window().open({toPath(m_fixture->checkpoint()), toPath(table)});
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->document().classNames().areKnown(), 60'000);
        QCOMPARE(m_fixture->document().classNames().name(0), QString("Ant"));
    }

    void aTableOfTheModelBeforeIsDropped()
    {
        const QString table = m_fixture->write("names.txt", "Ant\nBee\nCat\nDog\nEmu\n");
        m_fixture->document().openCheckpoint(toPath(m_fixture->otherCheckpoint()));
        QVERIFY(m_fixture->settle());
        m_fixture->document().loadClassTable(toPath(table));
        m_fixture->action(Command::ForgetClassTable)->trigger();
        m_fixture->document().openCheckpoint(toPath(m_fixture->checkpoint()));
        QVERIFY(m_fixture->settle());
        QVERIFY(!m_fixture->document().classNames().areKnown());
    }

    void theNewestOfTwoTablesNamesTheClasses()
    {
        m_fixture->document().loadClassTable(toPath(m_fixture->write("first.txt", "a\nb\nc\nd\ne\n")));
        m_fixture->document().loadClassTable(toPath(m_fixture->write("names.txt", "Ant\nBee\nCat\nDog\nEmu\n")));
        QTRY_VERIFY(m_fixture->document().classNames().areKnown());
        QCOMPARE(m_fixture->document().classNames().label(3), QString("3 Dog"));
    }

    void forgettingGoesBackToNumbers()
    {
        m_fixture->document().loadClassTable(toPath(m_fixture->write("names.txt", "Ant\nBee\nCat\nDog\nEmu\n")));
        QTRY_VERIFY(m_fixture->document().classNames().areKnown());
        m_fixture->action(Command::ForgetClassTable)->trigger();
        QVERIFY(!m_fixture->document().classNames().areKnown());
        QCOMPARE(m_fixture->document().classNames().label(3), QString("3"));
    }

private:
    QAction* limit(const QString& text) const
    {
        for (QAction* action : m_fixture->window().findChildren<QAction*>())
            if (action->text() == text)
                return action;
        return nullptr;
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestLimits)
#include "test_limits.moc"

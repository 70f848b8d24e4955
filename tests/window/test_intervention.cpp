// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "tests/window/window_fixture.h"
#include "ui/edit_panel/history_view.h"
#include "ui/engine/paths.h"
#include "ui/panels/intervention_panel.h"
#include "ui/panels/pictures_panel.h"

using namespace ocellus;

/// Attention changed by hand, from the panel to the model and back.
class TestIntervention : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_fixture = std::make_unique<WindowFixture>(); }

    void init()
    {
        m_fixture->restart();
        QVERIFY(m_fixture->openAll());
        m_panel = m_fixture->window().findChild<InterventionPanel*>();
        QVERIFY(m_panel);
    }

    void whatTheModelRefusesIsTakenBack()
    {
        Document& document = m_fixture->document();
        QSignalSpy failed(&m_fixture->answer(), &LiveAnswer::failed);
        document.setIntervention({document.currentClass(), {WindowFixture::Heads}, {}});
        QVERIFY(m_fixture->settle());
        QCOMPARE(failed.count(), 1);
        QVERIFY(document.intervention().empty());
        QVERIFY(m_panel->intervention().empty());
        QVERIFY(m_fixture->answer().result().decoding->intervention().empty());
    }

    void aHeadLessIsAnsweredWithoutAnotherPass()
    {
        QVERIFY(m_fixture->finishPredictions());
        Document& document = m_fixture->document();
        document.setCurrentPicture(1);
        QVERIFY(m_fixture->settle());
        const EngineCounters before = m_fixture->answer().result().counters;
        headButton(2)->click();
        QVERIFY(m_fixture->answer().explanation().stale);
        QVERIFY(m_fixture->settle());
        const int subject = document.currentClass();
        QCOMPARE(m_fixture->answer().result().decoding->intervention(), (AttentionIntervention{subject, {1}, {}}));
        QVERIFY(m_fixture->answer().result().decoding->logit(subject) !=
                m_fixture->answer().result().withoutIntervention->logit(subject));
        QCOMPARE(m_fixture->answer().result().decoding->attention(WindowFixture::Layers - 1, 1, subject)[0], 0.0F);
        QCOMPARE(m_fixture->answer().result().counters.encodes, before.encodes);
        QCOMPARE(m_fixture->answer().result().counters.decodes, before.decodes);
        QVERIFY(m_fixture->answer().explanation().intervention.startsWith("attention changed by hand"));
        QVERIFY(label("What is taken away")->text().contains("head 2"));
        QVERIFY(label("What the model answers")->text().contains(u'\u2192'));
        button("Give everything back")->click();
        QVERIFY(m_fixture->settle());
        QCOMPARE(m_fixture->answer().result().decoding, m_fixture->answer().result().withoutIntervention);
        QVERIFY(m_fixture->answer().explanation().intervention.isEmpty());
    }

    /// Cell 5 of two rows and three columns is no place of another grid.
    void anotherInputSizeForgetsTheCells()
    {
        Document& document = m_fixture->document();
        document.setHead(0);
        m_fixture->window().view().placeCrosshair({1, 2});
        button("At the crosshair")->click();
        QVERIFY(m_fixture->settle());
        QVERIFY(!m_fixture->answer().result().key.intervention.empty());
        QSignalSpy failed(&m_fixture->answer(), &LiveAnswer::failed);
        m_fixture->settings().setValue(Setting::ShortSide, 96);
        QVERIFY(document.intervention().empty());
        QVERIFY(m_fixture->settle());
        QCOMPARE(failed.count(), 0);
        QVERIFY(m_fixture->answer().result().decoding->intervention().empty());
        QVERIFY(m_panel->intervention().empty());
    }

    /// The size stays, so that what was forgotten with it does not come back.
    void aCancelDoesNotBringCellsBackToAnotherGrid()
    {
        Document& document = m_fixture->document();
        document.setHead(0);
        m_fixture->window().view().placeCrosshair({1, 2});
        button("At the crosshair")->click();
        QVERIFY(m_fixture->settle());
        m_fixture->settings().setValue(Setting::ShortSide, 128);
        m_fixture->answer().cancel();
        QVERIFY(document.intervention().empty());
        QVERIFY(m_fixture->answer().isStale());
        QSignalSpy failed(&m_fixture->answer(), &LiveAnswer::failed);
        m_fixture->answer().ask();
        QVERIFY(m_fixture->settle());
        QCOMPARE(failed.count(), 0);
        QVERIFY(!m_fixture->answer().isStale());
    }

    void cellsOfAnotherGridAreRefused()
    {
        Document& document = m_fixture->document();
        QSignalSpy failed(&m_fixture->answer(), &LiveAnswer::failed);
        document.setIntervention({document.currentClass(), {}, {{0, {5}}}, 3, 4});
        QVERIFY(m_fixture->settle());
        QCOMPARE(failed.count(), 1);
        QVERIFY(document.intervention().empty());
        QCOMPARE(m_fixture->contradiction(), QString());
    }

    void crosshairAndSelectionNameCells()
    {
        Document& document = m_fixture->document();
        document.setHead(0);
        QVERIFY(!button("At the crosshair")->isEnabled());
        QVERIFY(!button("Inside the mask")->isEnabled());
        const Point centre = m_fixture->answer().explanation().geometry.centre({1, 2});
        m_fixture->window().view().placeCrosshair({centre.x, centre.y});
        button("At the crosshair")->click();
        QVERIFY(m_fixture->settle());
        // The upper left corner: most of one of 2 x 3 cells.
        document.editor().setActiveMask("Select", {{96, 64}, {0, 0, 16, 16}, std::vector<std::uint8_t>(16 * 16, 255)});
        button("Inside the mask")->click();
        QVERIFY(m_fixture->settle());
        QCOMPARE(m_fixture->answer().result().decoding->intervention().cells,
                 (std::map<int, std::vector<int>>{{0, {0, 5}}}));
    }

    void stepsByHandAreUndoneAndDoneAgain()
    {
        Document& document = m_fixture->document();
        QVERIFY(!action(Command::Undo)->isEnabled());
        headButton(1)->click();
        headButton(2)->click();
        QVERIFY(m_fixture->settle());
        const auto both = document.intervention();
        QVERIFY2(action(Command::Undo)->text().endsWith("By hand: without heads 1, 2"),
                 qPrintable(action(Command::Undo)->text()));
        action(Command::Undo)->trigger();
        QVERIFY(headButton(1)->isChecked() && !headButton(2)->isChecked());
        QVERIFY(m_fixture->answer().isStale());
        QVERIFY(m_fixture->settle());
        QCOMPARE(m_fixture->contradiction(), QString());
        action(Command::Undo)->trigger();
        QVERIFY(document.intervention().empty());
        QVERIFY(!action(Command::Undo)->isEnabled());
        action(Command::Redo)->trigger();
        action(Command::Redo)->trigger();
        QVERIFY(!action(Command::Redo)->isEnabled());
        QCOMPARE(document.intervention(), both);
        QVERIFY(m_fixture->settle());
        QCOMPARE(m_fixture->answer().result().decoding->intervention(), both);
    }

    /// A selection is a step of the picture and leaves the attention alone.
    void stepsByHandLieAmongThoseOfThePicture()
    {
        Document& document = m_fixture->document();
        QTRY_VERIFY(document.editor().isReady());
        headButton(1)->click();
        document.editor().setActiveMask("Select", {{96, 64}, {0, 0, 16, 16}, std::vector<std::uint8_t>(16 * 16, 255)});
        headButton(2)->click();
        auto* list = m_fixture->window().findChild<HistoryView*>();
        const QAbstractItemModel* rows = list->model();
        QCOMPARE(rows->rowCount(), 4);
        QCOMPARE(rows->index(1, 0).data().toString(), QString("By hand: without head 1"));
        QCOMPARE(rows->index(2, 0).data().toString(), QString("Select"));
        QCOMPARE(rows->index(3, 0).data().toString(), QString("By hand: without heads 1, 2"));
        QCOMPARE(list->currentIndex().row(), 3);
        action(Command::Undo)->trigger();
        action(Command::Undo)->trigger();
        QVERIFY(document.editor().activeMask().empty());
        QCOMPARE(document.intervention().heads, std::vector<int>{0});
        QCOMPARE(list->currentIndex().row(), 1);
        list->setCurrentIndex(rows->index(0, 0));
        QVERIFY(document.intervention().empty());
        list->setCurrentIndex(rows->index(3, 0));
        QCOMPARE(document.intervention().heads, (std::vector<int>{0, 1}));
        QVERIFY(!document.editor().activeMask().empty());
        list->setCurrentIndex(rows->index(1, 0));
        document.editor().setActiveMask("Other", {{96, 64}, {0, 0, 8, 8}, std::vector<std::uint8_t>(8 * 8, 255)});
        QCOMPARE(rows->rowCount(), 3); // what was undone is forgotten
        QVERIFY(m_fixture->settle());
        QCOMPARE(m_fixture->contradiction(), QString());
    }

    void stepsByHandEndWithTheirMaps_data()
    {
        QTest::addColumn<int>("change");
        QTest::newRow("class") << 0;
        QTest::newRow("picture") << 1;
        QTest::newRow("edit") << 2;
        QTest::newRow("limit") << 3;
        QTest::newRow("input size") << 4;
        QTest::newRow("model") << 5;
    }

    void stepsByHandEndWithTheirMaps()
    {
        QFETCH(const int, change);
        Document& document = m_fixture->document();
        QTRY_VERIFY(document.editor().isReady());
        headButton(1)->click();
        headButton(2)->click();
        for (int i = 0; i < 2; ++i)
            action(Command::Undo)->trigger(); // nothing is on, and two wait to be done again
        switch (change) {
        case 0: document.setCurrentClass((document.currentClass() + 1) % WindowFixture::Classes); break;
        case 1: document.setCurrentPicture(1); break;
        case 2: document.editor().addEdit({"Brighter", {}, Brightness{0.2}}); break;
        case 3: document.setLimit({LimitChoice::Kind::Zero, {document.currentClass()}}); break;
        case 4: m_fixture->settings().setValue(Setting::ShortSide, 96); break;
        default: document.openCheckpoint(toPath(m_fixture->otherCheckpoint())); break;
        }
        QVERIFY(m_fixture->settle());
        QVERIFY2(!action(Command::Redo)->text().contains("hand"), qPrintable(action(Command::Redo)->text()));
        action(Command::Redo)->trigger();
        QVERIFY(document.intervention().empty());
        QVERIFY(m_fixture->settle());
        QVERIFY(m_fixture->answer().result().decoding->intervention().empty());
        QCOMPARE(m_fixture->contradiction(), QString());
    }

    void aStepThatIsCancelledIsNone()
    {
        Document& document = m_fixture->document();
        headButton(1)->click();
        QVERIFY(m_fixture->settle());
        headButton(2)->click();
        headButton(3)->click();
        m_fixture->answer().cancel();
        QTRY_COMPARE(document.intervention().heads, std::vector<int>{0});
        QVERIFY(!action(Command::Redo)->isEnabled());
        action(Command::Undo)->trigger();
        m_fixture->answer().cancel(); // the undo itself
        QTRY_COMPARE(document.intervention().heads, std::vector<int>{0});
        action(Command::Undo)->trigger();
        QVERIFY(m_fixture->settle());
        QVERIFY(document.intervention().empty());
        QVERIFY(!action(Command::Undo)->isEnabled());
        QCOMPARE(m_fixture->contradiction(), QString());
    }

    void aRemovalBeforeAStepByHandIsUndoneAfterIt()
    {
        Document& document = m_fixture->document();
        headButton(1)->click();
        emit m_fixture->window().findChild<PicturesPanel*>()->removalRequested(2);
        headButton(2)->click();
        QVERIFY(action(Command::Undo)->text().contains("hand"));
        action(Command::Undo)->trigger();
        QCOMPARE(document.intervention().heads, std::vector<int>{0});
        QVERIFY(action(Command::Undo)->text().contains("picture2.png"));
        action(Command::Undo)->trigger();
        QCOMPARE(document.pictures().rowCount(), static_cast<int>(WindowFixture::Pictures));
        QVERIFY(m_fixture->settle());
    }

    void anotherClassKeepsItsAttention()
    {
        Document& document = m_fixture->document();
        headButton(1)->click();
        QVERIFY(m_fixture->settle());
        const int other = (document.currentClass() + 1) % WindowFixture::Classes;
        document.setCurrentClass(other);
        QVERIFY(m_fixture->settle());
        QVERIFY(m_panel->intervention().empty());
        QVERIFY(!headButton(1)->isChecked());
        QVERIFY(m_fixture->answer().result().decoding->intervention().empty());
    }

    void cleanupTestCase() { m_fixture.reset(); }

private:
    QAbstractButton* headButton(int number) const
    {
        return named<QAbstractButton>(QStringLiteral("Without head %1").arg(number));
    }

    QAction* action(Command command) const { return m_fixture->action(command); }

    QLabel* label(const QString& accessibleName) const { return named<QLabel>(accessibleName); }

    QPushButton* button(const QString& text) const
    {
        for (QPushButton* candidate : m_panel->findChildren<QPushButton*>())
            if (candidate->text().remove('&') == text)
                return candidate;
        return nullptr;
    }

    template <typename Widget>
    Widget* named(const QString& accessibleName) const
    {
        for (Widget* candidate : m_panel->findChildren<Widget*>())
            if (candidate->accessibleName() == accessibleName)
                return candidate;
        return nullptr;
    }

    std::unique_ptr<WindowFixture> m_fixture;
    InterventionPanel* m_panel = nullptr;
};

QTEST_MAIN(TestIntervention)
#include "test_intervention.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "tests/window/window_fixture.h"
#include "ui/panels/intervention_panel.h"

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
        QSignalSpy failed(&document, &Document::failed);
        document.setIntervention({document.currentClass(), {WindowFixture::Heads}, {}});
        QVERIFY(m_fixture->settle());
        QCOMPARE(failed.count(), 1);
        QVERIFY(document.intervention().empty());
        QVERIFY(m_panel->intervention().empty());
        QVERIFY(document.decoding()->intervention().empty());
    }

    void aHeadLessIsAnsweredWithoutAnotherPass()
    {
        QVERIFY(m_fixture->finishPredictions());
        Document& document = m_fixture->document();
        document.setCurrentPicture(1);
        QVERIFY(m_fixture->settle());
        const EngineCounters before = document.counters();
        headButton(2)->click();
        QVERIFY(document.explanation().stale);
        QVERIFY(m_fixture->settle());
        const int subject = document.currentClass();
        QCOMPARE(document.decoding()->intervention(), (AttentionIntervention{subject, {1}, {}}));
        QVERIFY(document.decoding()->logit(subject) != document.decodingWithoutIntervention()->logit(subject));
        QCOMPARE(document.decoding()->attention(WindowFixture::Layers - 1, 1, subject)[0], 0.0F);
        QCOMPARE(document.counters().encodes, before.encodes);
        QCOMPARE(document.counters().decodes, before.decodes);
        QVERIFY(document.explanation().intervention.startsWith("attention changed by hand"));
        QVERIFY(label("What is taken away")->text().contains("head 2"));
        QVERIFY(label("What the model answers")->text().contains(u'\u2192'));
        button("Give everything back")->click();
        QVERIFY(m_fixture->settle());
        QCOMPARE(document.decoding(), document.decodingWithoutIntervention());
        QVERIFY(document.explanation().intervention.isEmpty());
    }

    void crosshairAndSelectionNameCells()
    {
        Document& document = m_fixture->document();
        document.setHead(0);
        QVERIFY(!button("At the crosshair")->isEnabled());
        QVERIFY(!button("Inside the mask")->isEnabled());
        const Point centre = document.explanation().geometry.centre({1, 2});
        m_fixture->window().view().placeCrosshair({centre.x, centre.y});
        button("At the crosshair")->click();
        QVERIFY(m_fixture->settle());
        // The upper left corner: most of one of 2 x 3 cells.
        document.editor().setActiveMask("Select", {{96, 64}, {0, 0, 16, 16}, std::vector<std::uint8_t>(16 * 16, 255)});
        button("Inside the mask")->click();
        QVERIFY(m_fixture->settle());
        QCOMPARE(document.decoding()->intervention().cells, (std::map<int, std::vector<int>>{{0, {0, 5}}}));
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
        QVERIFY(document.decoding()->intervention().empty());
    }

    void cleanupTestCase() { m_fixture.reset(); }

private:
    QAbstractButton* headButton(int number) const
    {
        return named<QAbstractButton>(QStringLiteral("Without head %1").arg(number));
    }

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

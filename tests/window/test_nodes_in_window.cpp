// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QTest>

#include "core/engine/tree_answer.h"
#include "tests/support/button_with_text.h"
#include "tests/support/small_prototypes.h"
#include "tests/support/whole_transformers.h"
#include "tests/window/session_steps.h"
#include "ui/panels/intervention_panel.h"
#include "ui/tree/tree_panel.h"
#include "ui/tree/tree_view.h"
#include "ui/widgets/image_view.h"
#include "ui/window/central_view.h"
#include "ui/window/heads_page.h"

using namespace ocellus;

namespace {

constexpr int Patience = 60'000;
constexpr int rootPrototype = 2, branchPrototype = 0; // of nodes 0 and 4 of smallProtoTree()

} // namespace

/// A tree's nodes and concepts in the window: the map of a node off the way, and what is taken away by hand.
class TestNodesInWindow : public QObject {
    Q_OBJECT

    std::unique_ptr<WindowFixture> m_fixture;

    Document& document() { return m_fixture->document(); }
    LiveAnswer& answer() { return m_fixture->answer(); }
    HeadsPage& heads() { return *m_fixture->window().centre().heads(); }
    TreeView& tree() { return *heads().tree()->view(); }
    const TreeAnswer& said() { return *answer().result().decoding->tree(); }
    InterventionPanel& panel() { return *m_fixture->window().findChild<InterventionPanel*>(); }

    QAbstractButton* without(const QString& name)
    {
        for (auto* each : panel().findChildren<QAbstractButton*>())
            if (each->accessibleName() == QStringLiteral("Without ") + name)
                return each;
        return nullptr;
    }

    bool settled()
    {
        return QTest::qWaitFor(
                   [this] {
                       return !document().isModelOnItsWay() && answer().result().decoding && !answer().isStale() &&
                              !answer().isBusy();
                   },
                   Patience) &&
               m_fixture->settle();
    }

    bool open(const QString& model)
    {
        m_fixture->window().open({toPath(m_fixture->path(model)), toPath(m_fixture->picture(0))});
        return QTest::qWaitFor(
                   [&] { return document().model() && document().model()->path == toPath(m_fixture->path(model)); },
                   Patience) &&
               settled();
    }

    /// The tree with the root's prototype taken away: its way is the root's left leaf, and node 4 is off it.
    bool openWithNodeOffTheWay()
    {
        if (!open(QStringLiteral("tree/model.pth")))
            return false;
        document().setIntervention({document().currentClass(), {rootPrototype}, {}});
        return settled() && said().path == std::vector<int>{0, 1};
    }

    /// The root, or node 4 off the way, by the keyboard once the tree shows the newest answer; nothing is folded.
    bool choose(int index)
    {
        tree().setFoldBelow(0);
        return QTest::qWaitFor(
            [&] {
                QTest::keyClick(&tree(), Qt::Key_Home);
                if (index == 0)
                    return tree().chosen() && tree().chosen()->node == 0;
                QTest::keyClick(&tree(), Qt::Key_Down);
                QTest::keyClick(&tree(), Qt::Key_Right);
                return heads().tree()->branchOffWay() == branchPrototype;
            },
            Patience);
    }

    QString imageTitle() { return heads().imageView()->accessibleName(); }

private slots:
    void initTestCase()
    {
        m_fixture = std::make_unique<WindowFixture>();
        QVERIFY(QDir().mkpath(m_fixture->path("tree")));
        QVERIFY(QDir().mkpath(m_fixture->path("concepts")));
        m_fixture->write("tree/model.pth", QByteArray::fromStdString(test::wholeProtoTree().file()));
        m_fixture->write("concepts/model.pth", QByteArray::fromStdString(test::wholeConcepts().file()));
    }

    void init()
    {
        m_fixture->restart();
        m_fixture->window().resize(1366, 768);
    }

    void cleanup() { SessionSteps(*m_fixture).work().finish(); }

    void aNodeOffTheWayShowsItsOwnMap()
    {
        QVERIFY(openWithNodeOffTheWay());
        QTRY_VERIFY_WITH_TIMEOUT(heads().tree()->isVisibleTo(&heads()), Patience);
        QVERIFY(choose(4));
        QVERIFY2(imageTitle().contains("Node 4, off the marked way"), qPrintable(imageTitle()));
        m_fixture->action(Command::Smooth)->trigger(); // drawn anew: it stays
        QTRY_VERIFY_WITH_TIMEOUT(imageTitle().contains("off the marked way"), Patience);
        QVERIFY(choose(0));
        QVERIFY(!heads().tree()->branchOffWay());
        QTRY_VERIFY_WITH_TIMEOUT(imageTitle().contains("Node 0") && !imageTitle().contains("off"), Patience);
    }

    void nodesAreTakenAwayAndGivenBack()
    {
        QVERIFY(open(QStringLiteral("tree/model.pth")));
        const auto before = answer().result().decoding;
        QTRY_VERIFY_WITH_TIMEOUT(without("node 0"), Patience);
        without("node 0")->click();
        QVERIFY(settled());
        QCOMPARE(said().path, (std::vector<int>{0, 1}));
        QCOMPARE(answer().explanation().intervention, QString("tree changed by hand: without node 0"));
        QVERIFY(answer().result().decoding->logits() != before->logits());
        QCOMPARE(m_fixture->contradiction(), QString());
        QVERIFY(choose(4)); // off the way now
        QTRY_VERIFY_WITH_TIMEOUT(without("node 4"), Patience);
        without("node 4")->click();
        QVERIFY(settled());
        QCOMPARE(document().intervention().heads, (std::vector<int>{branchPrototype, rootPrototype}));
        QCOMPARE(answer().explanation().intervention, QString("tree changed by hand: without node 4, node 0"));
        QVERIFY(without("node 4")->isChecked());
        without("node 0")->click();
        QVERIFY(settled());
        QVERIFY2(m_fixture->action(Command::Undo)->text().contains("prototype 0"),
                 qPrintable(m_fixture->action(Command::Undo)->text()));
        without("node 4")->click();
        QVERIFY(settled());
        QCOMPARE(answer().result().decoding->logits(), before->logits());
        QCOMPARE(said().path, before->tree()->path);
    }

    void cellsOfANodeAreTakenAtTheCrosshair()
    {
        QVERIFY(open(QStringLiteral("tree/model.pth")));
        QTRY_VERIFY_WITH_TIMEOUT(without("node 0"), Patience);
        QVERIFY(choose(0)); // whose best place the crosshair marks
        const auto before = answer().result().decoding->part(0, 0, 0)->similarity;
        QPushButton* button = buttonWithText(panel(), "At the crosshair");
        QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), Patience);
        button->click();
        QVERIFY(settled());
        QCOMPARE(document().intervention().cells.size(), std::size_t{1});
        QVERIFY(document().intervention().cells.contains(rootPrototype));
        QVERIFY(answer().result().decoding->part(0, 0, 0)->similarity < before);
        QCOMPARE(m_fixture->contradiction(), QString());
    }

    void whatIsTakenFromATreeIsInSessions()
    {
        QVERIFY(openWithNodeOffTheWay());
        const AttentionIntervention wanted = document().intervention();
        const auto logits = answer().result().decoding->logits();
        SessionSteps steps(*m_fixture);
        QVERIFY(steps.save());
        m_fixture->makeWindow();
        QVERIFY(SessionSteps(*m_fixture).open());
        QTRY_COMPARE_WITH_TIMEOUT(document().currentClass(), wanted.classIndex, Patience);
        QVERIFY(settled());
        QCOMPARE(document().intervention(), wanted);
        QCOMPARE(answer().result().decoding->logits(), logits);
    }

    void conceptsAreTakenAway()
    {
        QVERIFY(open(QStringLiteral("concepts/model.pth")));
        const auto before = answer().result().decoding;
        QTRY_VERIFY_WITH_TIMEOUT(without("concept 1"), Patience);
        QVERIFY(without("global concept 1"));
        without("concept 1")->click();
        QVERIFY(settled());
        QCOMPARE(answer().explanation().intervention, QString("concepts changed by hand: without concept 1"));
        const auto& after = answer().result().decoding;
        for (int c = 0; c < 3; ++c)
            QVERIFY(std::abs(static_cast<double>(before->logit(c) - after->logit(c)) -
                             before->part(0, 1, c)->contribution()) < 1e-4);
        QCOMPARE(m_fixture->contradiction(), QString());
    }
};

QTEST_MAIN(TestNodesInWindow)
#include "test_nodes_in_window.moc"

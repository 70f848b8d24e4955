// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QtTest>

#include "tests/panels/decodings.h"
#include "ui/models/class_list_model.h"
#include "ui/panels/classes_panel.h"

using namespace ocellus;

namespace {

using Kind = LimitChoice::Kind;

/// A panel over four birds; by rank Wren (1), Robin (2), Heron (3), Finch (0).
struct Fixture {
    Fixture()
    {
        model.setTable(fourBirds());
        model.setDecodings(fourLogits(), fourLogits());
        panel.resize(320, 400);
        panel.show();
        // Shortcuts belong to the active window.
        panel.activateWindow();
        active = QTest::qWaitForWindowActive(&panel);
        table->setFocus();
    }

    void trigger(const QString& part) const
    {
        for (QAction* action : panel.limitActions())
            if (action->text().remove('&').contains(part))
                action->trigger();
    }

    LimitChoice lastLimit() const { return limits.last().first().value<LimitChoice>(); }
    int lastChosen() const { return chosen.last().first().toInt(); }

    bool active = false;
    ClassListModel model;
    ClassesPanel panel{&model};
    QTableView* table = panel.findChild<QTableView*>();
    QLineEdit* filter = panel.findChild<QLineEdit*>();
    QComboBox* mode = panel.findChild<QComboBox*>();
    QSignalSpy chosen{&panel, &ClassesPanel::classChosen};
    QSignalSpy limits{&panel, &ClassesPanel::limitChanged};
};

} // namespace

class TestClassesPanel : public QObject {
    Q_OBJECT

private slots:
    void emptyPanelDoesNothing()
    {
        ClassListModel model;
        ClassesPanel panel(&model);
        QSignalSpy limits(&panel, &ClassesPanel::limitChanged);
        for (QAction* action : panel.limitActions())
            QVERIFY2(!action->isEnabled(), qPrintable(action->text()));
        panel.setCurrentClass(7);
        QCOMPARE(panel.currentClass(), -1);
        panel.setLimit({Kind::Zero, {}});
        QCOMPARE(limits.size(), 0);
        QCOMPARE(panel.limit().querySet(), QuerySet{});
        QTest::keyClick(panel.findChild<QLineEdit*>(), Qt::Key_Down);
        QCOMPARE(panel.currentClass(), -1);
    }

    void limitWithWrongIndices()
    {
        Fixture f;
        f.panel.setLimit({Kind::Drop, {9, -1, 2, 2}});
        QCOMPARE(f.panel.limit(), (LimitChoice{Kind::Drop, {2}}));
        QCOMPARE(f.limits.size(), 0);
    }

    void arrowsChooseAtOnce()
    {
        Fixture f;
        f.panel.setCurrentClass(1);
        QCOMPARE(f.chosen.size(), 0);
        QTest::keyClick(f.table, Qt::Key_Down);
        QCOMPARE(f.lastChosen(), 2);
        QTest::keyClick(f.table, Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(f.lastChosen(), 0);
        QTest::keyClick(f.table, Qt::Key_Up);
        QCOMPARE(f.lastChosen(), 3);
        QCOMPARE(f.chosen.size(), 3);
        QCOMPARE(f.panel.currentClass(), 3);
    }

    void filteringChoosesNothing()
    {
        Fixture f;
        f.panel.setCurrentClass(1);
        f.filter->setText("robin");
        QCOMPARE(f.panel.currentClass(), 1);
        QVERIFY(f.table->selectionModel()->selectedRows().isEmpty());
        f.filter->clear();
        QCOMPARE(f.table->currentIndex().data(ClassListModel::ClassIndexRole).toInt(), 1);
        QCOMPARE(f.chosen.size(), 0);

        f.filter->setText("robin");
        f.filter->setFocus();
        QTest::keyClick(f.filter, Qt::Key_Return);
        QCOMPARE(f.lastChosen(), 2);
        QVERIFY(f.table->hasFocus());
    }

    void newNumbersKeepTheChoice()
    {
        Fixture f;
        f.panel.setCurrentClass(1);
        f.model.setDecodings(makeDecoding(4, {4, 1, 2, 3}), nullptr);
        QCOMPARE(f.panel.currentClass(), 1);
        QCOMPARE(f.table->currentIndex().row(), 3);
        QCOMPARE(f.chosen.size(), 0);
        f.model.setDecodings(makeDecoding(9, std::vector<float>(9, 1.0f)), nullptr);
        QCOMPARE(f.panel.currentClass(), -1);
        QCOMPARE(f.chosen.size(), 0);
    }

    void spaceChecks()
    {
        Fixture f;
        f.panel.setCurrentClass(3);
        QTest::keyClick(f.table, Qt::Key_Space);
        QCOMPARE(f.lastLimit(), (LimitChoice{Kind::All, {3}}));
        QCOMPARE(f.lastLimit().querySet(), QuerySet{});
        f.mode->setCurrentIndex(f.mode->findData(int(Kind::Drop)));
        QCOMPARE(f.lastLimit().querySet(), (QuerySet{LimitMode::Drop, {3}}));
        QTest::keyClick(f.table, Qt::Key_Space);
        QCOMPARE(f.lastLimit(), (LimitChoice{Kind::Drop, {}}));
        QCOMPARE(f.limits.size(), 3);
    }

    void shortcutsToLimits_data()
    {
        QTest::addColumn<QString>("action");
        QTest::addColumn<LimitChoice>("expected");
        QTest::newRow("checked") << "checked" << LimitChoice{Kind::Zero, {0, 3}};
        QTest::newRow("top") << "top" << LimitChoice{Kind::Zero, {1, 2, 3, 0}};
        QTest::newRow("similar") << "similar" << LimitChoice{Kind::Zero, {1, 2, 3, 0}};
        QTest::newRow("two") << "two" << LimitChoice{Kind::Zero, {1, 2}};
        QTest::newRow("clear") << "Clear" << LimitChoice{};
    }

    void shortcutsToLimits()
    {
        QFETCH(QString, action);
        QFETCH(LimitChoice, expected);
        Fixture f;
        f.panel.setLimit({Kind::All, {0, 3}});
        f.panel.setCurrentClass(1);
        QTest::keyClick(f.table, Qt::Key_Down, Qt::ShiftModifier);
        f.panel.setCurrentClass(1);
        f.table->selectionModel()->select(f.table->model()->index(1, 0),
                                          QItemSelectionModel::Select | QItemSelectionModel::Rows);
        f.trigger(action);
        QCOMPARE(f.limits.size(), 1);
        QCOMPARE(f.lastLimit(), expected);
    }

    void filterModeHidesWithoutAskingTheModel()
    {
        Fixture f;
        f.panel.setLimit({Kind::Filter, {0, 2}});
        QCOMPARE(f.table->model()->rowCount(), 2);
        QCOMPARE(f.panel.limit().querySet(), QuerySet{});
        QVERIFY(f.table->isColumnHidden(ClassListModel::Change));
        f.panel.setLimit({Kind::Filter, {}});
        QCOMPARE(f.table->model()->rowCount(), 4);
        f.panel.setLimit({Kind::Zero, {0, 2}});
        QVERIFY(!f.table->isColumnHidden(ClassListModel::Change));
    }

    void pinsComeFirst()
    {
        Fixture f;
        QVERIFY(f.active);
        QSignalSpy pins(&f.panel, &ClassesPanel::pinnedChanged);
        f.panel.setCurrentClass(0);
        QTest::keyClick(f.table, Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(pins.size(), 1);
        QCOMPARE(pins.last().first().value<QList<int>>(), QList<int>({0}));
        QCOMPARE(f.table->model()->index(0, ClassListModel::Name).data().toString(), QString("Finch"));
        QCOMPARE(f.chosen.size(), 0);
        QTest::keyClick(f.table, Qt::Key_D, Qt::ControlModifier);
        QVERIFY(f.model.pinned().isEmpty());
    }

    void limitTexts_data()
    {
        QTest::addColumn<LimitChoice>("choice");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing checked") << LimitChoice{Kind::Zero, {}} << QString();
        QTest::newRow("all") << LimitChoice{Kind::All, {1}} << QString();
        QTest::newRow("zero") << LimitChoice{Kind::Zero, {1, 2}} << "limited to 2 of 200 (zero)";
        QTest::newRow("drop") << LimitChoice{Kind::Drop, {1}} << "limited to 1 of 200 (drop)";
        QTest::newRow("filter") << LimitChoice{Kind::Filter, {1}} << "filter: 1 of 200 shown";
    }

    void limitTexts()
    {
        QFETCH(LimitChoice, choice);
        QFETCH(QString, text);
        QCOMPARE(limitText(choice, 200), text);
    }
};

QTEST_MAIN(TestClassesPanel)
#include "test_classes_panel.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QtTest>

#include "tests/panels/decodings.h"
#include "ui/models/class_list_model.h"
#include "ui/panels/classes_panel.h"
#include "ui/panels/limit_aside.h"
#include "ui/widgets/view_notice.h"
#include "ui/widgets/yielding_text.h"

using namespace ocellus;

namespace {

using Kind = LimitChoice::Kind;

/// A panel over four birds; by rank Wren (1), Robin (2), Heron (3), Finch (0).
struct Fixture {
    Fixture()
    {
        model.setTable(fourBirds());
        model.setDecodings(fourLogits(), nullptr);
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
    void anEmptyListSaysWhyAndLeadsOut()
    {
        Fixture f;
        auto* notice = f.panel.findChild<ViewNotice*>();
        QVERIFY(!notice->isVisible());
        f.filter->setText("zzzz");
        QVERIFY(notice->isVisible());
        QVERIFY2(notice->text().startsWith("No class has \u201czzzz\u201d"), qPrintable(notice->text()));
        f.panel.setLimit({Kind::Filter, {0, 3}});
        f.filter->setText("wren");
        QVERIFY2(notice->text().startsWith("No checked class has"), qPrintable(notice->text()));
        notice->findChild<QPushButton*>()->click();
        QVERIFY(!notice->isVisible());
        QCOMPARE(f.table->model()->rowCount(), 2);
        f.filter->setText("wren");
        QVERIFY(notice->isVisible());
        f.panel.setLimit({});
        QVERIFY(!notice->isVisible());
    }

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
        f.panel.setLimit({Kind::Filter, {}});
        QCOMPARE(f.table->model()->rowCount(), 4);
    }

    void narrowTablesKeepTheNames_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<bool>("limited");
        QTest::addColumn<bool>("edited");
        for (const int width : {120, 300, 500, 1000})
            for (const bool limited : {false, true})
                for (const bool edited : {false, true})
                    QTest::addRow("%d pixels%s%s", width, limited ? ", limited" : "", edited ? ", edited" : "")
                        << width << limited << edited;
    }

    void narrowTablesKeepTheNames()
    {
        QFETCH(int, width);
        QFETCH(bool, limited);
        QFETCH(bool, edited);
        Fixture f;
        f.panel.resize(width, 400);
        const auto shown = limited ? makeDecoding(4, {1, 2}, {LimitMode::Drop, {0, 2}}) : fourLogits();
        f.model.setDecodings(shown, limited ? fourLogits() : nullptr, edited ? makeDecoding(4, {1, 2, 3, 4}) : nullptr);
        const QFontMetrics metrics = f.table->fontMetrics();
        QVERIFY(f.table->columnWidth(ClassListModel::Name) >
                metrics.horizontalAdvance("C. aurantia, so") + metrics.height());
        QVERIFY(!f.table->isColumnHidden(ClassListModel::Logit));
        for (const int column : {ClassListModel::Change, ClassListModel::EditChange})
            if (!f.model.hasChanges(column))
                QVERIFY(f.table->isColumnHidden(column));
        if (width < 1000)
            return;
        QVERIFY(!f.table->isColumnHidden(ClassListModel::Rank));
        QCOMPARE(f.table->isColumnHidden(ClassListModel::Change), !limited);
        QCOMPARE(f.table->isColumnHidden(ClassListModel::EditChange), !edited);
    }

    void returnAndDoubleClickActivate()
    {
        Fixture f;
        QSignalSpy activated(&f.panel, &ClassesPanel::classActivated);
        QTest::keyClick(f.table, Qt::Key_Return);
        QCOMPARE(activated.size(), 0);
        f.panel.setCurrentClass(1);
        QTest::keyClick(f.table, Qt::Key_Return);
        QCOMPARE(activated, (QList<QVariantList>{{1}}));
        const QPoint place = f.table->visualRect(f.table->model()->index(1, ClassListModel::Logit)).center();
        QTest::mouseClick(f.table->viewport(), Qt::LeftButton, {}, place);
        QTest::mouseDClick(f.table->viewport(), Qt::LeftButton, {}, place);
        QCOMPARE(activated, (QList<QVariantList>{{1}, {2}}));
        QCOMPARE(f.lastChosen(), 2);
    }

    void saysWhatALimitDoesToTheChosenClass_data()
    {
        QTest::addColumn<LimitChoice>("choice");
        QTest::addColumn<QString>("part"); // empty: nothing is said
        QTest::newRow("no limit") << LimitChoice{Kind::All, {0}} << QString();
        QTest::newRow("nothing checked") << LimitChoice{Kind::Zero, {}} << QString();
        QTest::newRow("takes part") << LimitChoice{Kind::Zero, {1, 2}} << QString();
        QTest::newRow("zeroed") << LimitChoice{Kind::Zero, {0, 2}} << "those of no class";
        QTest::newRow("dropped") << LimitChoice{Kind::Drop, {0, 2}} << "leaves the decoder";
        QTest::newRow("hidden") << LimitChoice{Kind::Filter, {0, 2}} << "hidden from the list";
    }

    void saysWhatALimitDoesToTheChosenClass()
    {
        QFETCH(LimitChoice, choice);
        QFETCH(QString, part);
        Fixture f;
        auto* aside = f.panel.findChild<LimitAside*>();
        f.panel.setCurrentClass(1);
        f.panel.setLimit(choice);
        QCOMPARE(aside->isVisible(), !part.isEmpty());
        QVERIFY2(aside->text().contains(part), qPrintable(aside->text()));
        if (part.isEmpty())
            return;
        QVERIFY(aside->text().contains("Wren"));
        emit aside->linkActivated("check");
        QVERIFY(!aside->isVisible());
        QCOMPARE(f.lastLimit(), (LimitChoice{choice.kind, choice.active + QList<int>{1}}));
    }

    /// Another class comes in the place of one that was dropped, once the model has answered.
    void saysWhichClassCameInTheDroppedOnesPlace()
    {
        Fixture f;
        auto* aside = f.panel.findChild<LimitAside*>();
        f.panel.setCurrentClass(1);
        f.panel.setLimit({Kind::Drop, {0, 2}});
        f.panel.setCurrentClass(2);
        QVERIFY(aside->text().contains("<b>Wren</b>") && aside->text().contains("<b>Robin</b> is shown instead"));
        f.panel.setLimit({Kind::Drop, {0, 2}}); // as every answer says again
        QVERIFY(aside->isVisible());
        f.panel.setLimit({Kind::Drop, {0, 2, 3}}); // one more
        QVERIFY(aside->text().contains("<b>Wren</b>"));
        f.panel.setLimit({}); // taken back
        QVERIFY(!aside->isVisible());
        f.panel.setCurrentClass(1);
        f.panel.setLimit({Kind::Drop, {0, 2}});
        f.panel.setCurrentClass(2);
        f.table->setFocus();
        QTest::keyClick(f.table, Qt::Key_End, Qt::ControlModifier); // the user goes on, to Finch
        QVERIFY(!aside->isVisible());
    }

    void hostileNamesStayText()
    {
        Fixture f;
        f.model.setTable(makeTable({"Finch", "<img src=x><h1>Wren", "Robin", "Heron"}));
        f.panel.setCurrentClass(1);
        f.panel.setLimit({Kind::Zero, {0, 2}});
        QVERIFY(f.panel.findChild<LimitAside*>()->text().contains("&lt;img"));
    }

    void unnamedClassesOfferToLoadNames()
    {
        Fixture f;
        QSignalSpy asked(&f.panel, &ClassesPanel::namesRequested);
        auto* load = f.panel.findChild<QPushButton*>();
        QVERIFY(!load->isVisible());
        f.model.setTable({});
        QVERIFY(load->isVisible());
        QTest::keyClick(load, Qt::Key_Space);
        QCOMPARE(asked.size(), 1);
        f.model.setTable(fourBirds());
        QVERIFY(!load->isVisible());
        ClassListModel nothing;
        ClassesPanel empty(&nothing);
        empty.show();
        QVERIFY(!empty.findChild<QPushButton*>()->isVisible());
    }

    void footSaysWhatTheProbabilitiesShare()
    {
        Fixture f;
        const auto foot = [&f] {
            QStringList shown;
            for (const YieldingText* text : f.panel.findChildren<YieldingText*>())
                if (text->isVisible())
                    shown << text->text();
            return shown.join(' ');
        };
        QVERIFY(foot().contains("100 % among 4"));
        QVERIFY(!foot().contains("Outlined") && !foot().contains("Dotted"));
        f.model.setDecodings(makeDecoding(4, {1, 2}, {LimitMode::Drop, {3, 0}}), fourLogits(), fourLogits());
        QVERIFY(foot().contains("100 % among 2"));
        QVERIFY(foot().contains("Outlined") && foot().contains("Dotted"));
        f.model.setDecodings(nullptr, nullptr);
        QVERIFY(!foot().contains("100 %"));
    }

    /// A low panel keeps rows in sight, and what its small print loses is in the tool tip.
    void footGivesWay()
    {
        Fixture f;
        auto* foot = f.panel.findChild<YieldingText*>();
        f.panel.setRemark(QStringLiteral("a remark of very many words ").repeated(12));
        f.panel.resize(240, 700);
        QTRY_COMPARE(foot->height(), foot->sizeHint().height());
        QVERIFY(foot->toolTip().isEmpty());
        f.panel.resize(240, f.panel.minimumSizeHint().height());
        QTRY_COMPARE(foot->height(), foot->minimumSizeHint().height());
        QVERIFY(foot->toolTip().contains("remark"));
        QVERIFY(f.table->visualRect(f.table->model()->index(2, ClassListModel::Name)).bottom() <=
                f.table->viewport()->height());
    }

    /// A new answer moves the chosen class down the list: the one on top stays in sight.
    void newNumbersDoNotScroll()
    {
        Fixture f;
        constexpr int many = 200;
        std::vector<float> logits(many);
        for (int i = 0; i < many; ++i)
            logits[static_cast<std::size_t>(i)] = static_cast<float>(many - i);
        f.model.setDecodings(makeDecoding(many, logits), nullptr);
        f.panel.setCurrentClass(0);
        QCOMPARE(f.table->verticalScrollBar()->value(), 0);
        logits[0] = -1;
        f.model.setDecodings(makeDecoding(many, logits), nullptr);
        QTRY_COMPARE(f.table->currentIndex().row(), many - 1);
        QCoreApplication::processEvents();
        QCOMPARE(f.table->verticalScrollBar()->value(), 0);
        f.panel.setCurrentClass(50);
        QTRY_VERIFY(f.table->verticalScrollBar()->value() > 0);
    }

    /// Each state of a row looks different.
    void barsAreDrawn()
    {
        Fixture f;
        const auto look = [&f] { return f.table->grab().toImage(); };
        const QImage plain = look();
        f.model.setDecodings(fourLogits(), makeDecoding(4, {0, 3, 4, 1}));
        const QImage limited = look();
        f.model.setDecodings(fourLogits(), nullptr, makeDecoding(4, {0, 3, 4, 1}));
        const QImage edited = look();
        f.model.setDecodings(makeDecoding(4, {1, 4, 3, 2}, {LimitMode::Zero, {0, 1, 2}}), nullptr);
        const QImage excluded = look();
        f.model.setDecodings(makeDecoding(4, {-1, 4, 3, -2}), nullptr);
        const QImage negative = look();
        QVERIFY(plain != limited && plain != edited && limited != edited && excluded != plain && negative != plain);
        for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
            f.model.setDecodings(makeDecoding(4, {bad, 4, -bad, 2}), nullptr);
            QVERIFY(!look().isNull());
        }
        f.model.setDecodings(makeDecoding(4, {0, 0, 0, 0}), nullptr);
        QVERIFY(!look().isNull());
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>

#include "ui/widgets/state_chips.h"

using namespace ocellus;

namespace {

StateChip chip(const QString& id, bool isRemovable = true)
{
    return {id, "state " + id, "what " + id + " does", isRemovable};
}

struct Fixture {
    Fixture()
    {
        strip.resize(600, strip.sizeHint().height());
        strip.show();
        strip.activateWindow();
        active = QTest::qWaitForWindowActive(&strip);
    }

    /// The button that is shown for a chip.
    QToolButton* button(const QString& id)
    {
        for (QToolButton* candidate : strip.findChildren<QToolButton*>())
            if (candidate->isVisible() && candidate->accessibleName().endsWith("state " + id))
                return candidate;
        return nullptr;
    }

    bool active = false;
    StateChips strip;
    QSignalSpy removed{&strip, &StateChips::removed};
};

} // namespace

class TestStateChips : public QObject {
    Q_OBJECT

private slots:
    void emptyKeepsItsHeight()
    {
        Fixture f;
        const int height = f.strip.sizeHint().height();
        f.strip.setChips({});
        QVERIFY(f.strip.findChildren<QToolButton*>().isEmpty());
        f.strip.setChips({chip("a"), chip("b")});
        QCOMPARE(f.strip.sizeHint().height(), height);
        QCOMPARE(f.strip.minimumSizeHint().width(), 0);
    }

    void onlySomeCanBeSwitchedOff()
    {
        Fixture f;
        StateChip leaving = chip("leaving");
        leaving.isLeaving = true;
        f.strip.setChips({chip("a"), chip("fixed", false), leaving});
        QVERIFY(f.button("a") && f.button("a")->isEnabled());
        QVERIFY(!f.button("fixed"));
        QVERIFY(!f.button("leaving")->isEnabled());
        QTest::mouseClick(f.button("leaving"), Qt::LeftButton);
        QCOMPARE(f.removed.size(), 0);
        QTest::mouseClick(f.button("a"), Qt::LeftButton);
        QCOMPARE(f.removed, (QList<QVariantList>{{"a"}}));
        // It stays until it is told that the state is gone.
        QVERIFY(f.button("a"));
    }

    void keyboardGoesFromOneToTheNext()
    {
        Fixture f;
        QVERIFY(f.active);
        f.strip.setChips({chip("a"), chip("b"), chip("c")});
        f.button("a")->setFocus();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY(f.button("b")->hasFocus());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QCOMPARE(f.removed, (QList<QVariantList>{{"b"}}));
    }

    void focusStaysOrGoesToTheNeighbour_data()
    {
        QTest::addColumn<QStringList>("after");
        QTest::addColumn<QString>("focused");
        QTest::newRow("the same") << QStringList{"a", "b", "c"} << "b";
        QTest::newRow("another order") << QStringList{"c", "b", "a"} << "b";
        QTest::newRow("one before it is gone") << QStringList{"b", "c"} << "b";
        QTest::newRow("it is gone") << QStringList{"a", "c"} << "c";
        QTest::newRow("it and the rest is gone") << QStringList{"a"} << "a";
        QTest::newRow("all are gone") << QStringList{} << "";
    }

    void focusStaysOrGoesToTheNeighbour()
    {
        QFETCH(QStringList, after);
        QFETCH(QString, focused);
        Fixture f;
        QVERIFY(f.active);
        f.strip.setChips({chip("a"), chip("b"), chip("c")});
        f.button("b")->setFocus();
        QList<StateChip> chips;
        for (const QString& id : after)
            chips << chip(id);
        if (!chips.isEmpty())
            chips.first().toolTip += "!";
        f.strip.setChips(chips);
        if (!focused.isEmpty())
            QVERIFY(f.button(focused)->hasFocus());
        for (const char* id : {"a", "b", "c"})
            QCOMPARE(f.button(id) != nullptr, after.contains(id));
    }

    /// The click that removes a chip may itself lead to its end.
    void removingWhileClicked()
    {
        Fixture f;
        f.strip.setChips({chip("a"), chip("b")});
        connect(&f.strip, &StateChips::removed, &f.strip, [&f] { f.strip.setChips({chip("b")}); });
        QTest::mouseClick(f.button("a"), Qt::LeftButton);
        QVERIFY(!f.button("a"));
        QTRY_COMPARE(f.strip.findChildren<QToolButton*>().size(), 1);
    }

    void manyLongOnesKeepWithinTheStrip_data()
    {
        QTest::addColumn<int>("width");
        QTest::newRow("nothing") << 0;
        QTest::newRow("narrow") << 300;
        QTest::newRow("wide") << 5000;
    }

    void manyLongOnesKeepWithinTheStrip()
    {
        QFETCH(int, width);
        Fixture f;
        f.strip.resize(width, f.strip.sizeHint().height());
        QList<StateChip> chips;
        for (int i = 0; i < 5; ++i)
            chips << StateChip{QString::number(i), QString(400, 'x'), {}, true};
        f.strip.setChips(chips);
        QVERIFY(width == 0 || !f.strip.grab().isNull());
        int last = -1;
        for (const QToolButton* button : f.strip.findChildren<QToolButton*>()) {
            const QWidget* owner = button->parentWidget();
            QVERIFY(owner->x() > last);
            last = owner->geometry().right();
            QVERIFY(button->height() <= f.strip.height());
        }
        if (width >= 300)
            QVERIFY(last < width);
    }

    void leavingAndWarningLookOtherwise()
    {
        Fixture f;
        const auto look = [&f](bool isWarning, bool isLeaving) {
            StateChip one = chip("a");
            one.isWarning = isWarning;
            one.isLeaving = isLeaving;
            f.strip.setChips({one});
            return f.strip.grab().toImage();
        };
        const QImage plain = look(false, false);
        QVERIFY(plain != look(true, false));
        QVERIFY(plain != look(false, true));
    }
};

QTEST_MAIN(TestStateChips)
#include "test_state_chips.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/edit/edit_history.h"

using namespace ocellus;

namespace {

Edit named(const std::string& name)
{
    return {name, Mask::whole({2, 2}), Blur{1}, true};
}

EditChange randomChange(RandomStream& random, std::size_t count, int serial)
{
    const auto place = [&](std::size_t below) {
        return static_cast<std::size_t>(random.below(static_cast<int>(below)));
    };
    const int kind = count == 0 ? 0 : random.below(4);
    Edit edit = named("edit " + std::to_string(serial));
    edit.enabled = random.chance(0.7);
    edit.operation = Noise{random.uniform(0, 50), random.next()};
    if (kind == 0)
        return InsertEdit{place(count + 1), edit};
    if (kind == 1)
        return EraseEdit{place(count)};
    if (kind == 2)
        return ReplaceEdit{place(count), edit};
    return MoveEdit{place(count), place(count)};
}

EditList replayed(const std::vector<EditStep>& steps, std::size_t count)
{
    EditList edits;
    for (std::size_t i = 0; i < count; ++i)
        changeList(edits, steps[i].change);
    return edits;
}

} // namespace

Q_DECLARE_METATYPE(ocellus::EditChange)

class TestEditHistory : public QObject {
    Q_OBJECT

private slots:
    void refusesPlacesBeyondTheList_data()
    {
        QTest::addColumn<EditChange>("change");
        QTest::newRow("insert") << EditChange(InsertEdit{3, named("x")});
        QTest::newRow("erase") << EditChange(EraseEdit{2});
        QTest::newRow("replace") << EditChange(ReplaceEdit{2, named("x")});
        QTest::newRow("move from") << EditChange(MoveEdit{2, 0});
        QTest::newRow("move to") << EditChange(MoveEdit{0, 2});
        QTest::newRow("far") << EditChange(EraseEdit{~std::size_t{0}});
    }

    void refusesPlacesBeyondTheList()
    {
        QFETCH(const EditChange, change);
        EditHistory history({named("a"), named("b")});
        history.perform({"swap", MoveEdit{0, 1}});
        history.undo();
        QVERIFY_EXCEPTION_THROWN(history.perform({"bad", change}), Error);
        QCOMPARE(history.edits(), (EditList{named("a"), named("b")}));
        QVERIFY(history.canRedo());
    }

    void refusesAnEndlessList()
    {
        EditList edits(maxEdits, named("a"));
        QVERIFY_EXCEPTION_THROWN(changeList(edits, InsertEdit{0, named("b")}), Error);
        QCOMPARE(edits.size(), maxEdits);
    }

    void nothingToUndoIsNoError()
    {
        EditHistory history;
        history.undo();
        history.redo();
        history.goTo(7);
        QVERIFY(!history.canUndo() && !history.canRedo());
        QCOMPARE(history.edits(), EditList());
    }

    void aNewStepForgetsWhatWasUndone()
    {
        EditHistory history;
        history.perform({"Brush", InsertEdit{0, named("a")}});
        history.perform({"Lasso", InsertEdit{1, named("b")}});
        QCOMPARE(history.step(1).name, std::string("Lasso"));
        history.undo();
        history.perform({"Wand", InsertEdit{0, named("c")}});
        QVERIFY(!history.canRedo());
        QCOMPARE(history.stepCount(), std::size_t{2});
        QCOMPARE(history.edits(), (EditList{named("c"), named("a")}));
    }

    void aThousandRandomStepsEqualTheirReplay_data()
    {
        QTest::addColumn<quint64>("seed");
        for (quint64 seed = 1; seed <= 5; ++seed)
            QTest::addRow("seed %llu", static_cast<unsigned long long>(seed)) << seed;
    }

    void aThousandRandomStepsEqualTheirReplay()
    {
        QFETCH(const quint64, seed);
        RandomStream random(seed);
        EditHistory history;
        std::vector<EditStep> steps;
        std::size_t done = 0;
        for (int i = 0; i < 1000; ++i) {
            const double choice = random.uniform();
            if (choice < 0.2) {
                history.undo();
                done -= done > 0;
            } else if (choice < 0.35) {
                history.redo();
                done += done < steps.size();
            } else if (choice < 0.4) {
                done = static_cast<std::size_t>(random.below(static_cast<int>(steps.size()) + 1));
                history.goTo(done);
            } else {
                steps.resize(done);
                steps.push_back({std::to_string(i), randomChange(random, history.edits().size(), i)});
                history.perform(steps.back());
                ++done;
            }
            QCOMPARE(history.position(), done);
            QVERIFY(history.edits() == replayed(steps, done));
        }
    }

    void stepsShareTheirMasks()
    {
        const Edit edit = named("a");
        EditHistory history;
        history.perform({"Brush", InsertEdit{0, edit}});
        const EditHistory copy = history;
        history.undo();
        history.redo();
        QCOMPARE(history.edits()[0].mask.alpha().data(), edit.mask.alpha().data());
        QCOMPARE(copy.edits()[0].mask.alpha().data(), edit.mask.alpha().data());
    }
};

QTEST_APPLESS_MAIN(TestEditHistory)
#include "test_edit_history.moc"

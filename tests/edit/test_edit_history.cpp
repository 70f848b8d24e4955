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

PictureEdits stateOf(EditList edits)
{
    return {std::move(edits), {}, {}};
}

Mask randomMask(RandomStream& random)
{
    const int width = 1 + random.below(20);
    return Mask({40, 30}, {random.below(20), random.below(25), width, 1},
                std::vector<std::uint8_t>(static_cast<std::size_t>(width), 255));
}

std::size_t randomPlace(RandomStream& random, std::size_t below)
{
    return static_cast<std::size_t>(random.below(static_cast<int>(below)));
}

EditChange randomMaskChange(RandomStream& random, std::size_t count, int serial)
{
    const int kind = count == 0 ? 0 : random.below(3);
    const NamedMask mask{"mask " + std::to_string(serial), randomMask(random)};
    if (kind == 0)
        return InsertMask{randomPlace(random, count + 1), mask};
    if (kind == 1)
        return EraseMask{randomPlace(random, count)};
    return ReplaceMask{randomPlace(random, count), mask};
}

EditChange randomChange(RandomStream& random, const PictureEdits& state, int serial)
{
    if (random.chance(0.2))
        return SetSelection{random.chance(0.1) ? Mask() : randomMask(random)};
    if (random.chance(0.3))
        return randomMaskChange(random, state.masks.size(), serial);
    const std::size_t count = state.edits.size();
    const int kind = count == 0 ? 0 : random.below(4);
    Edit edit = named("edit " + std::to_string(serial));
    edit.enabled = random.chance(0.7);
    edit.operation = Noise{random.uniform(0, 50), random.next()};
    if (kind == 0)
        return InsertEdit{randomPlace(random, count + 1), edit};
    if (kind == 1)
        return EraseEdit{randomPlace(random, count)};
    if (kind == 2)
        return ReplaceEdit{randomPlace(random, count), edit};
    return MoveEdit{randomPlace(random, count), randomPlace(random, count)};
}

EditStep randomStep(RandomStream& random, PictureEdits state, int serial)
{
    EditStep step{"step " + std::to_string(serial), {}};
    for (int left = 1 + random.below(3); left > 0; --left) {
        step.changes.push_back(randomChange(random, state, serial));
        changeEdits(state, step.changes.back());
    }
    return step;
}

PictureEdits replayed(const std::vector<EditStep>& steps, std::size_t count)
{
    PictureEdits state;
    for (std::size_t i = 0; i < count; ++i)
        for (const EditChange& change : steps[i].changes)
            changeEdits(state, change);
    return state;
}

/// Keeps steps in memory, or refuses to, as a full disk does.
class MemoryStore : public StepStore {
public:
    bool isFull = false;
    std::vector<DoneChanges> kept;

    std::uint64_t append(const DoneChanges& changes) override
    {
        if (isFull)
            throw Error(ErrorCode::Unreadable, "store", "no space left");
        kept.push_back(changes);
        return kept.size() - 1;
    }
    DoneChanges read(std::uint64_t place) override
    {
        if (isFull)
            throw Error(ErrorCode::Unreadable, "store", "gone");
        return kept.at(place);
    }
};

EditHistory::Limits fewSteps()
{
    return {3, 1U << 20};
}

EditStep insertion(const std::string& name)
{
    return {name, {InsertEdit{0, named(name)}}};
}

} // namespace

Q_DECLARE_METATYPE(ocellus::EditChange)

class TestEditHistory : public QObject {
    Q_OBJECT

private slots:
    void refusesWhatDoesNotFit_data()
    {
        QTest::addColumn<EditChange>("change");
        const auto row = [](const char* name, const EditChange& change) { QTest::newRow(name) << change; };
        row("insert", InsertEdit{3, named("x")});
        row("erase", EraseEdit{2});
        row("replace", ReplaceEdit{2, named("x")});
        row("move from", MoveEdit{2, 0});
        row("move to", MoveEdit{0, 2});
        row("far", EraseEdit{~std::size_t{0}});
        row("insert a mask", InsertMask{1, {"x", Mask()}});
        row("erase a mask", EraseMask{0});
        row("replace a mask", ReplaceMask{0, {"x", Mask()}});
        row("long name", InsertEdit{0, named(std::string(maxNameBytes + 1, 'x'))});
        row("long new name", ReplaceEdit{0, named(std::string(maxNameBytes + 1, 'x'))});
        row("long name of a mask", InsertMask{0, {std::string(maxNameBytes + 1, 'x'), Mask()}});
    }

    void refusesWhatDoesNotFit()
    {
        QFETCH(const EditChange, change);
        const PictureEdits start{{named("a"), named("b")}, Mask({40, 30}), {}};
        EditHistory history(start);
        history.perform({"swap", {MoveEdit{0, 1}}});
        history.undo();
        QVERIFY_EXCEPTION_THROWN(history.perform({"bad", {change}}), Error);
        QVERIFY(history.state() == start);
        QVERIFY(history.canRedo());
    }

    void aStepIsDoneWhollyOrNotAtAll()
    {
        const PictureEdits start{{named("a"), named("b")}, Mask({40, 30}), {{"wing", Mask::whole({2, 2})}}};
        EditHistory history(start);
        const EditStep step{
            "bad", {MoveEdit{0, 1}, SetSelection{Mask::whole({2, 2})}, EraseMask{0}, EraseEdit{0}, EraseEdit{1}}};
        QVERIFY_EXCEPTION_THROWN(history.perform(step), Error);
        QVERIFY(history.state() == start);
        QVERIFY(!history.canUndo());
    }

    void refusesAnEndlessList()
    {
        PictureEdits state = stateOf(EditList(maxEdits, named("a")));
        state.masks.resize(maxMasks);
        QVERIFY_EXCEPTION_THROWN(changeEdits(state, InsertEdit{0, named("b")}), Error);
        QVERIFY_EXCEPTION_THROWN(changeEdits(state, InsertMask{0, {"b", Mask()}}), Error);
        QCOMPARE(state.edits.size(), maxEdits);
        QCOMPARE(state.masks.size(), maxMasks);
    }

    void refusesAnEndlessName()
    {
        EditHistory history;
        QVERIFY_EXCEPTION_THROWN(history.perform({std::string(maxNameBytes + 1, 'x'), {SetSelection{}}}), Error);
        QVERIFY(!history.canUndo());
    }

    void nothingToUndoIsNoError()
    {
        EditHistory history;
        history.undo();
        history.redo();
        history.goTo(7);
        QVERIFY(!history.canUndo() && !history.canRedo());
        QVERIFY(history.state() == PictureEdits());
    }

    void aNewStepForgetsWhatWasUndone()
    {
        EditHistory history;
        history.perform(insertion("Brush"));
        history.perform(insertion("Lasso"));
        QCOMPARE(history.stepName(1), std::string("Lasso"));
        history.undo();
        history.perform(insertion("Wand"));
        QVERIFY(!history.canRedo());
        QCOMPARE(history.stepCount(), std::size_t{2});
        QVERIFY(history.state() == stateOf({named("Wand"), named("Brush")}));
    }

    void aThousandRandomStepsEqualTheirReplay_data()
    {
        QTest::addColumn<quint64>("seed");
        QTest::addColumn<bool>("withStore");
        for (quint64 seed = 1; seed <= 5; ++seed)
            for (const bool withStore : {false, true})
                QTest::addRow("seed %llu, %s", static_cast<unsigned long long>(seed),
                              withStore ? "most of them in a store" : "all in memory")
                    << seed << withStore;
    }

    void aThousandRandomStepsEqualTheirReplay()
    {
        QFETCH(const quint64, seed);
        QFETCH(const bool, withStore);
        RandomStream random(seed);
        const auto store = std::make_shared<MemoryStore>();
        EditHistory history = withStore ? EditHistory({}, store, fewSteps()) : EditHistory();
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
                done = randomPlace(random, steps.size() + 1);
                history.goTo(done);
            } else {
                steps.resize(done);
                steps.push_back(randomStep(random, history.state(), i));
                history.perform(steps.back());
                ++done;
            }
            QCOMPARE(history.position(), done);
            QVERIFY(history.state() == replayed(steps, done));
        }
        QCOMPARE(store->kept.empty(), !withStore);
    }

    void aFullStoreStopsNoWork()
    {
        const auto store = std::make_shared<MemoryStore>();
        store->isFull = true;
        EditHistory history({}, store, fewSteps());
        for (const char* name : {"a", "b", "c", "d", "e"})
            history.perform(insertion(name));
        store->isFull = false;
        history.perform(insertion("f"));
        QCOMPARE(store->kept.size(), std::size_t{3});
        history.goTo(0);
        QVERIFY(history.state() == PictureEdits());
        history.goTo(6);
        QCOMPARE(history.state().edits.size(), std::size_t{6});
        QCOMPARE(history.state().edits[0].name, std::string("f"));
    }

    void aLostStoreLeavesTheStateAsItIs()
    {
        const auto store = std::make_shared<MemoryStore>();
        EditHistory history({}, store, fewSteps());
        for (const char* name : {"a", "b", "c", "d", "e"})
            history.perform(insertion(name));
        store->isFull = true;
        QVERIFY_EXCEPTION_THROWN(history.goTo(0), Error);
        QCOMPARE(history.position(), std::size_t{2});
        QVERIFY(history.state() == stateOf({named("b"), named("a")}));
    }

    void bytesBoundWhatStaysInMemory()
    {
        const auto store = std::make_shared<MemoryStore>();
        EditHistory history({}, store, {1000, 10 * 4}); // an edit's mask has four bytes
        for (int i = 0; i < 50; ++i)
            history.perform(insertion("Brush"));
        QCOMPARE(store->kept.size(), std::size_t{40});
        history.perform({"Fill", {SetSelection{Mask::whole({100, 100})}}});
        QCOMPARE(store->kept.size(), std::size_t{51}); // too large to stay
        history.goTo(20);
        history.perform(insertion("Brush"));
        QCOMPARE(store->kept.size(), std::size_t{51});
        history.goTo(0);
        QVERIFY(history.state() == PictureEdits());
    }

    void stepsShareTheirMasks()
    {
        const Edit edit = named("a");
        EditHistory history;
        history.perform({"Brush", {InsertEdit{0, edit}}});
        const EditHistory copy = history;
        history.undo();
        history.redo();
        QCOMPARE(history.state().edits[0].mask.alpha().data(), edit.mask.alpha().data());
        QCOMPARE(copy.state().edits[0].mask.alpha().data(), edit.mask.alpha().data());
    }
};

QTEST_APPLESS_MAIN(TestEditHistory)
#include "test_edit_history.moc"

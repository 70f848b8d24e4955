// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <functional>
#include <random>

#include <QTest>
#include <QWheelEvent>

#include "tests/window/random_editing.h"
#include "tests/window/window_fixture.h"
#include "ui/engine/paths.h"
#include "ui/widgets/head_grid.h"
#include "ui/widgets/image_view.h"
#include "ui/window/central_view.h"
#include "ui/window/session_commands.h"

using namespace ocellus;

/// Random actions in a row, the same ones every time, and what they leave agrees with itself after each: worth running
/// under sanitizers. OCELLUS_RANDOM_ACTIONS sets how many.
class TestRapidUse : public QObject {
    Q_OBJECT

private slots:
    void whatIsShownIsWhatWouldBeSaved()
    {
        bool isNumber = false;
        const int wanted = qEnvironmentVariableIntValue("OCELLUS_RANDOM_ACTIONS", &isNumber);
        WindowFixture fixture;
        QVERIFY(fixture.openAll());
        QTRY_VERIFY(fixture.document().editor().isReady());
        const std::array actions{&TestRapidUse::open,     &TestRapidUse::switchPicture, &TestRapidUse::switchPicture,
                                 &TestRapidUse::cancel,   &TestRapidUse::limit,         &TestRapidUse::zoom,
                                 &TestRapidUse::choose,   &TestRapidUse::display,       &TestRapidUse::wait,
                                 &TestRapidUse::edit,     &TestRapidUse::edit,          &TestRapidUse::undo,
                                 &TestRapidUse::settings, &TestRapidUse::intervene,     &TestRapidUse::exportNumbers,
                                 &TestRapidUse::session,  &TestRapidUse::askAgain};
        for (int i = 0; i < (isNumber ? wanted : 500); ++i) {
            const auto action = static_cast<std::size_t>(below(static_cast<int>(actions.size())));
            (this->*actions[action])(fixture);
            QCoreApplication::processEvents();
            const QString what = fixture.contradiction();
            QVERIFY2(what.isEmpty(),
                     qPrintable(QStringLiteral("after action %1 (%2): %3").arg(i).arg(action).arg(what)));
        }
        QVERIFY(fixture.settle());
        fixture.settings().setValue(Setting::IgnoreExif, false);
        fixture.document().setLimit({});
        fixture.document().openCheckpoint(toPath(fixture.checkpoint()));
        fixture.window().pictures().open({toPath(fixture.picture(2))});
        QTRY_COMPARE_WITH_TIMEOUT(fixture.answer().explanation().pictureName, QString("picture2.png"), 60'000);
        QVERIFY(fixture.settle());
        QVERIFY(fixture.answer().result().decoding);
        QVERIFY(!fixture.answer().isStale());
        QCOMPARE(fixture.contradiction(), QString());
        QCOMPARE(fixture.answer().result().decoding->extent().classes, static_cast<int>(WindowFixture::Classes));
        QVERIFY(fixture.window().isVisible());
    }

private:
    int below(int limit) { return static_cast<int>(m_random() % static_cast<unsigned>(limit)); }

    void open(WindowFixture& fixture)
    {
        switch (below(6)) {
        case 0: fixture.document().openCheckpoint(toPath(fixture.otherCheckpoint())); break;
        case 1: fixture.document().openCheckpoint(toPath(fixture.checkpoint())); break;
        case 2: fixture.document().openCheckpoint(toPath(fixture.picture(0))); break;
        case 3: fixture.window().pictures().open({toPath(fixture.path("nowhere.png"))}); break;
        case 4: fixture.document().removePicture(below(fixture.document().pictures().rowCount() + 1)); break;
        default: fixture.window().pictures().open({toPath(fixture.picture(below(WindowFixture::Pictures)))});
        }
    }

    void switchPicture(WindowFixture& fixture)
    {
        fixture.document().setCurrentPicture(below(fixture.document().pictures().rowCount() + 1));
    }

    void cancel(WindowFixture& fixture) { fixture.answer().cancel(); }

    void limit(WindowFixture& fixture)
    {
        LimitChoice choice;
        choice.kind = static_cast<LimitChoice::Kind>(below(4));
        for (int i = 0; i < WindowFixture::OtherClasses; ++i)
            if (below(2) == 1)
                choice.active << i;
        fixture.document().setLimit(choice);
    }

    void zoom(WindowFixture& fixture)
    {
        QWidget* view = fixture.window().centre().imageView();
        const QPointF place(below(std::max(1, view->width())), below(std::max(1, view->height())));
        QWheelEvent event(place, view->mapToGlobal(place), {}, {0, below(2) ? 120 : -120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(view, &event);
        QTest::mouseClick(view, Qt::LeftButton, {}, place.toPoint());
        fixture.action(below(2) ? Command::Fit : Command::ActualPixels)->trigger();
    }

    void choose(WindowFixture& fixture)
    {
        fixture.document().setCurrentClass(below(WindowFixture::OtherClasses));
        fixture.document().setHead(below(WindowFixture::Heads + 1));
        fixture.document().setLayer(below(WindowFixture::Layers));
    }

    void display(WindowFixture& fixture)
    {
        static constexpr std::array commands{Command::Smooth,    Command::StretchEach, Command::Contour,
                                             Command::LockRange, Command::SortTiles,   Command::Enlarge};
        fixture.action(commands[static_cast<std::size_t>(below(static_cast<int>(commands.size())))])->trigger();
    }

    void edit(WindowFixture& fixture)
    {
        if (fixture.document().editor().isReady())
            m_editing.step(fixture.document().editor());
    }

    void undo(WindowFixture& fixture) { fixture.action(below(2) ? Command::Undo : Command::Redo)->trigger(); }

    void askAgain(WindowFixture& fixture) { fixture.action(Command::AskAgain)->trigger(); }

    void settings(WindowFixture& fixture)
    {
        if (below(3) == 0)
            fixture.settings().setValue(Setting::IgnoreExif, below(2) == 1);
        else
            fixture.settings().setValue(Setting::ShortSide, below(2) ? 64 : 48);
    }

    void intervene(WindowFixture& fixture)
    {
        Document& document = fixture.document();
        AttentionIntervention intervention{document.currentClass(), {}, {}};
        if (below(3) == 0)
            intervention.heads = {below(WindowFixture::Heads)};
        if (const auto& decoding = fixture.answer().result().decoding; decoding && below(3) > 0) {
            intervention.rows = decoding->extent().rows;
            intervention.columns = decoding->extent().columns;
            intervention.cells[below(WindowFixture::Heads)] = {below(static_cast<int>(decoding->extent().cells()))};
        }
        document.setIntervention(intervention.empty() ? AttentionIntervention() : intervention);
    }

    void exportNumbers(WindowFixture& fixture)
    {
        static constexpr std::array commands{Command::ExportLogitsCsv, Command::ExportArrays, Command::ExportFigure};
        fixture.answers = {fixture.path("exported")};
        fixture.action(commands[static_cast<std::size_t>(below(3))])->trigger();
    }

    void session(WindowFixture& fixture)
    {
        const std::filesystem::path file = toPath(fixture.path("random.ocellus"));
        SessionWork& work = fixture.window().sessions().work();
        if (below(3) > 0 && fixture.document().model())
            work.save(file);
        else if (std::filesystem::exists(file))
            work.open(file);
    }

    void wait(WindowFixture& fixture) { QVERIFY(fixture.settle()); }

    std::mt19937 m_random{20240713};
    RandomEditing m_editing{20240713};
};

QTEST_MAIN(TestRapidUse)
#include "test_rapid_use.moc"

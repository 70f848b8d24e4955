// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <functional>
#include <random>

#include <QTest>
#include <QWheelEvent>

#include "tests/window/window_fixture.h"
#include "ui/engine/paths.h"
#include "ui/widgets/head_grid.h"
#include "ui/widgets/image_view.h"
#include "ui/window/central_view.h"

using namespace ocellus;

/// Five hundred random actions in a row, the same ones every time: worth running under sanitizers.
class TestRapidUse : public QObject {
    Q_OBJECT

private slots:
    void fiveHundredActions()
    {
        WindowFixture fixture;
        QVERIFY(fixture.openAll());
        const std::array<void (TestRapidUse::*)(WindowFixture&), 9> actions{
            &TestRapidUse::open,   &TestRapidUse::switchPicture, &TestRapidUse::switchPicture,
            &TestRapidUse::cancel, &TestRapidUse::limit,         &TestRapidUse::zoom,
            &TestRapidUse::choose, &TestRapidUse::display,       &TestRapidUse::wait};
        for (int i = 0; i < 500; ++i) {
            (this->*actions[static_cast<std::size_t>(below(static_cast<int>(actions.size())))])(fixture);
            QCoreApplication::processEvents();
        }
        QVERIFY(fixture.settle());
        fixture.document().openCheckpoint(toPath(fixture.checkpoint()));
        fixture.document().openPictures({toPath(fixture.picture(2))});
        QTRY_COMPARE_WITH_TIMEOUT(fixture.document().explanation().pictureName, QString("picture2.png"), 60'000);
        QVERIFY(fixture.settle());
        QVERIFY(fixture.document().decoding());
        QCOMPARE(fixture.document().decoding()->extent().classes, static_cast<int>(WindowFixture::Classes));
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
        case 3: fixture.document().openPictures({toPath(fixture.path("nowhere.png"))}); break;
        case 4: fixture.document().removePicture(below(fixture.document().pictures().rowCount() + 1)); break;
        default: fixture.document().openPictures({toPath(fixture.picture(below(WindowFixture::Pictures)))});
        }
    }

    void switchPicture(WindowFixture& fixture)
    {
        fixture.document().setCurrentPicture(below(fixture.document().pictures().rowCount() + 1));
    }

    void cancel(WindowFixture& fixture) { fixture.document().cancel(); }

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

    void wait(WindowFixture& fixture) { QVERIFY(fixture.settle()); }

    std::mt19937 m_random{20240713};
};

QTEST_MAIN(TestRapidUse)
#include "test_rapid_use.moc"

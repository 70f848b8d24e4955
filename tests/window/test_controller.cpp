// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include <QSignalSpy>
#include <QTest>

#include "tests/window/window_fixture.h"
#include "ui/engine/paths.h"

using namespace ocellus;

/// The controller alone, without a window over it.
class TestController : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_fixture = std::make_unique<WindowFixture>(); }

    void init() { m_controller = std::make_unique<EngineController>(); }

    void cleanup() { m_controller.reset(); }

    void tellsWhichStepFailed_data()
    {
        QTest::addColumn<QString>("device");
        QTest::addColumn<QString>("checkpoint");
        QTest::addColumn<QString>("picture");
        QTest::addColumn<QList<int>>("active");
        QTest::addColumn<int>("step");
        const QString model = m_fixture->checkpoint();
        const QString picture = m_fixture->picture(0);
        const auto row = [](const char* name, const QString& device, const QString& checkpoint, const QString& file,
                            const QList<int>& active, Step step) {
            QTest::newRow(name) << device << checkpoint << file << active << static_cast<int>(step);
        };
        row("no such device", "cuda:99", model, picture, {}, Step::Device);
        row("nonsense as a device", "abacus", model, picture, {}, Step::Device);
        row("no checkpoint", "cpu", "/nowhere/model.pth", picture, {}, Step::Model);
        row("no picture", "cpu", model, "/nowhere/picture.png", {}, Step::Picture);
        row("a checkpoint as a picture", "cpu", model, model, {}, Step::Picture);
        row("a picture as a checkpoint", "cpu", picture, picture, {}, Step::Model);
        row("a class beyond the last", "cpu", model, picture, {WindowFixture::Classes}, Step::Explain);
        row("a class below the first", "cpu", model, picture, {-1}, Step::Explain);
        row("a class twice", "cpu", model, picture, {1, 1}, Step::Explain);
    }

    void tellsWhichStepFailed()
    {
        QFETCH(const QString, device);
        QFETCH(const QString, checkpoint);
        QFETCH(const QString, picture);
        QFETCH(const QList<int>, active);
        QFETCH(const int, step);
        ViewRequest request = makeRequest(checkpoint, picture);
        request.engine.device = device.toStdString();
        if (!active.isEmpty())
            request.set = {LimitMode::Zero, {active.begin(), active.end()}};
        QSignalSpy failed(m_controller.get(), &EngineController::failed);
        const QSignalSpy ready(m_controller.get(), &EngineController::viewReady);
        m_controller->request(request);
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, Patience);
        const auto failure = failed.first().first().value<Failure>();
        QCOMPARE(static_cast<int>(failure.step), step);
        QVERIFY(!failure.detail.isEmpty());
        QVERIFY(!m_controller->isBusy());
        QCOMPARE(ready.count(), 0);
    }

    void worksOnAfterAFailure()
    {
        QSignalSpy failed(m_controller.get(), &EngineController::failed);
        m_controller->request(makeRequest(m_fixture->checkpoint(), "/nowhere/picture.png"));
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, Patience);
        QSignalSpy ready(m_controller.get(), &EngineController::viewReady);
        m_controller->request(makeRequest(m_fixture->checkpoint(), m_fixture->picture(0)));
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, Patience);
    }

    void theNewestRequestWins()
    {
        QSignalSpy ready(m_controller.get(), &EngineController::viewReady);
        QSignalSpy busy(m_controller.get(), &EngineController::busyChanged);
        for (int i = 0; i < WindowFixture::Pictures; ++i)
            m_controller->request(makeRequest(m_fixture->checkpoint(), m_fixture->picture(i)));
        QTRY_VERIFY_WITH_TIMEOUT(!m_controller->isBusy(), Patience);
        QCOMPARE(ready.count(), 1);
        const auto view = ready.first().first().value<ViewResult>();
        QCOMPARE(toQString(view.shown.path), m_fixture->picture(WindowFixture::Pictures - 1));
        QCOMPARE(view.generation, std::uint64_t{WindowFixture::Pictures});
        QCOMPARE(busy.count(), 2);
    }

    void aCancelledRequestNeverAnswers()
    {
        QSignalSpy ready(m_controller.get(), &EngineController::viewReady);
        QSignalSpy cancelled(m_controller.get(), &EngineController::cancelled);
        m_controller->request(makeRequest(m_fixture->checkpoint(), m_fixture->picture(0)));
        m_controller->cancel();
        QCOMPARE(cancelled.count(), 1);
        QVERIFY(!m_controller->isBusy());
        m_controller->cancel();
        QCOMPARE(cancelled.count(), 1);
        m_controller->request(makeRequest(m_fixture->checkpoint(), m_fixture->picture(1)));
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, Patience);
        QCOMPARE(toQString(ready.first().first().value<ViewResult>().shown.path), m_fixture->picture(1));
    }

    void givesTheFullSetBesideALimitedOne()
    {
        ViewRequest request = makeRequest(m_fixture->checkpoint(), m_fixture->picture(0));
        request.set = {LimitMode::Drop, {3, 1}};
        QSignalSpy ready(m_controller.get(), &EngineController::viewReady);
        m_controller->request(request);
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, Patience);
        const auto view = ready.first().first().value<ViewResult>();
        QCOMPARE(view.decoding->querySet(), request.set);
        QCOMPARE(view.full->querySet(), QuerySet());
        QCOMPARE(static_cast<int>(view.full->classes().size()), WindowFixture::Classes);
    }

    void resultsCarryTheKeyThatTheyWereComputedFor()
    {
        ViewRequest request = makeRequest(m_fixture->checkpoint(), m_fixture->picture(0));
        request.set = {LimitMode::Zero, {3, 1}};
        request.engine.half = true; // which a CPU has not
        QSignalSpy ready(m_controller.get(), &EngineController::viewReady);
        m_controller->request(request);
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, Patience);
        const ViewKey key = ready.last().first().value<ViewResult>().key;
        QCOMPARE(key.model.size(), std::size_t{64});
        QVERIFY(key.picture != ContentKey());
        QVERIFY(key.edits == contentKey(EditList()));
        QVERIFY(key.preprocess == request.preprocess);
        QVERIFY(key.limit == request.set);
        QVERIFY(key.precision == (Precision{"cpu", false, false}));
        ViewKey onGpu = key;
        onGpu.precision = {"cuda:0", true, false};
        QVERIFY(onGpu != key);
        request.preprocess.shortSide = 40;
        request.picture = toPath(m_fixture->picture(1));
        m_controller->request(request);
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 2, Patience);
        const ViewKey other = ready.last().first().value<ViewResult>().key;
        QVERIFY(other.model == key.model);
        QVERIFY(other.picture != key.picture);
        QCOMPARE(other.preprocess.shortSide, 40);
    }

    void repeatingARequestComputesNothing()
    {
        QSignalSpy ready(m_controller.get(), &EngineController::viewReady);
        QSignalSpy opened(m_controller.get(), &EngineController::modelOpened);
        for (int i = 1; i <= 3; ++i) {
            m_controller->request(makeRequest(m_fixture->checkpoint(), m_fixture->picture(0)));
            QTRY_COMPARE_WITH_TIMEOUT(ready.count(), i, Patience);
        }
        QCOMPARE(opened.count(), 1);
        const auto counters = ready.last().first().value<ViewResult>().counters;
        QCOMPARE(counters.encodes, std::int64_t{1});
        QCOMPARE(counters.decodes, std::int64_t{1});
    }

    void whatMayComeAtAnyTimeWaitsForTheRest()
    {
        QStringList order;
        connect(m_controller.get(), &EngineController::viewReady, this, [&order] { order << "view"; });
        const auto unit = [&order](const char* name) -> EngineUnit {
            return [&order, name](EngineWorker&, const Progress&) { return [&order, name] { order << name; }; };
        };
        const auto failed = [&order](const Failure&) { order << "failed"; };
        m_controller->request(makeRequest(m_fixture->checkpoint(), m_fixture->picture(0)));
        m_controller->runWhenIdle(unit("idle"), failed);
        m_controller->runInBackground(unit("awaited"), failed);
        m_controller->request(makeRequest(m_fixture->checkpoint(), m_fixture->picture(3)));
        QTRY_COMPARE_WITH_TIMEOUT(order, QStringList({"view", "awaited", "idle"}), Patience);
        m_controller->request(makeRequest(m_fixture->checkpoint(), m_fixture->picture(1)));
        m_controller->runWhenIdle(unit("dropped"), failed);
        m_controller->runInBackground(unit("kept"), failed);
        m_controller->stopIdle();
        QTRY_COMPARE_WITH_TIMEOUT(order, QStringList({"view", "awaited", "idle", "view", "kept"}), Patience);
    }

    void goesInTheMiddleOfAnything()
    {
        QSignalSpy progressed(m_controller.get(), &EngineController::progressed);
        ViewRequest request = makeRequest(m_fixture->checkpoint(), m_fixture->picture(0));
        request.preprocess = {800, 1333};
        m_controller->request(request);
        QTRY_VERIFY_WITH_TIMEOUT(progressed.count() > 0, Patience);
        m_controller.reset();
        QCoreApplication::processEvents();
        QVERIFY(!m_controller);
    }

private:
    static constexpr int Patience = 60'000;

    static ViewRequest makeRequest(const QString& checkpoint, const QString& picture)
    {
        ViewRequest request;
        request.engine.device = "cpu";
        request.checkpoint = toPath(checkpoint);
        request.picture = toPath(picture);
        request.preprocess = {64, 128};
        return request;
    }

    std::unique_ptr<WindowFixture> m_fixture;
    std::unique_ptr<EngineController> m_controller;
};

QTEST_MAIN(TestController)
#include "test_controller.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "core/data/image_folder.h"
#include "core/image/decode.h"
#include "tests/support/error_of.h"
#include "tests/window/window_fixture.h"
#include "ui/engine/paths.h"
#include "ui/engine/prediction_queue.h"
#include "ui/engine/thumbnail_loader.h"

using namespace ocellus;

namespace {

constexpr int Patience = 60'000;

ViewRequest makeRequest(const QString& checkpoint, const QString& picture)
{
    ViewRequest request;
    request.engine.device = "cpu";
    request.checkpoint = toPath(checkpoint);
    request.picture = toPath(picture);
    request.preprocess = {64, 128};
    return request;
}

} // namespace

/// Work that nobody waits for: it ends with its picture, stops when asked, and leaves the user's caches alone.
class TestBackground : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_fixture = std::make_unique<WindowFixture>(); }

    void init()
    {
        m_controller = std::make_unique<EngineController>();
        m_queue = std::make_unique<PredictionQueue>(*m_controller, std::filesystem::path());
    }

    void cleanup()
    {
        m_queue.reset();
        m_controller.reset();
    }

    void predictsOneAfterTheOther()
    {
        QSignalSpy ready(m_controller.get(), &EngineController::viewReady);
        m_controller->request(request(0));
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, Patience);
        QSignalSpy predicted(m_queue.get(), &PredictionQueue::predicted);
        QSignalSpy failed(m_queue.get(), &PredictionQueue::failed);
        m_queue->add(request(0));
        m_queue->add(makeRequest(m_fixture->otherCheckpoint(), m_fixture->picture(1)));
        m_queue->add(makeRequest(m_fixture->checkpoint(), "/nowhere/picture.png"));
        m_queue->add(request(2));
        QCOMPARE(m_queue->total(), 4);
        QTRY_VERIFY_WITH_TIMEOUT(m_queue->isEmpty(), Patience);
        QCOMPARE(predicted.count(), 2);
        QCOMPARE(failed.count(), 1); // of another model nothing is said
        const auto decoding = ready.first().first().value<ViewResult>().decoding;
        const auto first = predicted.first().at(1).value<Prediction>();
        QCOMPARE(first.classIndex, decoding->classes()[static_cast<std::size_t>(decoding->ranking().front())]);
        QCOMPARE(first.probability, decoding->probability(first.classIndex));
        QCOMPARE(m_queue->done(), 0);
        QCOMPARE(m_queue->total(), 0);
    }

    void keepsNothingOfWhatNobodyLooksAt()
    {
        QSignalSpy ready(m_controller.get(), &EngineController::viewReady);
        m_controller->request(request(0));
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, Patience);
        for (int i = 0; i < WindowFixture::Pictures; ++i)
            m_queue->add(request(i));
        QTRY_VERIFY_WITH_TIMEOUT(m_queue->isEmpty(), Patience);
        m_controller->request(request(0));
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 2, Patience);
        // The view's own, and the predictions of the others: what was shown is still there.
        QCOMPARE(ready.last().first().value<ViewResult>().counters.encodes, std::int64_t{WindowFixture::Pictures});
        m_controller->request(request(1));
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 3, Patience);
        QCOMPARE(ready.last().first().value<ViewResult>().counters.encodes, std::int64_t{WindowFixture::Pictures + 1});
    }

    void jobsEndWithTheirPicture_data()
    {
        QTest::addColumn<QList<int>>("removed");
        QTest::newRow("all") << QList<int>{0, 1, 2, 3};
        QTest::newRow("the one that runs") << QList<int>{0};
        QTest::newRow("one that waits") << QList<int>{2};
        QTest::newRow("the last") << QList<int>{3};
    }

    void jobsEndWithTheirPicture()
    {
        QFETCH(const QList<int>, removed);
        m_controller->request(request(0));
        QStringList predicted;
        connect(m_queue.get(), &PredictionQueue::predicted, this,
                [&predicted](const ViewRequest& of) { predicted << toQString(of.picture); });
        QStringList expected;
        for (int i = 0; i < WindowFixture::Pictures; ++i) {
            m_queue->add(request(i));
            if (!removed.contains(i))
                expected << m_fixture->picture(i);
        }
        for (const int i : removed)
            m_queue->remove(toPath(m_fixture->picture(i)));
        m_queue->remove("/nowhere/picture.png");
        QCOMPARE(m_queue->total(), static_cast<int>(expected.size()));
        QTRY_COMPARE_WITH_TIMEOUT(predicted, expected, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_queue->isEmpty(), Patience);
        QCOMPARE(predicted, expected);
    }

    void pausesAndGoesOn()
    {
        QSignalSpy predicted(m_queue.get(), &PredictionQueue::predicted);
        QSignalSpy ready(m_controller.get(), &EngineController::viewReady);
        for (int i = 0; i < WindowFixture::Pictures; ++i)
            m_queue->add(request(i));
        m_queue->setPaused(true);
        m_controller->request(request(0));
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, Patience);
        QCOMPARE(predicted.count(), 0);
        QCOMPARE(m_queue->total(), static_cast<int>(WindowFixture::Pictures));
        m_queue->remove(toPath(m_fixture->picture(0)));
        m_queue->setPaused(false);
        QTRY_COMPARE_WITH_TIMEOUT(predicted.count(), WindowFixture::Pictures - 1, Patience);
        // Cleared while one is running: nothing of it arrives.
        m_queue->add(request(1));
        m_controller->clearBackground();
        QVERIFY(m_queue->isEmpty());
        m_controller->request(request(2));
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 2, Patience);
        QCOMPARE(predicted.count(), WindowFixture::Pictures - 1);
    }

    void cancelPausesTheClassifyingOfTheList()
    {
        m_fixture->restart();
        QVERIFY(m_fixture->openAll());
        Document& document = m_fixture->document();
        QVERIFY(m_fixture->finishPredictions());
        m_fixture->window().pictures().predictions().setPaused(true);
        m_fixture->settings().setValue(Setting::IgnoreExif, true); // all pictures are asked for again
        QVERIFY(m_fixture->settle());
        QVERIFY(!m_fixture->action(Command::Cancel)->isEnabled());
        m_fixture->window().pictures().predictions().setPaused(false);
        QVERIFY(m_fixture->action(Command::Cancel)->isEnabled());
        m_fixture->action(Command::Cancel)->trigger();
        QVERIFY(m_fixture->window().pictures().predictions().isPaused());
        QVERIFY(!m_fixture->window().pictures().predictions().isEmpty());
        QVERIFY(!m_fixture->action(Command::Cancel)->isEnabled());
        document.removePicture(1);
        m_fixture->window().pictures().predictions().setPaused(false);
        QVERIFY(m_fixture->finishPredictions());
        QVERIFY(m_fixture->window().pictures().predictions().isEmpty());
    }

    void thumbnailsEndWithTheirPicture()
    {
        ThumbnailLoader loader;
        QStringList ready;
        connect(&loader, &ThumbnailLoader::thumbnailReady, this,
                [&ready](const std::filesystem::path& path, const QImage& image) {
                    ready << toQString(path) + (image.isNull() ? " null" : "");
                });
        for (int i = 0; i < WindowFixture::Pictures; ++i)
            loader.request(toPath(m_fixture->picture(i)), {});
        loader.request(toPath(m_fixture->picture(1)), {});
        loader.request("/nowhere/picture.png", {});
        loader.forget(toPath(m_fixture->picture(0)));
        loader.forget(toPath(m_fixture->picture(2)));
        loader.forget("/nowhere/else.png");
        QTRY_COMPARE_WITH_TIMEOUT(
            ready, QStringList({"/nowhere/picture.png null", m_fixture->picture(3), m_fixture->picture(1)}), Patience);
        loader.request(toPath(m_fixture->picture(0)), {});
        loader.clear();
        loader.request(toPath(m_fixture->picture(2)), {});
        QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 4, Patience);
        QCOMPARE(ready.last(), m_fixture->picture(2));
    }

    /// Finding and reading look at the stop token before each file and each piece of one.
    void findingAndReadingStop()
    {
        std::stop_source stop;
        stop.request_stop();
        const Progress progress(stop.get_token());
        QCOMPARE(errorOf([&] { listImages(toPath(m_fixture->path("pictures")), stop.get_token()); }),
                 ErrorCode::Cancelled);
        QCOMPARE(errorOf([&] { decodePicture(toPath(m_fixture->picture(0)), {}, progress); }), ErrorCode::Cancelled);
    }

private:
    ViewRequest request(int picture) const { return makeRequest(m_fixture->checkpoint(), m_fixture->picture(picture)); }

    std::unique_ptr<WindowFixture> m_fixture;
    std::unique_ptr<EngineController> m_controller;
    std::unique_ptr<PredictionQueue> m_queue;
};

QTEST_MAIN(TestBackground)
#include "test_background.moc"

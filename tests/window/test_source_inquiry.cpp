// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/formula_checkpoint.h"
#include "ui/engine/paths.h"
#include "ui/engine/source_inquiry.h"

using namespace ocellus;

/// Sources of maps asked beside the user's requests, without a window over them.
class TestSourceInquiry : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        writeFormulaCheckpoint(file("small.safetensors"), smallConfig(5));
        writeFormulaCheckpoint(file("other.safetensors"), smallConfig(7));
        for (const int red : {60, 200}) {
            QImage picture(96, 64, QImage::Format_RGB32);
            picture.fill(qRgb(red, 90, 30));
            for (int x = 20; x < 50; ++x)
                for (int y = 10; y < 40; ++y)
                    picture.setPixel(x, y, qRgb(x * 5, y * 6, red));
            QVERIFY(picture.save(toQString(file("picture" + std::to_string(red) + ".png"))));
        }
    }

    void init()
    {
        m_controller = std::make_unique<EngineController>();
        m_inquiry = std::make_unique<SourceInquiry>(*m_controller);
        m_answers.clear();
        connect(m_inquiry.get(), &SourceInquiry::answered, this,
                [this](const SourceAnswer& answer) { m_answers.push_back(answer); });
        QVERIFY(show(request()));
    }

    void cleanup()
    {
        m_inquiry.reset();
        m_controller.reset();
    }

    void oneThatFailsLeavesTheOthers_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<int>("classIndex");
        QTest::addColumn<QString>("told");
        QTest::newRow("no such source") << "crystal-ball" << 0 << "expected one of heads";
        QTest::newRow("no such option") << "gradcam:colour=red" << 0 << "expected one of the options stage";
        QTest::newRow("a value out of its range") << "rise:masks=1" << 0 << "from 2 to";
        QTest::newRow("no such layer") << "mean:layer=9" << 0 << "layer";
        QTest::newRow("no such class") << "gradcam" << 5 << "expected 0 to 4";
    }

    void oneThatFailsLeavesTheOthers()
    {
        QFETCH(const QString, source);
        QFETCH(const int, classIndex);
        QFETCH(const QString, told);
        QSignalSpy failed(m_inquiry.get(), &SourceInquiry::failed);
        const QSignalSpy finished(m_inquiry.get(), &SourceInquiry::finished);
        SourceQuestion question = ask({source.toStdString()});
        question.classes = {classIndex};
        m_inquiry->ask(question);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, Patience);
        QCOMPARE(failed.count(), 1);
        const auto failure = failed.first().at(1).value<Failure>();
        QVERIFY2(summary(failure).contains(told), qPrintable(summary(failure)));
        QVERIFY(m_answers.empty());

        m_inquiry->ask(ask({source.toStdString(), "gradcam"}, {0}));
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 2, Patience);
        QCOMPARE(m_answers.back().source.source, std::string("gradcam"));
    }

    void saysWhatTheMapsWereMadeOf()
    {
        ViewRequest limited = request();
        limited.set = {LimitMode::Drop, {1, 3}};
        SourceQuestion question = ask({"mean", "gradcam", "rise:masks=50:agreement=1"}, {1, 3});
        question.request = limited;
        const QSignalSpy finished(m_inquiry.get(), &SourceInquiry::finished);
        m_inquiry->ask(question);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, Patience);
        const std::vector<SourceAnswer> whole = wholeAnswers();
        QCOMPARE(whole.size(), std::size_t{3});
        for (const SourceAnswer& answer : whole) {
            QCOMPARE(answer.maps.size(), std::size_t{2});
            QCOMPARE(answer.maps[0].classIndex, 1);
            QCOMPARE(answer.maps[1].classIndex, 3);
            QCOMPARE(answer.maps[0].source, answer.source.source);
            QCOMPARE(answer.key.model.size(), std::size_t{64});
            // What does not read the decoding knows of no limit.
            QVERIFY(answer.key.limit == (answer.source.source == "mean" ? limited.set : QuerySet()));
        }
        QCOMPARE(whole[2].maps[0].count, 50);
    }

    void growsWhileItRuns()
    {
        const QSignalSpy finished(m_inquiry.get(), &SourceInquiry::finished);
        QSignalSpy progressed(m_inquiry.get(), &SourceInquiry::progressed);
        m_inquiry->ask(ask({"rise:masks=50:agreement=1"}, {2}));
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, Patience);
        QCOMPARE(m_answers.size(), std::size_t{3}); // each 25 masks, and the whole
        for (std::size_t i = 0; i < 2; ++i) {
            QVERIFY(m_answers[i].isPartial);
            QCOMPARE(m_answers[i].maps.front().count, 25 * static_cast<int>(i + 1));
        }
        QVERIFY(!m_answers.back().isPartial);
        QCOMPARE(progressed.last().first().toDouble(), 1.0);
    }

    void cancelFreesTheEngine()
    {
        const QSignalSpy cancelled(m_inquiry.get(), &SourceInquiry::cancelled);
        askForever();
        m_inquiry->cancel();
        QCOMPARE(cancelled.count(), 1);
        QVERIFY(!m_inquiry->isRunning());
        const std::size_t answers = m_answers.size();
        // It would take an hour.
        QVERIFY(runsInBackground());
        QCOMPARE(m_answers.size(), answers);
    }

    /// What the worker has posted by then goes with the question, though it is still at work on it.
    void nothingIsAnsweredAfterACancel()
    {
        for (int i = 0; i < 20; ++i) {
            bool isCancelled = false;
            std::size_t late = 0;
            QObject here;
            connect(m_inquiry.get(), &SourceInquiry::progressed, &here, [&](double fraction) {
                late += isCancelled ? 1 : 0;
                if (fraction < 0.024) // a map comes with each 25 masks, right behind this
                    return;
                m_inquiry->cancel();
                isCancelled = true;
            });
            connect(m_inquiry.get(), &SourceInquiry::answered, &here, [&] { late += isCancelled ? 1 : 0; });
            m_inquiry->ask(ask({"rise:masks=1000:agreement=1"}));
            QTRY_VERIFY_WITH_TIMEOUT(isCancelled, Patience);
            QVERIFY(runsInBackground());
            QCOMPARE(late, std::size_t{0});
        }
    }

    void theNewestQuestionWins()
    {
        askForever();
        const QSignalSpy finished(m_inquiry.get(), &SourceInquiry::finished);
        m_answers.clear();
        m_inquiry->ask(ask({"gradcam"}, {4}));
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, Patience);
        QCOMPARE(m_answers.size(), std::size_t{1});
        QCOMPARE(m_answers.front().source.source, std::string("gradcam"));
    }

    void goesOnBehindTheUsersRequests()
    {
        const QSignalSpy finished(m_inquiry.get(), &SourceInquiry::finished);
        m_inquiry->ask(ask({"rise:masks=50:agreement=1"}, {0}));
        ViewRequest other = request();
        other.picture = file("picture200.png");
        QVERIFY(show(other));
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, Patience);
        QCOMPARE(wholeAnswers().back().maps.front().count, 50);
    }

    void anotherModelEndsIt()
    {
        const QSignalSpy cancelled(m_inquiry.get(), &SourceInquiry::cancelled);
        askForever();
        ViewRequest other = request();
        other.checkpoint = file("other.safetensors");
        QVERIFY(show(other));
        QTRY_COMPARE_WITH_TIMEOUT(cancelled.count(), 1, Patience);
        QVERIFY(!m_inquiry->isRunning());
        // And the new one's gradients are its own.
        SourceQuestion question = ask({"gradcam"}, {6});
        question.request = other;
        m_answers.clear();
        m_inquiry->ask(question);
        QTRY_COMPARE_WITH_TIMEOUT(m_answers.size(), std::size_t{1}, Patience);
        QCOMPARE(m_answers.front().maps.front().classIndex, 6);
    }

    void goesWhileItRuns()
    {
        askForever();
        m_inquiry.reset();
        QVERIFY(runsInBackground());
    }

    void theControllerGoesWhileItRuns()
    {
        askForever();
        m_inquiry.reset();
        m_controller.reset();
        QCoreApplication::processEvents();
        QVERIFY(!m_controller);
    }

private:
    static constexpr int Patience = 180'000;

    std::filesystem::path file(const std::string& name) const { return toPath(m_folder.path()) / name; }

    ViewRequest request() const
    {
        ViewRequest request;
        request.engine.device = "cpu";
        request.checkpoint = file("small.safetensors");
        request.picture = file("picture60.png");
        request.preprocess = {32, 48};
        return request;
    }

    SourceQuestion ask(const std::vector<std::string>& texts, std::vector<int> classes = {0}) const
    {
        SourceQuestion question{request(), {}, std::move(classes)};
        for (const std::string& text : texts)
            question.sources.push_back(parseSource(text));
        return question;
    }

    /// Until it has begun.
    void askForever()
    {
        const std::size_t before = m_answers.size();
        m_inquiry->ask(ask({"rise:masks=100000:agreement=1"}));
        QTRY_VERIFY_WITH_TIMEOUT(m_answers.size() > before, Patience);
    }

    bool show(const ViewRequest& request)
    {
        const QSignalSpy ready(m_controller.get(), &EngineController::viewReady);
        m_controller->request(request);
        return QTest::qWaitFor([&ready] { return ready.count() == 1; }, Patience);
    }

    /// Another unit has its turn.
    bool runsInBackground()
    {
        bool hasRun = false;
        m_controller->runInBackground(
            [&hasRun](EngineWorker&, const Progress&) { return [&hasRun] { hasRun = true; }; }, [](const Failure&) {});
        return QTest::qWaitFor([&hasRun] { return hasRun; }, Patience);
    }

    std::vector<SourceAnswer> wholeAnswers() const
    {
        std::vector<SourceAnswer> whole;
        for (const SourceAnswer& answer : m_answers)
            if (!answer.isPartial)
                whole.push_back(answer);
        return whole;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<EngineController> m_controller;
    std::unique_ptr<SourceInquiry> m_inquiry;
    std::vector<SourceAnswer> m_answers;
};

QTEST_MAIN(TestSourceInquiry)
#include "test_source_inquiry.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <future>

#include <QSignalSpy>
#include <QTest>

#include "core/edit/mask_shapes.h"
#include "tests/window/window_fixture.h"
#include "ui/document/open_model_request.h"
#include "ui/engine/engine_worker.h"
#include "ui/engine/paths.h"
#include "ui/engine/prediction_queue.h"

using namespace ocellus;

/// An edit changes the picture at once and asks the model by itself.
class TestLiveAnswer : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_fixture = std::make_unique<WindowFixture>(); }

    void init()
    {
        m_fixture->restart();
        QVERIFY(m_fixture->openAll());
        QVERIFY(m_fixture->finishPredictions());
        QTRY_VERIFY(editor().isReady());
    }

    void nothingToEditWithoutAPicture()
    {
        m_fixture->restart();
        QVERIFY(!editor().canPaint());
        QVERIFY(!editor().whyNotPaintable().isEmpty());
        editor().addEdit({"Brighter", {}, Brightness{0.2}});
        QVERIFY(editor().state().edits.empty());
    }

    void anEditThatCannotBeDoneIsToldAndTheOldMapsStayAsOutOfDate()
    {
        QSignalSpy failed(&answer(), &LiveAnswer::failed);
        Edit wrong = meanFill();
        wrong.mask = Mask::whole({3, 3}); // of another picture
        editor().perform({"Wrong", {InsertEdit{0, wrong}}});
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed.first().first().value<Failure>().step, Step::Edit);
        QTRY_VERIFY(!answer().isBusy());
        QVERIFY(answer().explanation().stale);
        editor().undo();
        QTRY_VERIFY(!answer().isStale());
        QVERIFY(!answer().explanation().stale);
    }

    void aCancelledAnswerLeavesTheEditAndTheOldMapsOutOfDate()
    {
        const auto before = answer().result().decoding;
        const QSignalSpy requested(&m_fixture->window().controller(), &EngineController::requested);
        editor().addEdit(meanFill());
        answer().cancel();
        QVERIFY(!answer().isBusy());
        QCOMPARE(editor().state().edits.size(), std::size_t{1});
        QCOMPARE(answer().result().decoding, before);
        QVERIFY(answer().explanation().stale);
        QVERIFY(answer().explanation().edits.isEmpty()); // of the maps, not of the document
        QVERIFY(m_fixture->action(Command::AskAgain)->isEnabled());
        QCOMPARE(m_fixture->contradiction(), QString());
        QCOMPARE(requested.count(), 1); // the picture's; nobody asks the model behind the user's back
        m_fixture->action(Command::AskAgain)->trigger();
        QTRY_VERIFY(!answer().isStale());
        QVERIFY(answer().result().isEdited());
    }

    void anEmptyWindowSaysWhatIsUnderWay()
    {
        m_fixture->restart();
        QTRY_VERIFY(!answer().isBusy());
        QVERIFY(answer().explanationOnScreen().whyEmpty.isEmpty());
        const std::vector<std::filesystem::path> files{toPath(m_fixture->checkpoint()), toPath(m_fixture->picture(0))};
        m_fixture->window().open(files);
        QVERIFY2(answer().explanationOnScreen().whyEmpty.contains("Opening small.safetensors"),
                 qPrintable(answer().explanationOnScreen().whyEmpty));
        answer().cancel();
        QTRY_VERIFY(answer().explanationOnScreen().whyEmpty.isEmpty());
        m_fixture->window().open(files);
        QTRY_VERIFY(!answer().isBusy() && answer().result().decoding);
        QVERIFY(answer().explanationOnScreen().whyEmpty.isEmpty());
    }

    /// The other model may be open when it is given up: what waits in the background asks of the one of before.
    void aModelThatIsGivenUpTakesNothingWithIt()
    {
        m_fixture->restart();
        PredictionQueue& predictions = m_fixture->window().pictures().predictions();
        predictions.setPaused(true);
        QVERIFY(m_fixture->openAll());
        document().openCheckpoint(toPath(m_fixture->otherCheckpoint()));
        std::promise<void> opened;
        m_fixture->window().controller().runInBackground(
            [&opened](EngineWorker&, const Progress&) {
                opened.set_value();
                return [] {};
            },
            [](const Failure&) {});
        opened.get_future().wait();
        answer().cancel();
        QCOMPARE(document().classCount(), static_cast<int>(WindowFixture::Classes));
        QVERIFY(m_fixture->settle());
        predictions.setPaused(false);
        QVERIFY(m_fixture->finishPredictions());
        QVERIFY(!answer().isStale());
    }

    /// The former model is on its way back, and that is stopped too: nothing is read, what waits in the background
    /// waits on, and comes with the model.
    void aModelThatMayNotComeBackIsAwayUntilItIsAskedFor_data()
    {
        QTest::addColumn<bool>("byClassifying");
        QTest::newRow("asked again") << false;
        QTest::newRow("classifying goes on") << true;
    }

    void aModelThatMayNotComeBackIsAwayUntilItIsAskedFor()
    {
        QFETCH(const bool, byClassifying);
        m_fixture->restart();
        PredictionQueue& predictions = m_fixture->window().pictures().predictions();
        predictions.setPaused(true);
        QVERIFY(m_fixture->openAll());
        predictions.setPaused(false);
        document().openCheckpoint(toPath(m_fixture->otherCheckpoint()));
        answer().cancel();
        QVERIFY(!answer().isModelAway()); // it is coming
        answer().cancel();
        QVERIFY(answer().isModelAway());
        QVERIFY(!answer().isBusy());
        QVERIFY(predictions.isPaused());
        QCOMPARE(document().classCount(), static_cast<int>(WindowFixture::Classes));
        QVERIFY(m_fixture->action(Command::AskAgain)->isEnabled());
        int failures = 0, units = 0;
        m_fixture->window().controller().runInBackground(
            [request = openModelRequest(document()), &units](EngineWorker& worker,
                                                             const Progress&) -> std::function<void()> {
                worker.engineFor(request);
                return [&units] { ++units; };
            },
            [&failures](const Failure&) { ++failures; });
        if (byClassifying)
            predictions.setPaused(false);
        else
            m_fixture->action(Command::AskAgain)->trigger();
        QTRY_COMPARE(units, 1);
        QCOMPARE(failures, 0);
        QVERIFY(!answer().isModelAway());
        QTRY_VERIFY(!answer().isBusy());
        QVERIFY(!m_fixture->action(Command::AskAgain)->isEnabled());
        predictions.setPaused(false);
        QVERIFY(m_fixture->finishPredictions());
    }

    void anotherPictureIsShownWithoutMapsUntilItHasItsOwn()
    {
        document().setCurrentPicture(2);
        QSignalSpy shown(&answer(), &LiveAnswer::pictureShown);
        QTRY_VERIFY(shown.count() > 0);
        QCOMPARE(answer().explanationOnScreen().pictureName, QString("picture2.png"));
        QVERIFY(answer().explanation().isEmpty() || answer().explanation().pictureName == "picture2.png");
        QTRY_VERIFY(!answer().isStale());
    }

    void aFileThatIsOverwrittenIsToldOfAndReadAgain()
    {
        QVERIFY(QFile::rename(m_fixture->picture(0), m_fixture->path("kept.png")));
        QVERIFY(answer().isStale() == false); // between the two files there is none
        QVERIFY(QFile::copy(m_fixture->picture(3), m_fixture->picture(0)));
        const auto putBack = qScopeGuard([this] {
            QFile::remove(m_fixture->picture(0));
            QFile::rename(m_fixture->path("kept.png"), m_fixture->picture(0));
        });
        const auto before = answer().result().decoding;
        document().setIntervention({document().currentClass(), {1}, {}}); // chosen on maps that will be gone
        QTRY_VERIFY2(m_fixture->message().contains("picture0.png has changed since"), qPrintable(m_fixture->message()));
        QTRY_VERIFY(!answer().isStale() && answer().result().decoding != before);
        QCOMPARE(answer().explanation().picture.size(), QImage(m_fixture->picture(3)).size());
        QVERIFY(document().intervention().empty());
        QVERIFY(!m_fixture->action(Command::Undo)->isEnabled());
        QCOMPARE(m_fixture->contradiction(), QString());
        QVERIFY(m_fixture->finishPredictions());
        // Once more, and away from it at once: nobody is told of a picture that is not shown.
        QVERIFY(QFile::remove(m_fixture->picture(0)));
        QVERIFY(QFile::copy(m_fixture->picture(2), m_fixture->picture(0)));
        QSignalSpy noticed(&answer(), &LiveAnswer::noticed);
        document().setCurrentPicture(1);
        QTRY_VERIFY(!answer().isStale());
        QCOMPARE(noticed.count(), 0);
        document().setCurrentPicture(0);
        QTRY_VERIFY(!answer().isStale());
        QCOMPARE(answer().explanation().picture.size(), QImage(m_fixture->picture(2)).size());
        QCOMPARE(m_fixture->contradiction(), QString());
    }

    /// Faster than the watch, which waits until the file rests.
    void whatWasChosenOnOtherPixelsIsNotAskedOfNewOnes()
    {
        QVERIFY(QFile::rename(m_fixture->picture(0), m_fixture->path("kept.png")));
        const auto putBack = qScopeGuard([this] {
            QFile::remove(m_fixture->picture(0));
            QFile::rename(m_fixture->path("kept.png"), m_fixture->picture(0));
        });
        const ContentKey before = answer().result().key.picture;
        bool areOfOthers = false;
        connect(&answer(), &LiveAnswer::resultChanged, this, [this, before, &areOfOthers] {
            const ViewKey& key = answer().result().key;
            areOfOthers =
                areOfOthers || (answer().result().decoding && key.picture != before && !key.intervention.empty());
        });
        QVERIFY(QFile::copy(m_fixture->picture(3), m_fixture->picture(0)));
        document().setIntervention({document().currentClass(), {1}, {}});
        QTRY_VERIFY(!answer().isStale() && answer().result().key.picture != before);
        QVERIFY(!areOfOthers);
        QVERIFY(document().intervention().empty());
        QVERIFY(answer().result().key.intervention.empty());
        QCOMPARE(m_fixture->contradiction(), QString());
        disconnect(&answer(), nullptr, this, nullptr);
    }

    void thePictureAnswersAtOnceAndTheModelByItself()
    {
        const auto before = answer().result().decoding;
        QSignalSpy viewed(&answer(), &LiveAnswer::resultChanged);
        editor().addEdit(meanFill());
        QVERIFY(answer().explanation().stale);
        QTRY_VERIFY(answer().explanationOnScreen().picture.pixel(10, 10) != answer().picture().original.pixel(10, 10));
        QTRY_VERIFY(!answer().isStale());
        QVERIFY(answer().result().isEdited());
        QVERIFY(answer().result().decoding != before);
        QVERIFY(answer().result().decoding->logits() != before->logits());
        QCOMPARE(answer().result().before->logits(), before->logits());
        QVERIFY(!answer().explanation().edits.isEmpty());
        QVERIFY(answer().explanationBefore().edits.isEmpty());
        QCOMPARE(viewed.count(), 1); // the picture alone is no view
    }

    void quickStrokesAskTheModelOnce()
    {
        editor().addEdit(meanFill(50));
        QTRY_VERIFY(!answer().isStale() && answer().result().isEdited()); // counters are as old as the view
        const auto encodes = answer().result().counters.encodes;
        for (int i = 0; i < 5; ++i)
            editor().addEdit(meanFill(4 * i));
        QTRY_VERIFY(!answer().isStale());
        QCOMPARE(answer().result().counters.encodes, encodes + 1);
    }

    void undoIsACacheHit()
    {
        const auto before = answer().result().decoding;
        editor().addEdit(meanFill());
        QTRY_VERIFY(!answer().isStale() && answer().result().isEdited());
        const auto encodes = answer().result().counters.encodes;
        editor().undo();
        QTRY_VERIFY(!answer().isStale() && !answer().result().isEdited());
        QCOMPARE(answer().result().counters.encodes, encodes);
        QCOMPARE(answer().result().decoding->logits(), before->logits());
        QCOMPARE(answer().explanation().picture, answer().picture().original);
    }

    void selectionsAndKeptMasksDoNotAskTheModel()
    {
        const QSignalSpy requested(&m_fixture->window().controller(), &EngineController::requested);
        editor().setActiveMask(QStringLiteral("Brush"), square(8));
        editor().perform({"Keep mask", {InsertMask{0, {"wing", square(8)}}}});
        QCOMPARE(requested.count(), 0);
        QVERIFY(!answer().isStale());
    }

    void everyPictureKeepsItsEdits()
    {
        editor().addEdit(meanFill());
        QTRY_VERIFY(!answer().isStale() && answer().result().isEdited());
        document().setCurrentPicture(1);
        QTRY_VERIFY(!answer().isStale() && editor().isReady());
        QVERIFY(!answer().result().isEdited());
        QVERIFY(editor().state().edits.empty());
        document().setCurrentPicture(0);
        QTRY_VERIFY(!answer().isStale() && answer().result().isEdited());
        QCOMPARE(editor().state().edits.size(), std::size_t{1});
    }

    void aCropChangesTheGrid()
    {
        const QSize before = answer().explanation().picture.size();
        editor().addEdit({"Crop", {}, Crop{{0, 0, 40, 30}}});
        QTRY_VERIFY(!answer().isStale());
        QCOMPARE(answer().explanation().picture.size(), QSize(40, 30));
        QCOMPARE(answer().explanationBefore().picture.size(), before);
        QCOMPARE(editor().pictureSize(), (Size{40, 30}));
    }

    void anotherClassForgetsAttentionIntervention()
    {
        AttentionIntervention intervention;
        intervention.classIndex = answer().explanation().classIndex;
        intervention.heads = {0, 2};
        const float before = answer().result().decoding->logit(intervention.classIndex);
        document().setIntervention(intervention);
        QTRY_VERIFY(!answer().isStale());
        QVERIFY(answer().result().decoding->logit(intervention.classIndex) != before);
        QCOMPARE(answer().result().withoutIntervention->logit(intervention.classIndex), before);
        QVERIFY(!answer().explanation().intervention.isEmpty());
        document().setCurrentClass((intervention.classIndex + 1) % WindowFixture::Classes);
        QTRY_VERIFY(!answer().isStale());
        QVERIFY(document().intervention().empty());
        QCOMPARE(answer().result().decoding->logit(intervention.classIndex), before);
    }

private:
    Document& document() { return m_fixture->document(); }
    LiveAnswer& answer() { return m_fixture->answer(); }
    PictureEditor& editor() { return document().editor(); }

    Mask square(int left) { return rectangleMask(editor().pictureSize(), {double(left), 4, 20, 20}); }
    Edit meanFill(int left = 0) { return {"Fill", square(left), MeanFill{MeanFill::Of::Picture}}; }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestLiveAnswer)
#include "test_live_answer.moc"

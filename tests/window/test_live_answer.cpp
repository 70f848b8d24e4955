// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <QTest>

#include "core/edit/mask_shapes.h"
#include "tests/window/window_fixture.h"
#include "ui/engine/paths.h"

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
        QSignalSpy failed(&document(), &Document::failed);
        Edit wrong = meanFill();
        wrong.mask = Mask::whole({3, 3}); // of another picture
        editor().perform({"Wrong", {InsertEdit{0, wrong}}});
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed.first().first().value<Failure>().step, Step::Edit);
        QTRY_VERIFY(!document().isBusy());
        QVERIFY(document().explanation().stale);
        editor().undo();
        QTRY_VERIFY(!document().isStale());
        QVERIFY(!document().explanation().stale);
    }

    void thePictureAnswersAtOnceAndTheModelByItself()
    {
        const auto before = document().decoding();
        QSignalSpy viewed(&document(), &Document::viewChanged);
        editor().addEdit(meanFill());
        QVERIFY(document().explanation().stale);
        QTRY_VERIFY(document().explanation().picture.pixel(10, 10) != document().originalPicture().pixel(10, 10));
        QTRY_VERIFY(!document().isStale());
        QVERIFY(document().isEdited());
        QVERIFY(document().decoding() != before);
        QVERIFY(document().decoding()->logits() != before->logits());
        QCOMPARE(document().beforeDecoding()->logits(), before->logits());
        QVERIFY(!document().explanation().edits.isEmpty());
        QVERIFY(document().explanationBefore().edits.isEmpty());
        QCOMPARE(viewed.count(), 1); // the picture alone is no view
    }

    void quickStrokesAskTheModelOnce()
    {
        editor().addEdit(meanFill(50));
        QTRY_VERIFY(!document().isStale() && document().isEdited()); // counters are as old as the view
        const auto encodes = document().counters().encodes;
        for (int i = 0; i < 5; ++i)
            editor().addEdit(meanFill(4 * i));
        QTRY_VERIFY(!document().isStale());
        QCOMPARE(document().counters().encodes, encodes + 1);
    }

    void undoIsACacheHit()
    {
        const auto before = document().decoding();
        editor().addEdit(meanFill());
        QTRY_VERIFY(!document().isStale() && document().isEdited());
        const auto encodes = document().counters().encodes;
        editor().undo();
        QTRY_VERIFY(!document().isStale() && !document().isEdited());
        QCOMPARE(document().counters().encodes, encodes);
        QCOMPARE(document().decoding()->logits(), before->logits());
        QCOMPARE(document().explanation().picture, document().originalPicture());
    }

    void selectionsAndKeptMasksDoNotAskTheModel()
    {
        const QSignalSpy requested(&m_fixture->window().controller(), &EngineController::requested);
        editor().setActiveMask(QStringLiteral("Brush"), square(8));
        editor().perform({"Keep mask", {InsertMask{0, {"wing", square(8)}}}});
        QCOMPARE(requested.count(), 0);
        QVERIFY(!document().isStale());
    }

    void everyPictureKeepsItsEdits()
    {
        editor().addEdit(meanFill());
        QTRY_VERIFY(!document().isStale() && document().isEdited());
        document().setCurrentPicture(1);
        QTRY_VERIFY(!document().isStale() && editor().isReady());
        QVERIFY(!document().isEdited());
        QVERIFY(editor().state().edits.empty());
        document().setCurrentPicture(0);
        QTRY_VERIFY(!document().isStale() && document().isEdited());
        QCOMPARE(editor().state().edits.size(), std::size_t{1});
    }

    void aCropChangesTheGrid()
    {
        const QSize before = document().explanation().picture.size();
        editor().addEdit({"Crop", {}, Crop{{0, 0, 40, 30}}});
        QTRY_VERIFY(!document().isStale());
        QCOMPARE(document().explanation().picture.size(), QSize(40, 30));
        QCOMPARE(document().explanationBefore().picture.size(), before);
        QCOMPARE(editor().pictureSize(), (Size{40, 30}));
    }

    void anotherClassForgetsAttentionIntervention()
    {
        AttentionIntervention intervention;
        intervention.classIndex = document().explanation().classIndex;
        intervention.heads = {0, 2};
        const float before = document().decoding()->logit(intervention.classIndex);
        document().setIntervention(intervention);
        QTRY_VERIFY(!document().isStale());
        QVERIFY(document().decoding()->logit(intervention.classIndex) != before);
        QCOMPARE(document().decodingWithoutIntervention()->logit(intervention.classIndex), before);
        QVERIFY(!document().explanation().intervention.isEmpty());
        document().setCurrentClass((intervention.classIndex + 1) % WindowFixture::Classes);
        QTRY_VERIFY(!document().isStale());
        QVERIFY(document().intervention().empty());
        QCOMPARE(document().decoding()->logit(intervention.classIndex), before);
    }

private:
    Document& document() { return m_fixture->document(); }
    PictureEditor& editor() { return document().editor(); }

    Mask square(int left) { return rectangleMask(editor().pictureSize(), {double(left), 4, 20, 20}); }
    Edit meanFill(int left = 0) { return {"Fill", square(left), MeanFill{MeanFill::Of::Picture}}; }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestLiveAnswer)
#include "test_live_answer.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/edit/mask_shapes.h"
#include "tests/window/window_fixture.h"
#include "ui/engine/engine_worker.h"
#include "ui/engine/paths.h"

using namespace ocellus;

/// Drafts at half the resolution, which come before answers that take long, and never in their place.
class TestDrafts : public QObject {
    Q_OBJECT

private slots:
    void noDraftWhereTheModelIsQuick() { QCOMPARE(draftsOf(1'000, edited()), 0); }
    void noDraftWithoutEdits() { QCOMPARE(draftsOf(0, request()), 0); }
    void noDraftForThePictureAlone()
    {
        ViewRequest request = edited();
        request.pictureOnly = true;
        QCOMPARE(draftsOf(0, request), 0);
    }

    void aDraftComesBeforeALongAnswerAndIsCalledSo()
    {
        QCOMPARE(draftsOf(0, edited()), 1);
        QVERIFY(m_draft.isDraft);
        QVERIFY(!m_answer.isDraft);
        QVERIFY(m_draft.key != m_answer.key); // so that it is never taken for the answer
        QCOMPARE(m_draft.key.preprocess.shortSide, m_answer.key.preprocess.shortSide / 2);
        QCOMPARE(m_draft.inputSize.height, m_answer.inputSize.height / 2);
        QVERIFY(m_draft.decoding->logits() != m_answer.decoding->logits());
        QCOMPARE(m_draft.shown.picture, m_answer.shown.picture);
    }

    void aDraftChangesNothingInTheAnswer()
    {
        QCOMPARE(draftsOf(0, edited()), 1);
        const auto logits = m_answer.decoding->logits();
        QCOMPARE(draftsOf(1'000, edited()), 0);
        QCOMPARE(m_answer.decoding->logits(), logits);
    }

private:
    ViewRequest request() const
    {
        ViewRequest request;
        request.engine.followEdits = true;
        request.checkpoint = toPath(m_fixture.checkpoint());
        request.picture = toPath(m_fixture.picture(0));
        request.preprocess = {64, 128, 0};
        return request;
    }

    ViewRequest edited() const
    {
        ViewRequest edited = request();
        edited.edits = {{"Fill", rectangleMask({96, 64}, {8, 8, 30, 30}), MeanFill{MeanFill::Of::Picture}}};
        return edited;
    }

    /// After the original was shown.
    int draftsOf(double secondsWorthADraft, const ViewRequest& asked)
    {
        EngineWorker worker(secondsWorthADraft);
        int drafts = 0;
        const EngineWorker::Announcements announce{[](const auto&...) {}, [](const auto&) {}, [](const auto&) {},
                                                   [&](const ViewResult& draft) {
                                                       m_draft = draft;
                                                       ++drafts;
                                                   }};
        worker.view(request(), {}, announce);
        m_answer = worker.view(asked, {}, announce);
        return drafts;
    }

    WindowFixture m_fixture;
    ViewResult m_draft, m_answer;
};

QTEST_MAIN(TestDrafts)
#include "test_drafts.moc"

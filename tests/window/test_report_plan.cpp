// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "ui/session/report_plan.h"

using namespace ocellus;

namespace {

Session sessionOf(int pictures)
{
    Session session;
    for (int i = 0; i < pictures; ++i)
        session.pictures.push_back({{"/pictures/" + std::to_string(i) + ".png", {}, 0}, {}});
    return session;
}

StoredResult resultOf(int picture, const QuerySet& set = {}, int classIndex = 0)
{
    StoredResult result;
    result.picture = picture;
    result.set = set;
    result.classIndex = classIndex;
    result.layer = 1;
    return result;
}

void edit(SessionPicture& picture, bool enabled = true)
{
    picture.edits.edits.push_back({"", {}, Brightness{0.1}, enabled});
}

} // namespace

/// Which pictures a report is about.
class TestReportPlan : public QObject {
    Q_OBJECT

private slots:
    void nothingWasDone()
    {
        QVERIFY(planReport({}).items.empty());
        Session session = sessionOf(3);
        edit(session.pictures[1], false);
        QVERIFY(planReport(session).items.empty());
    }

    void shownPicturesOnceForEachQuerySet()
    {
        Session session = sessionOf(3);
        const QuerySet drop{LimitMode::Drop, {2, 4}};
        session.results = {resultOf(2), resultOf(0, {}, 3), resultOf(0, drop, 4)};
        const ReportPlan plan = planReport(session);
        QCOMPARE(plan.items.size(), std::size_t{3});
        QVERIFY(plan.items[0].picture == "/pictures/0.png" && plan.items[0].set == QuerySet());
        QVERIFY(plan.items[1].picture == "/pictures/0.png" && plan.items[1].set == drop);
        QVERIFY(plan.items[1].classIndex == 4 && plan.items[1].layer == 1);
        QVERIFY(plan.items[2].picture == "/pictures/2.png");
    }

    void editedPicturesThatNobodyLookedAtAreUnderTheSessionsLimit()
    {
        Session session = sessionOf(2);
        edit(session.pictures[1]);
        session.view.limit = {LimitMode::All, {1}}; // remembered, without effect
        ReportPlan plan = planReport(session);
        QCOMPARE(plan.items.size(), std::size_t{1});
        QVERIFY(plan.items[0].set == QuerySet() && !plan.items[0].classIndex && plan.items[0].isEdited());
        session.view.limit.mode = LimitMode::Zero;
        plan = planReport(session);
        QVERIFY(plan.items[0].set == session.view.limit);
    }

    void whatWasLookedAtBeforeAnEditStays()
    {
        Session session = sessionOf(2);
        edit(session.pictures[0]);
        const QuerySet drop{LimitMode::Drop, {2, 4}};
        session.results = {resultOf(0)};
        const ReportPlan plan = planReport(session, {resultOf(0, drop, 4), resultOf(1, drop, 2)});
        QCOMPARE(plan.items.size(), std::size_t{3});
        QVERIFY(plan.items[0].state == ReportItem::State::Shown && plan.items[0].set == QuerySet());
        QVERIFY(plan.items[1].state == ReportItem::State::EditedSince && plan.items[1].set == drop);
        QVERIFY(plan.items[1].isEdited() && plan.items[1].classIndex == 4);
        QVERIFY(plan.items[2].state == ReportItem::State::EditedSince && !plan.items[2].isEdited());
        session.results.clear();
        QCOMPARE(planReport(session, {resultOf(0, drop)}).items.size(), std::size_t{1});
        QVERIFY(planReport(session).items.front().state == ReportItem::State::NotShown);
    }

    void ofTooManyTheEditedOnesStay()
    {
        Session session = sessionOf(5);
        for (int i = 0; i < 5; ++i)
            session.results.push_back(resultOf(i));
        edit(session.pictures[4]);
        const ReportPlan plan = planReport(session, {}, 2);
        QCOMPARE(plan.items.size(), std::size_t{2});
        QCOMPARE(plan.leftOut, std::size_t{3});
        QVERIFY(plan.items[0].picture == "/pictures/4.png" && plan.items[1].picture == "/pictures/0.png");
    }
};

QTEST_GUILESS_MAIN(TestReportPlan)
#include "test_report_plan.moc"

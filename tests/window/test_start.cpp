// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QPushButton>
#include <QTest>

#include "tests/window/session_steps.h"
#include "ui/compare/before_after_view.h"
#include "ui/engine/paths.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/open_offer.h"
#include "ui/window/central_view.h"
#include "ui/window/heads_page.h"
#include "ui/window/workspaces.h"

using namespace ocellus;

namespace {

constexpr int PatienceMs = 60'000;

} // namespace

/// The window before everything is open: what there is is shown, and the rest is offered in its place.
class TestStart : public QObject {
    Q_OBJECT

private slots:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }

    void damagedPictureIsNotOfferedForAModel()
    {
        open({m_fixture->write("cut.jpg", "\xff\xd8\xff")});
        QTRY_VERIFY_WITH_TIMEOUT(!shown().whyEmpty.isEmpty() && !m_fixture->answer().isBusy(), PatienceMs);
        QCOMPARE(offered(), QString());
        QVERIFY(m_fixture->message().contains("cut.jpg"));
    }

    void pictureIsShownThoughTheModelIsDamaged()
    {
        open({m_fixture->write("cut.pth", "PK\x03\x04 and nothing"), m_fixture->picture(1)});
        QTRY_COMPARE_WITH_TIMEOUT(shown().picture.size(), sizeOf(1), PatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(offered().contains("No model"), PatienceMs);
        QVERIFY(m_fixture->message().contains("cut.pth"));
        QVERIFY(m_fixture->settle());
        QVERIFY(!m_fixture->answer().isStale());
    }

    void nothingIsOpen()
    {
        QTRY_COMPARE_WITH_TIMEOUT(buttons().size(), 3, PatienceMs);
        m_fixture->answers = {m_fixture->picture(0)};
        QTest::mouseClick(buttons().last(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(shown().picture.size(), sizeOf(0), PatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(offered().contains("No model"), PatienceMs);
        m_fixture->answers = {m_fixture->checkpoint()};
        QTRY_COMPARE_WITH_TIMEOUT(buttons().size(), 2, PatienceMs);
        QTest::mouseClick(buttons().first(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!shown().isEmpty(), PatienceMs);
        QCOMPARE(offered(), QString());
    }

    /// Also away from the heads' page: what is missing is opened in place.
    void everyPageOffersWhatIsMissing_data()
    {
        QTest::addColumn<WorkspaceId>("workspace");
        QTest::addColumn<int>("page");
        WindowFixture fixture;
        // The pages of one's own species ask for a data set and say so themselves.
        for (const Workspace& workspace : fixture.window().workspaces().all())
            if (workspace.id != WorkspaceId::Look && workspace.id != WorkspaceId::Edit &&
                workspace.id != WorkspaceId::Species)
                for (int page = 0; page < workspace.pages.size(); ++page)
                    QTest::addRow("%s, page %d", qPrintable(workspace.key), page + 1) << workspace.id << page;
    }

    void everyPageOffersWhatIsMissing()
    {
        QFETCH(const WorkspaceId, workspace);
        QFETCH(const int, page);
        MainWindow& window = m_fixture->window();
        window.workspaces().show(workspace);
        const auto& all = window.workspaces().all();
        window.workspaces().showPage(std::ranges::find(all, workspace, &Workspace::id)->pages[page]);
        QTRY_COMPARE_WITH_TIMEOUT(buttons().size(), 3, PatienceMs);
        QVERIFY(!offered().isEmpty());
        open({m_fixture->checkpoint()});
        QTRY_COMPARE_WITH_TIMEOUT(buttons().size(), 1, PatienceMs);
        m_fixture->answers = {m_fixture->picture(0)};
        QTest::mouseClick(buttons().first(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->answer().result().decoding, PatienceMs);
        // Nothing is missing then, but edits where they are compared: it leads to where they are made.
        const bool comparesEdits = qobject_cast<BeforeAfterView*>(window.centre().currentPage());
        QTRY_COMPARE_WITH_TIMEOUT(buttons().size(), comparesEdits ? 1 : 0, PatienceMs);
        if (!comparesEdits)
            return;
        QTest::mouseClick(buttons().first(), Qt::LeftButton);
        QCOMPARE(window.workspaces().current(), WorkspaceId::Edit);
        QCOMPARE(window.centre().currentPage(), static_cast<QWidget*>(window.centre().heads()));
    }

    void modelAlone()
    {
        open({m_fixture->checkpoint()});
        QTRY_VERIFY_WITH_TIMEOUT(document().model() && m_fixture->settle(), PatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(offered().contains("pictures"), PatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(buttons().size(), 1, PatienceMs);
        open({m_fixture->picture(0)});
        QTRY_VERIFY_WITH_TIMEOUT(!shown().isEmpty(), PatienceMs);
        QCOMPARE(offered(), QString());
    }

    void picturesAreLookedThroughWithoutAModel()
    {
        open({m_fixture->picture(0), m_fixture->picture(1)});
        QTRY_COMPARE_WITH_TIMEOUT(shown().picture.size(), sizeOf(0), PatienceMs);
        document().setCurrentPicture(1);
        QTRY_COMPARE_WITH_TIMEOUT(shown().picture.size(), sizeOf(1), PatienceMs);
        QVERIFY(offered().contains("No model"));
        while (document().pictures().rowCount() > 0)
            document().removePicture(0);
        QTRY_VERIFY_WITH_TIMEOUT(shown().picture.isNull(), PatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(buttons().size(), 3, PatienceMs);
    }

    void whatIsEditedWithoutAModelIsWhatItIsAskedFor()
    {
        open({m_fixture->picture(0)});
        QTRY_VERIFY_WITH_TIMEOUT(document().editor().isReady(), PatienceMs);
        const QImage before = shown().picture;
        SessionSteps(*m_fixture).edit();
        QTRY_VERIFY_WITH_TIMEOUT(!shown().picture.isNull() && shown().picture != before, PatienceMs);
        QVERIFY(m_fixture->settle());
        open({m_fixture->checkpoint()});
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->answer().result().decoding && !m_fixture->answer().isStale(), PatienceMs);
        QVERIFY(m_fixture->answer().result().isEdited());
        QCOMPARE(m_fixture->contradiction(), QString());
    }

    void cancelLeavesNothingHanging()
    {
        open({m_fixture->picture(0)});
        m_fixture->answer().cancel();
        QVERIFY(m_fixture->settle());
        open({m_fixture->picture(1)});
        QTRY_COMPARE_WITH_TIMEOUT(shown().picture.size(), sizeOf(1), PatienceMs);
    }

private:
    Document& document() { return m_fixture->document(); }
    HeadsPage& page() { return *m_fixture->window().centre().heads(); }
    const Explanation& shown() { return page().imageView()->explanation(); }

    QSize sizeOf(int picture) const { return QImage(m_fixture->picture(picture)).size(); }

    void open(const QStringList& files)
    {
        std::vector<std::filesystem::path> paths;
        for (const QString& file : files)
            paths.push_back(toPath(file));
        m_fixture->window().open(paths);
    }

    /// The words of the offer that is seen; empty where none is.
    QString offered()
    {
        QString words;
        for (const OpenOffer* offer : m_fixture->window().centre().findChildren<OpenOffer*>())
            if (offer->isVisible())
                words += offer->words();
        return words;
    }

    QList<QPushButton*> buttons()
    {
        QList<QPushButton*> seen;
        for (OpenOffer* offer : m_fixture->window().centre().findChildren<OpenOffer*>())
            for (QPushButton* button : offer->findChildren<QPushButton*>())
                if (button->isVisible())
                    seen << button;
        return seen;
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestStart)
#include "test_start.moc"

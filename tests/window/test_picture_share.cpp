// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QApplication>
#include <QTest>

#include "core/edit/mask_shapes.h"
#include "tests/window/picture_share.h"
#include "tests/window/window_fixture.h"
#include "ui/compare/before_after_view.h"
#include "ui/style/window_style.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/central_view.h"
#include "ui/window/workspaces.h"

using namespace ocellus;

/// How much of the window shows pictures, with the sample, and how small it can be.
class TestPictureShare : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QApplication::setStyle(new WindowStyle); // its bars and margins count
        m_fixture = std::make_unique<WindowFixture>();
        m_fixture->settings().setValue(Setting::TourAnswered, true);
        m_fixture->makeWindow();
        window().open({}); // the sample
        QTRY_VERIFY_WITH_TIMEOUT(settled() && document().editor().isReady(), Patience);
    }

    void picturesFillTheWindow_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<WorkspaceId>("workspace");
        QTest::addColumn<int>("page");
        QTest::addColumn<double>("least");
        for (const QSize size : {QSize(1366, 768), QSize(1600, 1000), QSize(2560, 1440)}) {
            const auto row = [size](const char* name, WorkspaceId workspace, int page, double at1600) {
                // Lists and bars take more of a small window.
                const double least = size.width() < 1600 ? 0.6 * at1600 : at1600;
                QTest::addRow("%s %dx%d", name, size.width(), size.height()) << size << workspace << page << least;
            };
            row("Look", WorkspaceId::Look, 0, 0.55);
            row("Compare: Classes", WorkspaceId::Compare, 0, 0.45);
            row("Compare: Pictures", WorkspaceId::Compare, 1, 0.45);
            row("Compare: Layers", WorkspaceId::Compare, 4, 0.45);
            row("Compare: Context", WorkspaceId::Compare, 5, 0.2);
            row("Compare: Before and After", WorkspaceId::Compare, 8, 0.45);
            row("Edit", WorkspaceId::Edit, 0, 0.3);
            row("Edit: Before and After", WorkspaceId::Edit, 1, 0.45);
        }
    }

    void picturesFillTheWindow()
    {
        QFETCH(const QSize, size);
        QFETCH(const WorkspaceId, workspace);
        QFETCH(const int, page);
        QFETCH(const double, least);
        show(workspace, size);
        const auto& all = window().workspaces().all();
        const auto shown = std::ranges::find(all, workspace, &Workspace::id);
        QVERIFY(page < shown->pages.size());
        setEdited(qobject_cast<BeforeAfterView*>(shown->pages[page]));
        QTRY_VERIFY_WITH_TIMEOUT(settled(), Patience);
        window().workspaces().showPage(shown->pages[page]);
        // Pages bring themselves up to date when they are shown, and maps of other pictures come one by one.
        double share = 0;
        QTRY_VERIFY2_WITH_TIMEOUT((share = pictureShare(window())) >= least, qPrintable(QString::number(share)),
                                  Patience);
        qInfo("%s: %.1f %% of the window", QTest::currentDataTag(), 100 * pictureShare(window()));
    }

    /// Also with what is widest: the sample, an edit, and every page.
    void everyPageFitsASmallScreen()
    {
        setEdited(true);
        QTRY_VERIFY_WITH_TIMEOUT(settled(), Patience);
        for (const Workspace& workspace : window().workspaces().all()) {
            show(workspace.id, QSize(1280, 700));
            for (QWidget* page : workspace.pages) {
                window().centre().showPage(page);
                const auto fits = [this] {
                    const QSize least = window().minimumSizeHint();
                    return least.width() <= 1280 && least.height() <= 700;
                };
                QTRY_VERIFY(fits()); // what is shown asks for its room in a moment
                const QSize least = window().minimumSizeHint();
                qInfo("%s, page %d: %d x %d at least", qPrintable(workspace.key),
                      static_cast<int>(workspace.pages.indexOf(page)) + 1, least.width(), least.height());
                QTRY_COMPARE(window().size(), QSize(1280, 700));
            }
        }
    }

private:
    static constexpr int Patience = 20'000;

    MainWindow& window() { return m_fixture->window(); }
    Document& document() { return m_fixture->document(); }
    bool settled() { return m_fixture->answer().result().decoding && !m_fixture->answer().isStale(); }

    void setEdited(bool edited)
    {
        PictureEditor& editor = document().editor();
        if (edited == !editor.state().edits.empty())
            return;
        if (edited)
            editor.addEdit(
                {"Fill", rectangleMask(editor.pictureSize(), {60, 60, 120, 120}), MeanFill{MeanFill::Of::Picture}});
        else
            editor.undo();
    }

    void show(WorkspaceId workspace, QSize size)
    {
        window().workspaces().show(workspace);
        window().centre().messages()->hide();
        window().resize(size);
        QCoreApplication::processEvents();
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestPictureShare)
#include "test_picture_share.moc"

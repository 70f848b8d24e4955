// SPDX-License-Identifier: GPL-3.0-or-later
#include <functional>
#include <map>

#include <QClipboard>
#include <QContextMenuEvent>
#include <QDialog>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QTreeWidget>

#include "core/edit/mask_shapes.h"
#include "tests/window/window_fixture.h"
#include "ui/compare/before_after_view.h"
#include "ui/compare/class_comparison.h"
#include "ui/compare/control_plot_widget.h"
#include "ui/compare/controls_panel.h"
#include "ui/compare/effects_panel.h"
#include "ui/compare/logit_change_plot.h"
#include "ui/compare/picture_grid.h"
#include "ui/edit_panel/edit_list_panel.h"
#include "ui/engine/paths.h"
#include "ui/experiment/experiment_page.h"
#include "ui/experiment/experiment_results.h"
#include "ui/experiment/experiment_table_model.h"
#include "ui/panels/classes_panel.h"
#include "ui/panels/pictures_panel.h"
#include "ui/widgets/colour_bar_widget.h"
#include "ui/widgets/head_grid.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/matrix_grid.h"
#include "ui/widgets/matrix_pair.h"
#include "ui/widgets/matrix_view.h"
#include "ui/widgets/row_header.h"
#include "ui/widgets/state_chips.h"
#include "ui/window/central_view.h"
#include "ui/window/context_menus.h"
#include "ui/window/heads_page.h"
#include "ui/window/report_page.h"
#include "ui/window/second_view.h"
#include "ui/window/workspaces.h"

using namespace ocellus;

namespace {

constexpr int patience = 20'000;

/// A widget and a point of it that something lies at.
struct Place {
    QWidget* widget = nullptr;
    QPoint point;
};

Place middleOf(QWidget* widget)
{
    return {widget, widget ? widget->rect().center() : QPoint()};
}

/// In the first column that is seen.
Place rowOf(QAbstractItemView* view, int row)
{
    QModelIndex index = view->model()->index(row, 0);
    for (int column = 1; view->visualRect(index).isEmpty() && column < view->model()->columnCount(); ++column)
        index = view->model()->index(row, column);
    view->scrollTo(index);
    return {view->viewport(), view->visualRect(index).center()};
}

QStringList textsOf(const QMenu& menu)
{
    QStringList texts;
    for (const QAction* action : menu.actions())
        if (!action->isSeparator())
            texts << action->text().remove('&').remove(QStringLiteral("…"));
    return texts;
}

} // namespace

/// What a right click offers, place by place.
class TestContextMenus : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_fixture = std::make_unique<WindowFixture>();
        window().resize(1600, 1000);
        window().show();
        QVERIFY(QTest::qWaitForWindowExposed(&window()));
        QVERIFY(m_fixture->openAll());
        PictureEditor& editor = document().editor();
        editor.addEdit({"Spot", rectangleMask(editor.pictureSize(), {8, 8, 16, 16}), Brightness{0.3}});
        showClass();
    }

    void init()
    {
        window().workspaces().show(WorkspaceId::Look);
        document().setCurrentPicture(0);
        showClass();
    }

    void nothingIsOfferedWhereNothingLies_data()
    {
        QTest::addColumn<QString>("place");
        for (const char* name : {"text", "header of a table", "below the rows", "a view without a picture", "a dialog"})
            QTest::newRow(name) << QString(name);
    }

    void nothingIsOfferedWhereNothingLies()
    {
        QFETCH(const QString, place);
        const std::map<QString, std::function<Place()>> places{
            {"text", [this] { return middleOf(panel<ClassesPanel>()->findChild<QLineEdit*>()); }},
            {"header of a table",
             [this] { return middleOf(panel<ClassesPanel>()->findChild<QTableView*>()->horizontalHeader()); }},
            {"below the rows",
             [this] {
                 QAbstractItemView* list = panel<EffectsPanel>()->classTable();
                 return Place{list->viewport(), list->viewport()->rect().bottomLeft() + QPoint(1, 400)};
             }},
            {"a view without a picture",
             [this] {
                 m_empty = std::make_unique<MapTile>(m_view, std::make_shared<ScaledPicture>(), &window());
                 return middleOf(m_empty.get());
             }},
            {"a dialog", [this] {
                 m_fixture->action(Command::ShowGlossary)->trigger();
                 return middleOf(window().findChild<QDialog*>());
             }}};
        const Place where = places.at(place)();
        QVERIFY(where.widget);
        const std::unique_ptr<QMenu> menu = menus().menuAt(*where.widget, where.point);
        QVERIFY2(!menu || menu->isEmpty(), qPrintable(menu ? textsOf(*menu).join(", ") : QString()));
        m_empty.reset();
        for (auto* dialog : window().findChildren<QDialog*>())
            dialog->close();
    }

    void everyPlaceOffersWhatCanBeDone_data()
    {
        QTest::addColumn<QString>("place");
        QTest::addColumn<QStringList>("offered");
        const auto row = [](const char* place, const QStringList& offered) {
            QTest::newRow(place) << QString(place) << offered;
        };
        const QString picture = "Show in folder", experiment = "Experiment", copy = "Copy this as a picture";
        const QString compare = "Compare this class with", other = "Compare with the shown class";
        row("large picture", {"Fit picture", compare, "Limit", picture, experiment, copy});
        row("chosen head's tile", {"Enlarge the chosen tile", "Erase what this map shows", "Note on head 1", copy});
        row("another head's tile", {"Show head 3", "Erase what head 3 looks at", "Note on head 3", picture});
        row("second window", {"Fit picture", compare, picture});
        row("class in the list", {"Show the maps of 2", other, "Pin or unpin", "Compare the selected classes"});
        row("shown class in the list", {compare, "Pin or unpin"});
        row("picture in the list",
            {"Show this picture", "Compare with the shown picture", "Remove from list", picture});
        row("shown picture in the list", {"Compare with its neighbour", experiment, "Remove from list"});
        row("chip", {"Switch off: 1 edit"});
        row("colour bar", {"Display", "Lock range", "Contour", copy});
        row("class's row of a table", {"Show the maps of 0", other, copy});
        row("tile of another class", {"Show the maps of 0", "Swipe against another", "Blink with another", copy});
        row("swiped pictures", {"Back to the tiles", "Fit picture", picture, copy});
        row("tile of another picture",
            {"Show this picture", "Compare with the shown picture", "Swipe against another"});
        row("picture after an edit", {"Fit picture", compare, picture, copy});
        row("tile after an edit", {"Enlarge the chosen tile", compare, picture, copy});
        row("bars of logits", {copy});
        row("effect on a class", {"Show the maps of 0", other});
        row("effect on a head", {"Show head 2", "Note on head 2"});
        row("edit", {"Delete"});
        row("picture of an experiment", {"Show this picture", "Show in folder"});
        row("plot of controls", {"Export as CSV", "Export figure", copy});
        row("item of the report", {"Show in folder", "Experiment"});
    }

    void everyPlaceOffersWhatCanBeDone()
    {
        QFETCH(const QString, place);
        QFETCH(const QStringList, offered);
        const Place where = placeNamed(place);
        QVERIFY(where.widget);
        const std::unique_ptr<QMenu> menu = menus().menuAt(*where.widget, where.point);
        QVERIFY(menu);
        const QStringList texts = textsOf(*menu);
        for (const QString& wanted : offered)
            QVERIFY2(std::ranges::any_of(texts, [&](const QString& text) { return text.startsWith(wanted); }),
                     qPrintable(wanted + " is not among " + texts.join(", ")));
        // Nothing twice.
        QCOMPARE(QSet<QString>(texts.begin(), texts.end()).size(), texts.size());
        cleanUp();
    }

    void theMenuKeyOpensOneAtTheRow()
    {
        window().workspaces().show(WorkspaceId::Look);
        QAbstractItemView* list = panel<ClassesPanel>()->list();
        list->setCurrentIndex(list->model()->index(2, 0));
        QContextMenuEvent asked(QContextMenuEvent::Keyboard, {1, 1}, list->mapToGlobal(QPoint(1, 1)));
        QApplication::sendEvent(list, &asked);
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu && menu->actions().size() > 3);
        menu->close();
    }

    void whatIsChosenIsDone()
    {
        window().workspaces().show(WorkspaceId::Look);
        document().setCurrentPicture(0);
        QVERIFY(m_fixture->settle());
        choose(rowOf(panel<PicturesPanel>()->list(), 2), "Show this picture");
        QCOMPARE(document().currentPicture(), 2);
        QVERIFY(m_fixture->settle());
        choose(rowOf(panel<PicturesPanel>()->list(), 1), "Compare with the shown picture");
        auto* grid = qobject_cast<PictureGrid*>(window().centre().currentPage());
        QVERIFY(grid);
        QCOMPARE(grid->chosen().size(), 2u);
        choose(middleOf(window().centre().headGrid()->tiles().front()), "Copy this as a picture");
        QVERIFY(!QGuiApplication::clipboard()->pixmap().isNull());
        document().setCurrentPicture(0);
        QVERIFY(m_fixture->settle());
    }

    /// A right click chooses the row: what was shown until then is what one compares with.
    void theClickedRowIsComparedWithWhatWasShown_data()
    {
        QTest::addColumn<bool>("isClass");
        QTest::newRow("class") << true;
        QTest::newRow("picture") << false;
    }

    void theClickedRowIsComparedWithWhatWasShown()
    {
        QFETCH(const bool, isClass);
        window().workspaces().show(WorkspaceId::Look);
        document().setCurrentPicture(0);
        showClass();
        const Place where = isClass ? rowOfClass(3) : rowOf(panel<PicturesPanel>()->list(), 2);
        QTest::mousePress(where.widget, Qt::RightButton, {}, where.point);
        QCOMPARE(isClass ? document().currentClass() : document().currentPicture(), isClass ? 3 : 2);
        choose(where, isClass ? "Compare with 1" : "Compare with picture0.png");
        if (isClass)
            QCOMPARE(panel<ClassComparison>()->classes(), (QList<int>{3, 1}));
        else
            QCOMPARE(panel<PictureGrid>()->chosen(),
                     (std::vector{document().pictures().path(2), document().pictures().path(0)}));
        QTest::mouseRelease(where.widget, Qt::RightButton, {}, where.point);
        document().setCurrentPicture(0);
        showClass();
    }

    void whatAnotherHeadLooksAtIsErased()
    {
        window().workspaces().show(WorkspaceId::Look);
        document().setHead(0);
        QVERIFY(m_fixture->settle());
        PictureEditor& editor = document().editor();
        const std::size_t before = editor.state().edits.size();
        choose(middleOf(window().centre().headGrid()->tiles()[2]), "Erase what head 3 looks at");
        QTRY_COMPARE(editor.state().edits.size(), before + 1);
        QCOMPARE(document().head(), 2);
        editor.undo();
        QVERIFY(m_fixture->settle());
    }

    void aChipIsSwitchedOff()
    {
        StateChips* chips = window().centre().heads()->chips();
        QSignalSpy removed(chips, &StateChips::removed);
        choose(placeNamed("chip"), "Switch off: 1 edit");
        QCOMPARE(removed.size(), 1);
    }

private:
    MainWindow& window() { return m_fixture->window(); }
    Document& document() { return m_fixture->document(); }
    ContextMenus& menus() { return *window().findChild<ContextMenus*>(); }
    template <class Panel>
    Panel* panel()
    {
        return window().findChild<Panel*>();
    }

    template <class Page>
    Page* shown(Page* page)
    {
        window().workspaces().showPage(page);
        if (auto* table = qobject_cast<ComparePage*>(page))
            (void)QTest::qWaitFor(
                [table] {
                    const auto matrix = table->matrix();
                    const Explanation* first = matrix ? matrix->firstExplanation(false) : nullptr;
                    return first && !first->stale;
                },
                patience);
        return page;
    }

    /// Makes it seen first.
    Place placeNamed(const QString& name)
    {
        document().setHead(0);
        (void)QTest::qWaitFor([this] { return window().centre().imageView()->head() == 0; }, patience);
        const auto tile = [this](int head) {
            window().workspaces().show(WorkspaceId::Look);
            return middleOf(window().centre().headGrid()->tiles()[static_cast<std::size_t>(head)]);
        };
        const auto classes = [this] {
            auto* page = shown(panel<ClassComparison>());
            page->setClasses({1, 0});
            (void)QTest::qWaitFor(
                [page] {
                    const MapTile* other = page->view()->grid()->tile({1, 0});
                    return other && other->explanation().classIndex == 0;
                },
                patience);
            return page->view();
        };
        const auto pictures = [this] {
            auto* page = shown(panel<PictureGrid>());
            (void)QTest::qWaitFor([page] { return page->view()->grid()->tile({0, 1}) != nullptr; }, patience);
            return page->view();
        };
        const std::map<QString, std::function<Place()>> places{
            {"large picture", [&] { return (tile(0), middleOf(window().centre().imageView())); }},
            {"chosen head's tile", [&] { return tile(0); }},
            {"another head's tile", [&] { return tile(2); }},
            {"second window",
             [&] {
                 m_fixture->action(Command::SecondView)->trigger();
                 return middleOf(panel<SecondView>()->imageView());
             }},
            {"class in the list", [&] { return (tile(0), rowOfClass(2)); }},
            {"shown class in the list", [&] { return (tile(0), rowOfClass(1)); }},
            {"picture in the list", [&] { return (tile(0), rowOf(panel<PicturesPanel>()->list(), 2)); }},
            {"shown picture in the list",
             [&] { return (tile(0), rowOf(panel<PicturesPanel>()->list(), document().currentPicture())); }},
            {"chip",
             [&] {
                 tile(0);
                 StateChips* chips = window().centre().heads()->chips();
                 (void)QTest::qWaitFor([chips] { return !chips->chips().isEmpty(); }, patience);
                 return Place{chips, QPoint(8, chips->height() / 2)};
             }},
            {"colour bar", [&] { return (tile(0), middleOf(window().centre().heads()->colourBar())); }},
            {"class's row of a table", [&] { return middleOf(classes()->grid()->rowHeader(1)); }},
            {"tile of another class",
             [&] {
                 return middleOf(classes()->grid()->tile({1, 0}));
             }},
            {"swiped pictures",
             [&] {
                 MatrixView* view = classes();
                 view->showPair(PicturePair::Arrangement::Swipe);
                 return middleOf(view->pair()->pictures());
             }},
            {"tile of another picture",
             [&] {
                 return middleOf(pictures()->grid()->tile({0, 1}));
             }},
            {"picture after an edit", [&] { return middleOf(shown(panel<BeforeAfterView>())->pictures()); }},
            {"tile after an edit",
             [&] {
                 return middleOf(shown(panel<BeforeAfterView>())->view()->grid()->tile({1, 0}));
             }},
            {"bars of logits", [&] { return middleOf(shown(panel<BeforeAfterView>())->logits()); }},
            {"effect on a class",
             [&] {
                 window().workspaces().show(WorkspaceId::Edit);
                 QAbstractItemView* table = panel<EffectsPanel>()->classTable();
                 (void)QTest::qWaitFor([table] { return table->model()->rowCount() > 0; }, patience);
                 for (int row = 0; row < table->model()->rowCount(); ++row)
                     if (subjectOf(table->model()->index(row, 0)).classIndex == 0)
                         return rowOf(table, row);
                 return Place();
             }},
            {"effect on a head", [&] { return rowOf(panel<EffectsPanel>()->headTable(), 1); }},
            {"edit", [&] { return rowOf(panel<EditListPanel>()->findChild<QListView*>(), 0); }},
            {"picture of an experiment",
             [&] {
                 auto* results = panel<ExperimentResults>();
                 ExperimentFinding finding;
                 finding.path = document().pictures().path(2);
                 finding.row.skipped = "no mask";
                 results->add(finding);
                 shown(panel<ExperimentPage>());
                 return rowOf(results->findChild<QTableView*>(), 0);
             }},
            {"plot of controls",
             [&] {
                 ControlResult result;
                 result.controls.resize(3);
                 panel<ControlsPanel>()->setResult(result);
                 return middleOf(shown(panel<ControlsPanel>())->findChild<ControlPlotWidget*>());
             }},
            {"item of the report", [&] { return rowOf(shown(panel<ReportPage>())->findChild<QTreeWidget*>(), 0); }}};
        return places.at(name)();
    }

    Place rowOfClass(int classIndex)
    {
        QAbstractItemView* list = panel<ClassesPanel>()->list();
        for (int row = 0; row < list->model()->rowCount(); ++row)
            if (subjectOf(list->model()->index(row, 0)).classIndex == classIndex)
                return rowOf(list, row);
        return {};
    }

    void choose(const Place& where, const QString& text)
    {
        const std::unique_ptr<QMenu> menu = menus().menuAt(*where.widget, where.point);
        QVERIFY(menu);
        for (QAction* action : menu->actions())
            if (action->text().remove('&').startsWith(text)) {
                action->trigger();
                return;
            }
        QFAIL(qPrintable(text + " is not offered"));
    }

    void cleanUp()
    {
        if (m_fixture->action(Command::SecondView)->isChecked())
            m_fixture->action(Command::SecondView)->trigger();
        panel<ClassComparison>()->view()->showTiles();
        showClass();
    }

    /// Once the answer is there: it brings the class that is predicted.
    void showClass()
    {
        QVERIFY(m_fixture->settle());
        document().setCurrentClass(1);
        QVERIFY(m_fixture->settle());
        QTRY_COMPARE(window().centre().imageView()->explanation().classIndex, 1);
    }

    std::unique_ptr<WindowFixture> m_fixture;
    LinkedView m_view;
    std::unique_ptr<MapTile> m_empty;
};

QTEST_MAIN(TestContextMenus)
#include "test_context_menus.moc"

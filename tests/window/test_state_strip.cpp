// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDockWidget>
#include <QSignalSpy>
#include <QTest>

#include "core/edit/mask_shapes.h"
#include "tests/support/formula_checkpoint.h"
#include "tests/window/window_fixture.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/similarity_view.h"
#include "ui/engine/paths.h"
#include "ui/figures/figure_text.h"
#include "ui/panels/classes_panel.h"
#include "ui/panels/display_popover.h"
#include "ui/panels/pictures_panel.h"
#include "ui/widgets/colour_bar_widget.h"
#include "ui/widgets/state_chips.h"
#include "ui/window/central_view.h"
#include "ui/window/heads_page.h"

using namespace ocellus;

using Kind = LimitChoice::Kind;

/// The chips above the picture, in the whole window: they say what the result's key says, and each switches off its
/// state and no other.
class TestStateStrip : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_fixture = std::make_unique<WindowFixture>(); }

    void init()
    {
        m_fixture->restart();
        QVERIFY(m_fixture->openAll());
        QVERIFY(m_fixture->finishPredictions());
    }

    void saysNothingAtFirst()
    {
        QCOMPARE(texts(), QStringList());
        document().restore({});
        QCOMPARE(texts(), QStringList());
    }

    /// What is wanted is not yet what is shown: the chip comes with the maps, and goes with them.
    void limitsComeAndGoWithTheirMaps()
    {
        document().setLimit({Kind::Zero, {4, 0, 2}});
        QCOMPARE(texts(), QStringList());
        QVERIFY(m_fixture->settle());
        QCOMPARE(texts(), QStringList{"limited to 3 of 5 (zero)"});
        QVERIFY(!chips().front().isLeaving);
        strip().removed("limit");
        QCOMPARE(document().limit(), (LimitChoice{Kind::All, {4, 0, 2}}));
        QCOMPARE(texts(), QStringList{"limited to 3 of 5 (zero)"});
        QVERIFY(chips().front().isLeaving);
        QVERIFY(m_fixture->settle());
        QCOMPARE(texts(), QStringList());
    }

    void aCancelledRemovalStays()
    {
        document().setLimit({Kind::Drop, {0, 2}});
        QVERIFY(m_fixture->settle());
        strip().removed("limit");
        answer().cancel();
        QVERIFY(m_fixture->settle());
        QCOMPARE(texts(), QStringList{"limited to 2 of 5 (drop)"});
        QVERIFY(!chips().front().isLeaving);
    }

    void aFilterChangesNoNumber()
    {
        document().setLimit({Kind::Filter, {0, 2}});
        QCOMPARE(texts(), QStringList{"filter: 2 of 5 shown"});
        strip().removed("limit");
        QCOMPARE(texts(), QStringList());
    }

    void excludedClassesAreSaid()
    {
        document().setCurrentClass(1);
        document().setLimit({Kind::Zero, {0, 2}});
        QVERIFY(m_fixture->settle());
        QVERIFY(texts().contains("excluded class"));
        QVERIFY(!chip("class").isRemovable);
        document().setCurrentClass(0);
        QVERIFY(!texts().contains("excluded class"));
    }

    void editsAreSwitchedOffInOneStep()
    {
        edit(4);
        edit(30);
        QCOMPARE(texts(), QStringList());
        QVERIFY(m_fixture->settle());
        QCOMPARE(texts(), QStringList{"2 edit(s)"});
        strip().removed("edits");
        QCOMPARE(document().editor().state().edits.size(), 2);
        QVERIFY(std::ranges::none_of(document().editor().state().edits, &Edit::enabled));
        QVERIFY(chip("edits").isLeaving);
        QVERIFY(m_fixture->settle());
        QCOMPARE(texts(), QStringList());
        document().editor().undo();
        QVERIFY(m_fixture->settle());
        QCOMPARE(texts(), QStringList{"2 edit(s)"});
        QCOMPARE(m_fixture->contradiction(), QString());
    }

    void headsAreGivenBackOneByOne()
    {
        AttentionIntervention intervention;
        intervention.classIndex = document().currentClass();
        intervention.heads = {0, 2};
        document().setIntervention(intervention);
        QVERIFY(m_fixture->settle());
        QCOMPARE(texts(), QStringList({"head 1 suppressed", "head 3 suppressed"}));
        strip().removed("head 0");
        QVERIFY(chip("head 0").isLeaving);
        QVERIFY(!chip("head 2").isLeaving);
        QVERIFY(m_fixture->settle());
        QCOMPARE(texts(), QStringList{"head 3 suppressed"});
        strip().removed("head 2");
        QVERIFY(m_fixture->settle());
        QCOMPARE(texts(), QStringList());
        QVERIFY(document().intervention().empty());
    }

    void drawingIsSwitchedOffAtOnce()
    {
        DisplayChoice display = document().display();
        display.style.perMapStretch = true;
        display.style.threshold = 2.0F;
        display.style.placement = Placement::AsPublished;
        display.layer = 0;
        document().setDisplay(display);
        QCOMPARE(texts(),
                 QStringList({"stretched per map", "hidden below 2\u00d7", "placed as published", "layer 1 of 2"}));
        for (const char* id : {"stretched", "threshold", "placement", "layer"})
            strip().removed(id);
        QCOMPARE(texts(), QStringList());
        QCOMPARE(document().display().layer, WindowFixture::Layers - 1);
    }

    void decodingIsSaidByTheKey()
    {
        m_fixture->settings().setValue(Setting::IgnoreExif, true);
        QVERIFY(m_fixture->settle());
        QCOMPARE(texts(), QStringList{"EXIF orientation ignored"});
        strip().removed("exif");
        QVERIFY(m_fixture->settle());
        QCOMPARE(texts(), QStringList());
    }

    void anotherInputThanTheModelsOwnIsSaid()
    {
        const auto path = toPath(m_fixture->path("own-size.safetensors"));
        writeFormulaCheckpoint(path, smallConfig(WindowFixture::Classes), {{"image_size", "64:128"}});
        document().openCheckpoint(path);
        QVERIFY(m_fixture->settle());
        QCOMPARE(texts(), QStringList());
        m_fixture->settings().setValue(Setting::ModelsOwnSize, false);
        QVERIFY(m_fixture->settle());
        QCOMPARE(texts(), QStringList()); // the same by chance
        m_fixture->settings().setValue(Setting::FixedSide, 96);
        QVERIFY(m_fixture->settle());
        QCOMPARE(texts(), QStringList{"input: a square of 96 px"});
        const QStringList told = FigureText::banners(answer().explanation());
        QVERIFY2(told.join(' ').contains("input fixed:96, the model's own is 64:128"), qPrintable(told.join(' ')));
        strip().removed("input");
        QVERIFY(chip("input").isLeaving);
        QVERIFY(m_fixture->settle());
        QCOMPARE(texts(), QStringList());
    }

    /// What maps depend on stands above those that are compared too, and nowhere twice.
    void pagesThatCompareSayTheSame()
    {
        CentralView& centre = m_fixture->window().centre();
        m_fixture->window().show();
        edit(4);
        QVERIFY(m_fixture->settle());
        QVERIFY(!centre.chips()->isVisible());
        for (QAction* page : centre.pageActions()) {
            page->trigger();
            QCOMPARE(centre.chips()->isVisible(), qobject_cast<ComparePage*>(centre.currentPage()) ||
                                                      qobject_cast<SimilarityView*>(centre.currentPage()));
            QCOMPARE(centre.chips()->chips(), chips());
        }
        centre.chips()->removed("edits");
        QVERIFY(m_fixture->settle());
        QCOMPARE(texts(), QStringList());
        QCOMPARE(centre.chips()->chips(), QList<StateChip>());
    }

    void unknownAndFixedChipsDoNothing()
    {
        document().setLimit({Kind::Zero, {0, 2}});
        QVERIFY(m_fixture->settle());
        for (const char* id : {"", "class", "head 99", "nothing"})
            strip().removed(id);
        QCOMPARE(document().limit().kind, Kind::Zero);
    }

    /// The list says what the edited picture is taken for, for these very edits.
    void editedPicturesHaveTheirOwnAnswer()
    {
        const auto data = [this](int role) {
            return document().pictures().index(document().currentPicture()).data(role);
        };
        const QString before = data(PictureListModel::PredictionRole).toString();
        edit(4);
        QVERIFY(data(PictureListModel::EditedRole).toBool());
        QVERIFY(data(PictureListModel::EditedPredictionRole).toString().isEmpty());
        QVERIFY(m_fixture->settle());
        QVERIFY(!data(PictureListModel::EditedPredictionRole).toString().isEmpty());
        QCOMPARE(data(PictureListModel::PredictionRole).toString(), before);
        edit(30); // other edits: the answer is of none
        QVERIFY(data(PictureListModel::EditedPredictionRole).toString().isEmpty());
        document().editor().undo();
        QVERIFY(!data(PictureListModel::EditedPredictionRole).toString().isEmpty());
        // Another picture, and back.
        const int row = document().currentPicture();
        document().setCurrentPicture(row == 0 ? 1 : 0);
        QVERIFY(!data(PictureListModel::EditedRole).toBool());
        QVERIFY(document().pictures().index(row).data(PictureListModel::EditedRole).toBool());
        document().setCurrentPicture(row);
        document().editor().undo();
        QVERIFY(!data(PictureListModel::EditedRole).toBool());
    }

    void listingIsRemembered()
    {
        auto* panel = m_fixture->window().findChild<PicturesPanel*>();
        QVERIFY(!panel->listing().isStrip);
        for (const int action : {0, 5, 6}) // as a filmstrip, by confidence, grouped
            panel->listingActions().at(action)->trigger();
        m_fixture->makeWindow();
        panel = m_fixture->window().findChild<PicturesPanel*>();
        QCOMPARE(panel->listing(), (PictureListing{true, PictureOrder::Confidence, true}));
        m_fixture->settings().setValue(Setting::PictureOrder, "by magic");
        m_fixture->makeWindow();
        QCOMPARE(m_fixture->window().findChild<PicturesPanel*>()->listing().order, PictureOrder::Opened);
    }

    /// A list beside takes no more width than what is there.
    void aListMovesBesideAndAFilmstripBelow()
    {
        MainWindow& window = m_fixture->window();
        window.resize(1400, 800);
        window.show();
        auto* panel = window.findChild<PicturesPanel*>();
        auto* dock = qobject_cast<QDockWidget*>(panel->parentWidget());
        const auto* classes = window.findChild<ClassesPanel*>();
        QCOMPARE(window.dockWidgetArea(dock), Qt::LeftDockWidgetArea);
        panel->listingActions().first()->trigger();
        QTRY_COMPARE(window.dockWidgetArea(dock), Qt::BottomDockWidgetArea);
        const int width = classes->width();
        panel->listingActions().first()->trigger();
        QTRY_COMPARE(window.dockWidgetArea(dock), Qt::LeftDockWidgetArea);
        QTRY_VERIFY2(std::abs(classes->width() - width) < 10, qPrintable(QString::number(classes->width())));
        QTRY_VERIFY(std::abs(panel->height() - classes->height()) < window.height() / 4);
        panel->listingActions().first()->trigger();
        QTRY_COMPARE(window.dockWidgetArea(dock), Qt::BottomDockWidgetArea);
        QTRY_VERIFY(panel->height() < 200);
    }

    void theDisplayPopsUpAtTheBar()
    {
        auto* popover = m_fixture->window().findChild<DisplayPopover*>();
        QVERIFY(popover && !popover->isVisible());
        m_fixture->action(Command::ShowDisplay)->trigger();
        QVERIFY(popover->isVisible());
        popover->hide();
        emit m_fixture->window().centre().heads()->colourBar()->displayRequested();
        QVERIFY(popover->isVisible());
    }

private:
    StateChips& strip() { return *m_fixture->window().centre().heads()->chips(); }
    const QList<StateChip>& chips() { return strip().chips(); }
    Document& document() { return m_fixture->document(); }
    LiveAnswer& answer() { return m_fixture->answer(); }

    QStringList texts()
    {
        QStringList texts;
        for (const StateChip& chip : chips())
            texts << chip.text;
        return texts;
    }

    StateChip chip(const QString& id)
    {
        const auto found = std::ranges::find(chips(), id, &StateChip::id);
        return found == chips().end() ? StateChip() : *found;
    }

    void edit(int left)
    {
        PictureEditor& editor = document().editor();
        editor.addEdit(
            {"Fill", rectangleMask(editor.pictureSize(), {double(left), 4, 20, 20}), MeanFill{MeanFill::Of::Picture}});
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestStateStrip)
#include "test_state_strip.moc"

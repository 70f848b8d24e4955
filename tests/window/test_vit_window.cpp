// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "core/engine/model_companions.h"
#include "core/io/safetensors_writer.h"
#include "core/model/formula_source.h"
#include "core/model/prompt_cam/prompt_cam_family.h"
#include "core/model/state_dict.h"
#include "core/model/vit/vit_tensors.h"
#include "core/session/session_writer.h"
#include "tests/support/npz_reader.h"
#include "tests/support/small_vit.h"
#include "tests/window/session_steps.h"
#include "ui/compare/similarity_view.h"
#include "ui/figures/figure_text.h"
#include "ui/panels/classes_panel.h"
#include "ui/panels/display_panel.h"
#include "ui/panels/intervention_panel.h"
#include "ui/panels/model_settings_form.h"
#include "ui/panels/pictures_panel.h"
#include "ui/session/missing_files_dialog.h"
#include "ui/widgets/head_grid.h"
#include "ui/widgets/map_tile.h"
#include "ui/widgets/similarity_pane.h"
#include "ui/window/central_view.h"
#include "ui/window/context_menus.h"

using namespace ocellus;

namespace {

constexpr int Patience = 60'000;

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

ModelConfig intrOnVit()
{
    ModelConfig config;
    config.hiddenDim = 16;
    config.heads = 2;
    config.encoderLayers = 0;
    config.decoderLayers = 2;
    config.feedForward = 32;
    config.queries = 3;
    config.vit = smallVit();
    return config;
}

ModelConfig promptCam(int layers)
{
    ModelConfig config;
    config.head = HeadKind::Prompts;
    config.queries = 5;
    config.promptLayers = layers;
    config.vit = smallVit();
    return config;
}

} // namespace

/// The window with Vision Transformers: what a model has is there, what it lacks is absent or explained.
class TestVitWindow : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_fixture = std::make_unique<WindowFixture>();
        VitConfig classified = smallVit();
        classified.classes = 5;
        const std::map<std::string, std::string> heads{{"num_heads", "4"}};
        write("bare", vitTensors(smallVit()), heads);
        write("classified", vitTensors(classified), heads);
        write("prompts", promptCamTensors(promptCam(2)), heads);
        write("shallow", promptCamTensors(promptCam(1)), heads);
        write("intr", expectedTensors(intrOnVit()), {{"num_heads", "4"}, {"nheads", "2"}});
        write("assumed", vitTensors(smallVit()), {});
    }

    void init() { m_fixture->restart(); }

    void everyPageShowsSomething_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("heads");
        QTest::newRow("bare") << "bare" << 1 << 4;
        QTest::newRow("with a head") << "classified" << 5 << 4;
        QTest::newRow("Prompt-CAM") << "prompts" << 5 << 4;
        QTest::newRow("Prompt-CAM, shallow") << "shallow" << 5 << 4;
        QTest::newRow("INTR") << "intr" << 3 << 2;
    }

    void everyPageShowsSomething()
    {
        QFETCH(const QString, model);
        QFETCH(const int, rows);
        QFETCH(const int, heads);
        QSignalSpy failed(&answer(), &LiveAnswer::failed);
        QVERIFY(open(model));
        QVERIFY(m_fixture->finishPredictions());
        QCOMPARE(m_fixture->contradiction(), QString());
        QCOMPARE(document().classCount(), rows);
        QCOMPARE(document().headCount(), heads);
        QCOMPARE(document().layerCount(), 2);
        QTRY_COMPARE_WITH_TIMEOUT(static_cast<int>(centre().headGrid()->tiles().size()), heads + 1, Patience);
        addEdit();
        QTRY_VERIFY_WITH_TIMEOUT(!answer().isStale() && answer().result().isEdited(), Patience);
        for (QAction* page : centre().pageActions()) {
            page->trigger();
            QVERIFY(m_fixture->settle());
            QVERIFY(!m_fixture->window().grab().isNull());
        }
        QVERIFY2(failed.isEmpty(), qPrintable(failed.isEmpty() ? QString() : m_fixture->message()));
        QCOMPARE(m_fixture->message(), QString());
        QCOMPARE(m_fixture->contradiction(), QString());
    }

    void theListSaysWhatCanBeLimited_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QList<int>>("kinds");
        QTest::addColumn<QString>("said");
        using Kind = LimitChoice::Kind;
        const auto kinds = [](std::initializer_list<Kind> list) {
            QList<int> numbers;
            for (const Kind kind : list)
                numbers << static_cast<int>(kind);
            return numbers;
        };
        QTest::newRow("bare") << "bare" << kinds({Kind::All, Kind::Filter}) << "This model has no classes";
        QTest::newRow("with a head") << "classified" << kinds({Kind::All, Kind::Filter}) << "cannot be limited";
        QTest::newRow("shallow prompts") << "shallow" << kinds({Kind::All, Kind::Filter}) << "cannot be limited";
        QTest::newRow("deep prompts") << "prompts" << kinds({Kind::All, Kind::Drop, Kind::Filter}) << "Every class";
        QTest::newRow("INTR") << "intr" << kinds({Kind::All, Kind::Zero, Kind::Drop, Kind::Filter}) << "Every class";
    }

    void theListSaysWhatCanBeLimited()
    {
        QFETCH(const QString, model);
        QFETCH(const QList<int>, kinds);
        QFETCH(const QString, said);
        QVERIFY(open(model));
        const auto* panel = m_fixture->window().findChild<ClassesPanel*>();
        const auto* mode = panel->findChild<QComboBox*>();
        QList<int> offered;
        for (int i = 0; i < mode->count(); ++i)
            offered << mode->itemData(i).toInt();
        QCOMPARE(offered, kinds);
        const QList<QLabel*> labels = panel->findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(labels, [&](const QLabel* label) { return label->text().contains(said); }));
        const bool hasClasses = document().model()->offer.hasLogits;
        QCOMPARE(m_fixture->action(Command::ExportLogitsCsv)->isVisible(), hasClasses);
        QCOMPARE(m_fixture->action(Command::LoadClassTable)->isVisible(), hasClasses);
        QCOMPARE(showsButton("Only misclassified"), hasClasses);
        QCOMPARE(showsButton("Next misclassified"), hasClasses);
        const auto isFilled = [this] { // an empty tile is of class 0
            const Explanation& shown = centre().headGrid()->tiles().front()->explanation();
            return !shown.isEmpty() && shown.classIndex == document().currentClass();
        };
        QTRY_VERIFY_WITH_TIMEOUT(isFilled(), Patience);
        MapTile* tile = centre().headGrid()->tiles().front();
        const auto menu = m_fixture->window().findChild<ContextMenus*>()->menuAt(*tile, tile->rect().center());
        QStringList entries;
        for (const QAction* entry : menu->actions())
            entries << entry->text().remove('&');
        QVERIFY2(entries.contains("Compare this class with") == hasClasses, qPrintable(entries.join(", ")));
    }

    void whatAModelLacksIsSaid()
    {
        QVERIFY(open("bare"));
        const auto* byHand = m_fixture->window().findChild<InterventionPanel*>();
        const auto isSaid = [byHand](const char* words) {
            const QList<QLabel*> labels = byHand->findChildren<QLabel*>();
            return std::ranges::any_of(labels, [&](const QLabel* label) { return label->text().contains(words); });
        };
        QVERIFY(isSaid("Nothing can be taken away by hand"));
        QVERIFY(open("intr"));
        QVERIFY(!isSaid("Nothing can be taken away by hand"));
    }

    void blocksAndTokensHaveTheirNames()
    {
        QVERIFY(open("bare"));
        const Explanation shown = answer().explanation();
        QCOMPARE(shown.className, QStringLiteral("[CLS]"));
        QCOMPARE(FigureText::layer(shown), QStringLiteral("block 2 of 2"));
        QVERIFY(tileMaps(shown).front().shares);
        QVERIFY(FigureText::held(tileMaps(shown).front()).startsWith(QStringLiteral("holds ")));
        QVERIFY(open("intr"));
        QCOMPARE(FigureText::layer(answer().explanation()), QStringLiteral("layer 2 of 2"));
        QVERIFY(!tileMaps(answer().explanation()).front().shares);
        QVERIFY(open("classified"));
        QVERIFY(FigureText::banners(answer().explanation()).contains("attention of [CLS]: the same for every class"));
    }

    void theCropIsShown()
    {
        QVERIFY(open("bare")); // resized to 73 and cut to 64 of a picture of 96 x 64
        const CellGeometry geometry = answer().explanation().geometry;
        QVERIFY(!geometry.seesAll());
        QVERIFY(geometry.sees({48, 32}) && !geometry.sees({4, 32}) && !geometry.sees({48, 1}));
        QVERIFY(FigureText::banners(answer().explanation()).contains("the model sees the framed part only"));
        MapTile* tile = centre().headGrid()->tiles().front();
        QSignalSpy hovered(&m_fixture->window().view(), &LinkedView::cellHovered);
        QTest::mouseMove(tile, tile->pictureTransform().toDevice(Point{4, 32}).toPoint());
        QCOMPARE(hovered.count(), 0);
        QTest::mouseMove(tile, tile->pictureTransform().toDevice(Point{48, 32}).toPoint());
        QTRY_VERIFY_WITH_TIMEOUT(hovered.count() > 0, Patience);
        QVERIFY(open("prompts")); // squashed
        QVERIFY(answer().explanation().geometry.seesAll());
    }

    void headsAreRankedByBlurring()
    {
        QVERIFY(open("prompts"));
        QTRY_COMPARE_WITH_TIMEOUT(answer().explanation().blurRanks.size(), std::size_t{4}, Patience);
        std::vector<int> ranks = answer().explanation().blurRanks;
        DisplayChoice display = document().display();
        display.sortByBlurring = true;
        document().setDisplay(display);
        const std::vector<TileMap> tiles = tileMaps(answer().explanation());
        for (int place = 0; place < 4; ++place)
            QCOMPARE(tiles[static_cast<std::size_t>(place)].blurRank, place + 1);
        std::ranges::sort(ranks);
        QVERIFY((ranks == std::vector<int>{1, 2, 3, 4}));
        // Another class has another ranking, and a limit too.
        document().setCurrentClass((document().currentClass() + 1) % 5);
        QTRY_COMPARE_WITH_TIMEOUT(answer().explanation().blurRanks.size(), std::size_t{4}, Patience);
        document().setLimit({LimitChoice::Kind::Drop, {document().currentClass(), 0, 1}});
        QVERIFY(m_fixture->settle());
        QTRY_COMPARE_WITH_TIMEOUT(answer().explanation().blurRanks.size(), std::size_t{4}, Patience);
        QVERIFY(open("bare"));
        QVERIFY(answer().explanation().blurRanks.empty());
    }

    void whatIsAssumedCanBeSaid()
    {
        QVERIFY(open("assumed"));
        QCOMPARE(document().headCount(), 1); // 64 channels a head
        QVERIFY(answer().explanation().notices.join(' ').contains("num_heads 1"));
        auto* form = m_fixture->window().findChild<ModelSettingsForm*>();
        auto* heads = form->findChild<QComboBox*>();
        QCOMPARE(heads->currentData().toInt(), 1);
        heads->setCurrentIndex(heads->findData(4));
        emit form->applied(form->settings());
        QVERIFY(document().isModelOnItsWay());
        QTRY_VERIFY_WITH_TIMEOUT(!document().isModelOnItsWay() && !answer().isStale(), Patience);
        QCOMPARE(document().headCount(), 4);
        QCOMPARE(m_fixture->contradiction(), QString());
        QVERIFY(answer().explanation().notices.join(' ').contains("set by hand: num_heads 4"));
        // A session holds it.
        QVERIFY(steps().save());
        QVERIFY(readSession(steps().file()).model->given.heads == 4);
        m_fixture->makeWindow();
        QVERIFY(steps().open());
        QTRY_VERIFY_WITH_TIMEOUT(answer().result().decoding && !answer().isStale(), Patience);
        QCOMPARE(document().headCount(), 4);
        QVERIFY(!steps().work().isUnsaved());
        // Another checkpoint begins without.
        QVERIFY(open("bare"));
        QVERIFY(document().given().empty());
    }

    void settingsThatNoModelHasAreTakenBack()
    {
        QVERIFY(open("assumed"));
        ModelSettings impossible;
        impossible.heads = 5;
        QSignalSpy failed(&answer(), &LiveAnswer::failed);
        document().setGiven(impossible);
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, Patience);
        QVERIFY(m_fixture->settle());
        QVERIFY(document().given().empty());
        QVERIFY(!answer().isStale());
        document().setCurrentPicture(1);
        QTRY_VERIFY_WITH_TIMEOUT(!answer().isStale() && answer().result().decoding, Patience);
        QCOMPARE(m_fixture->contradiction(), QString());
    }

    void whatIsSaidIsKeptBesideTheCheckpoint()
    {
        QVERIFY(open("assumed"));
        auto* form = m_fixture->window().findChild<ModelSettingsForm*>();
        auto* heads = form->findChild<QComboBox*>();
        heads->setCurrentIndex(heads->findData(2));
        const QString beside = toQString(sidecarOf(toPath(m_fixture->path("assumed.safetensors"))));
        emit form->keepRequested(form->settings());
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(beside), Patience);
        QTRY_COMPARE_WITH_TIMEOUT(document().headCount(), 2, Patience);
        m_fixture->makeWindow();
        QVERIFY(open("assumed"));
        QCOMPARE(document().headCount(), 2);
        QVERIFY(document().given().empty());
        QVERIFY(QFile::remove(beside));
    }

    void similarPatches()
    {
        QVERIFY(open("bare"));
        auto* view = m_fixture->window().findChild<SimilarityView*>();
        showSimilarPatches();
        QTRY_VERIFY_WITH_TIMEOUT(view->isVisible() && view->text().contains("What looks like"), Patience);
        QSignalSpy pointed(view->pane(), &SimilarityPane::pointed);
        const QPoint first = view->pane()->cellRect({0, 0}).center().toPoint();
        QTest::mouseClick(view->pane(), Qt::LeftButton, {}, first);
        QTest::mouseMove(view->pane(), first);
        QTRY_VERIFY_WITH_TIMEOUT(view->text().contains("Here: 1.00"), Patience);
        QTest::keyClick(view->pane(), Qt::Key_Right);
        QTest::mouseMove(view->pane(), view->pane()->cellRect({0, 1}).center().toPoint());
        QTRY_VERIFY_WITH_TIMEOUT(view->text().contains("Here: 1.00"), Patience);
        document().setCurrentPicture(2);
        QTRY_VERIFY_WITH_TIMEOUT(!answer().isStale() && answer().result().decoding, Patience);
        QVERIFY(open("intr"));
        QTRY_VERIFY_WITH_TIMEOUT(view->text().contains("What looks like"), Patience);
    }

    void similarPatchesAreExported_data()
    {
        QTest::addColumn<bool>("edited");
        QTest::newRow("as it is") << false;
        QTest::newRow("edited") << true;
    }

    void similarPatchesAreExported()
    {
        QFETCH(const bool, edited);
        QVERIFY(open("bare"));
        if (edited)
            addEdit();
        QTRY_VERIFY_WITH_TIMEOUT(!answer().isStale() && answer().result().isEdited() == edited, Patience);
        auto* view = m_fixture->window().findChild<SimilarityView*>();
        showSimilarPatches();
        QTRY_VERIFY_WITH_TIMEOUT(view->patches(), Patience);
        view->mark({1, 2});
        const std::vector<float> cosines = view->patches()->cosines();
        const QString hash = answer().explanation().modelHash;

        const QString table = exported(Command::ExportMapsCsv, "similar.csv");
        QVERIFY(m_fixture->proposed.last().contains("-patch1-2"));
        const QByteArray csv = contentOf(table);
        QVERIFY2(csv.startsWith("row,column,x,y,patch_similarity,picture,"), csv.left(200));
        QCOMPARE(csv.count('\n'), static_cast<int>(cosines.size()) + 1);
        QVERIFY(csv.contains(hash.toUtf8()) && csv.contains("row=1 column=2") && csv.contains("cosine"));
        QCOMPARE(csv.contains("Fill"), edited);

        const auto arrays = readNpz(toPath(exported(Command::ExportArrays, "similar.npz")));
        const NpyArray& map = arrays.at("patch_similarity");
        QVERIFY(map.shape == (std::vector<std::int64_t>{1, 4, 4}));
        QVERIFY(map.values == std::vector<double>(cosines.begin(), cosines.end()));
        QCOMPARE(map.values[6], 1.0);
        QByteArray provenance;
        for (const double byte : arrays.at("sources").values)
            provenance += static_cast<char>(byte);
        QVERIFY2(provenance.contains("\"patch\":[1,2]") && provenance.contains(hash.toUtf8()), provenance);
        QCOMPARE(arrays.contains("edits"), edited);

        for (const char* ending : {"png", "svg", "pdf"})
            QVERIFY(QFileInfo(exported(Command::ExportFigure, QString("similar.") + ending)).size() > 1000);
        const QByteArray svg = contentOf(m_fixture->path("similar.svg"));
        QVERIFY(svg.contains("Similar patches") && svg.contains("row=1 column=2") && svg.contains(hash.toUtf8()));
        QCOMPARE(svg.contains("edited"), edited);

        // Another page is shown: its own maps again.
        centre().pageActions().first()->trigger();
        QVERIFY(!readNpz(toPath(exported(Command::ExportArrays, "heads.npz"))).contains("patch_similarity"));
    }

    void oneModelOvertakesAnother()
    {
        QVERIFY(open("intr"));
        document().setLimit({LimitChoice::Kind::Zero, {0, 1}});
        m_fixture->window().open({toPath(m_fixture->path("bare.safetensors"))});
        m_fixture->window().open({toPath(m_fixture->path("prompts.safetensors"))});
        m_fixture->window().open({toPath(m_fixture->path("classified.safetensors"))});
        QTRY_VERIFY_WITH_TIMEOUT(!document().isModelOnItsWay() && !answer().isStale() && !answer().isBusy(), Patience);
        QCOMPARE(document().model()->offer.family, std::string("vit"));
        QCOMPARE(document().limit(), LimitChoice());
        QCOMPARE(m_fixture->contradiction(), QString());
        // Cancelled: the model that is open stays.
        m_fixture->window().open({toPath(m_fixture->path("intr.safetensors"))});
        answer().cancel();
        QVERIFY(m_fixture->settle());
        QCOMPARE(document().checkpoint(), document().model()->path);
        QCOMPARE(m_fixture->contradiction(), QString());
    }

    void aLimitThatTheModelHasNotIsLeft()
    {
        QVERIFY(open("intr"));
        document().setLimit({LimitChoice::Kind::Zero, {0, 1}});
        QVERIFY(m_fixture->settle());
        QVERIFY(steps().save());
        // The same work with a model that has no zero queries in the place of its own.
        Session session = readSession(steps().file());
        session.model->path = toPath(m_fixture->path("prompts.safetensors"));
        session.model->sha256 = sha256OfFile(session.model->path, {});
        session.model->bytes = std::filesystem::file_size(session.model->path);
        session.results.clear();
        writeSession(steps().file(), session);
        m_fixture->makeWindow();
        QSignalSpy failed(&answer(), &LiveAnswer::failed);
        QVERIFY(steps().open());
        QTRY_VERIFY_WITH_TIMEOUT(answer().result().decoding && !answer().isStale(), Patience);
        QCOMPARE(failed.count(), 0);
        QVERIFY(document().limit().kind == LimitChoice::Kind::All);
    }

    void aSessionWhoseCheckpointIsGoneAsksForIt()
    {
        QVERIFY(QFile::copy(m_fixture->path("prompts.safetensors"), m_fixture->path("moved.safetensors")));
        QVERIFY(open("moved"));
        QVERIFY(steps().save());
        const QString elsewhere = m_fixture->path("elsewhere");
        QVERIFY(QDir().mkpath(elsewhere));
        QVERIFY(QFile::rename(m_fixture->path("moved.safetensors"), elsewhere + "/moved.safetensors"));
        m_fixture->makeWindow();
        steps().sessions().open(steps().file());
        const auto dialog = [this] { return m_fixture->window().findChild<MissingFilesDialog*>(); };
        QTRY_VERIFY_WITH_TIMEOUT(dialog(), Patience);
        m_fixture->answers = {elsewhere};
        QSignalSpy opened(&steps().work(), &SessionWork::opened);
        QVERIFY(SessionSteps::press(dialog(), QStringLiteral("Look")));
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(answer().result().decoding && !answer().isStale(), Patience);
        QCOMPARE(document().model()->path.parent_path(), toPath(elsewhere));
        QCOMPARE(m_fixture->contradiction(), QString());
    }

private:
    Document& document() { return m_fixture->document(); }
    LiveAnswer& answer() { return m_fixture->answer(); }
    CentralView& centre() { return m_fixture->window().centre(); }
    SessionSteps steps() { return SessionSteps(*m_fixture); }

    void write(const QString& name, std::vector<TensorInfo> tensors, const std::map<std::string, std::string>& said)
    {
        writeSafetensors(toPath(m_fixture->path(name + ".safetensors")), FormulaSource(std::move(tensors)),
                         DType::Float32, said);
    }

    bool showsButton(const QString& text)
    {
        const auto* panel = m_fixture->window().findChild<PicturesPanel*>();
        const QList<QToolButton*> buttons = panel->findChildren<QToolButton*>();
        return std::ranges::any_of(buttons, [&](const QToolButton* button) {
            return button->text().remove('&') == text && button->isVisibleTo(panel);
        });
    }

    void showSimilarPatches()
    {
        for (QAction* page : centre().pageActions())
            if (page->text() == QStringLiteral("Similar patches"))
                page->trigger();
    }

    /// The file, once the window says that it is written.
    QString exported(Command command, const QString& name)
    {
        const QString path = m_fixture->path(name);
        m_fixture->answers = {path};
        m_fixture->action(command)->trigger();
        return QTest::qWaitFor([&] { return m_fixture->message().contains(path); }, Patience) ? path : QString();
    }

    bool open(const QString& model)
    {
        std::vector<std::filesystem::path> files{toPath(m_fixture->path(model + ".safetensors"))};
        for (int i = 0; i < WindowFixture::Pictures; ++i)
            files.push_back(toPath(m_fixture->picture(i)));
        m_fixture->window().open(files);
        return QTest::qWaitFor(
            [&] {
                return !document().isModelOnItsWay() && document().model() &&
                       document().model()->path == files.front() && answer().result().decoding && !answer().isStale() &&
                       !answer().isBusy() && !m_fixture->window().view().transform().picture().isEmpty();
            },
            Patience);
    }

    void addEdit()
    {
        QTRY_VERIFY_WITH_TIMEOUT(document().editor().isReady(), Patience);
        PictureEditor& editor = document().editor();
        editor.addEdit(
            {"Fill", rectangleMask(editor.pictureSize(), {20, 10, 20, 20}), MeanFill{MeanFill::Of::Picture}});
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestVitWindow)
#include "test_vit_window.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include "core/edit/mask_shapes.h"
#include "core/session/session_reader.h"
#include "tests/support/formula_checkpoint.h"
#include "tests/window/window_fixture.h"
#include "ui/engine/paths.h"
#include "ui/evidence/evidence_panel.h"
#include "ui/evidence/sanity_text.h"
#include "ui/figures/map_evidence.h"
#include "ui/window/evidence_commands.h"
#include "ui/window/session_commands.h"

using namespace ocellus;

namespace {

constexpr int PatienceMs = 60'000;

} // namespace

/// What is tested of the maps, and what becomes of it while other things happen.
class TestEvidence : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_fixture = std::make_unique<WindowFixture>(); }

    void init()
    {
        QFile::remove(m_fixture->path("pictures/parts.csv")); // which a test that failed has left
        m_fixture->restart();
        QVERIFY(m_fixture->openAll());
        QVERIFY(m_fixture->finishPredictions());
        m_panel = m_fixture->window().findChild<EvidencePanel*>();
        QVERIFY(m_panel);
        study().setRecipes({0.05, 9}, {2, 20});
        action(Command::ShowEvidence)->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(m_panel->isVisible(), PatienceMs);
    }

    void nothingIsTestedUnasked()
    {
        QVERIFY(study().book().pages().empty());
        QVERIFY(!study().run().isRunning());
        QTRY_VERIFY_WITH_TIMEOUT(button("Test these maps")->isEnabled(), PatienceMs);
        QVERIFY(m_panel->sentences().isEmpty());
    }

    void allMapsAreTested()
    {
        m_fixture->document().setHead(1);
        const EvidenceSubject subject = study().subject();
        test();
        const EvidenceSheet& sheet = study().book().sheet(subject);
        QCOMPARE(sheet.maps().size(), std::size_t{WindowFixture::Heads + 1});
        for (const EvidenceMap& map : sheet.maps()) {
            QVERIFY(sheet.finding(map, EvidenceTest::Cover));
            QCOMPARE(sheet.finding(map, EvidenceTest::Importance) != nullptr, map.head >= 0);
        }
        QVERIFY(sheet.rows().front().map == (EvidenceMap{"heads", 1})); // the one that is looked at
        QTRY_VERIFY_WITH_TIMEOUT(m_panel->sentences().contains("head 2 looks at most"), PatienceMs);
        QCOMPARE(m_panel->findChild<QTableView*>()->model()->rowCount(), WindowFixture::Heads + 1);
        // Again, the same.
        const std::vector<EvidenceSheet::Row> before = sheet.rows();
        test();
        for (std::size_t row = 0; row < before.size(); ++row)
            QVERIFY(study().book().sheet(subject).rows()[row].finding == before[row].finding);
    }

    void aRowChoosesItsHead()
    {
        auto* table = m_panel->findChild<QTableView*>();
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), WindowFixture::Heads + 1, PatienceMs);
        table->setCurrentIndex(table->model()->index(2, 0));
        QCOMPARE(m_fixture->document().head(), 2);
        table->setCurrentIndex(table->model()->index(WindowFixture::Heads, 0));
        QCOMPARE(m_fixture->document().head(), WindowFixture::Heads);
    }

    void anyOtherSourceIsTestedToo_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("said");
        QTest::addColumn<int>("maps");
        QTest::newRow("a gradient's") << "gradcam"
                                      << "Grad-CAM marks most" << 1;
        QTest::newRow("with an option") << "gradcam:stage=layer3"
                                        << "Grad-CAM, stage=layer3 marks most" << 1;
        QTest::newRow("of every head") << "gradient-attention:head=each"
                                       << "of head 1 marks most" << int{WindowFixture::Heads};
        QTest::newRow("of many passes") << "rise:masks=60:side=32"
                                        << "RISE" << 1;
    }

    void anyOtherSourceIsTestedToo()
    {
        QFETCH(const QString, source);
        QFETCH(const QString, said);
        QFETCH(const int, maps);
        m_fixture->document().setHead(0);
        chooseSource(source);
        QTRY_VERIFY_WITH_TIMEOUT(button("Test these maps")->isEnabled(), PatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(m_panel->findChild<QTableView*>()->model()->rowCount(), maps, PatienceMs);
        const EvidenceSubject subject = study().subject();
        test();
        const EvidenceSheet& sheet = study().book().sheet(subject);
        QCOMPARE(sheet.maps().size(), static_cast<std::size_t>(maps));
        for (const EvidenceMap& map : sheet.maps()) {
            QCOMPARE(QString::fromStdString(map.source), source);
            QVERIFY(sheet.finding(map, EvidenceTest::Cover));
            QVERIFY(!sheet.finding(map, EvidenceTest::Importance));
        }
        QVERIFY(sheet.finding(sheet.rows().front().map, EvidenceTest::Deletion));
        QTRY_VERIFY_WITH_TIMEOUT(m_panel->sentences().contains(said), PatienceMs);
        // It is of no layer, and heads have a sheet of their own.
        m_fixture->document().setLayer(0);
        QVERIFY(study().subject() == subject);
        chooseSource({});
        QTRY_VERIFY_WITH_TIMEOUT(!m_panel->sentences().contains(said), PatienceMs);
    }

    void aMapOnItsWayIsNotTested()
    {
        chooseSource("rise:masks=100000:agreement=1:side=32");
        QTRY_VERIFY_WITH_TIMEOUT(!button("Test these maps")->isEnabled(), PatienceMs);
        study().start();
        QVERIFY(!study().run().isRunning());
        m_fixture->answer().cancel();
        study().start();
        QVERIFY(!study().run().isRunning());
    }

    void aClassifiersMapsAreTested()
    {
        ModelConfig config;
        config.backbone = BackboneKind::ResNet18;
        config.head = HeadKind::Linear;
        config.queries = 6;
        const QString file = m_fixture->path("plain.safetensors");
        writeFormulaCheckpoint(toPath(file), config);
        m_fixture->document().openCheckpoint(toPath(file));
        QTRY_VERIFY_WITH_TIMEOUT(
            m_fixture->document().model() && m_fixture->document().model()->offer.maps == MapSubject::None, PatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(button("Test these maps")->isEnabled(), PatienceMs);
        test();
        QTRY_VERIFY_WITH_TIMEOUT(m_panel->sentences().contains("Grad-CAM marks most"), PatienceMs);
    }

    void aLimitIsNotInTheWayOfWhatAsksTheWholeModel()
    {
        m_fixture->document().setLimit({LimitChoice::Kind::Zero, {0, 1}});
        chooseSource("gradcam");
        QVERIFY(m_fixture->settle());
        QTRY_VERIFY_WITH_TIMEOUT(button("Test these maps")->isEnabled(), PatienceMs);
        test();
        QVERIFY(!study().book().sheet(study().subject()).isEmpty());
    }

    void tilesTellIt()
    {
        test();
        const Explanation shown = m_fixture->answer().explanation();
        QVERIFY(evidenceOf(shown));
        for (const TileMap& tile : tileMaps(shown))
            QVERIFY(standingOf(shown, tile).verdict);
        // Of another class nothing is known.
        m_fixture->document().setCurrentClass((m_fixture->document().currentClass() + 1) % WindowFixture::Classes);
        const Explanation other = m_fixture->answer().explanation();
        for (const TileMap& tile : tileMaps(other))
            QVERIFY(!standingOf(other, tile).verdict);
    }

    void headsCanStandByWhatTheyAreWorth()
    {
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->answer().explanation().evidence, PatienceMs);
        DisplayChoice display = m_fixture->document().display();
        display.layer = WindowFixture::Layers - 1;
        display.sortByWorth = true;
        m_fixture->document().setDisplay(display);
        const auto isWeighed = [this] {
            const Explanation shown = m_fixture->answer().explanation();
            return standingOf(shown, tileMaps(shown).front()).importance.has_value();
        };
        QTRY_VERIFY_WITH_TIMEOUT(isWeighed(), PatienceMs);
        const Explanation shown = m_fixture->answer().explanation();
        const std::vector<TileMap> tiles = tileMaps(shown);
        for (std::size_t i = 1; i + 1 < tiles.size(); ++i)
            QVERIFY(*standingOf(shown, tiles[i - 1]).importance >= *standingOf(shown, tiles[i]).importance);
        QVERIFY(tiles.back().isMean);
    }

    void worthIsAskedForAgainWhereTheBackgroundWasCleared()
    {
        DisplayChoice display = m_fixture->document().display();
        display.layer = WindowFixture::Layers - 1;
        m_fixture->document().setDisplay(display);
        QVERIFY(m_fixture->settle());
        m_fixture->document().setCurrentClass((m_fixture->document().currentClass() + 1) % WindowFixture::Classes);
        m_fixture->window().controller().clearBackground(); // as for the predictions of another model
        const auto isWeighed = [this] {
            const Explanation shown = m_fixture->answer().explanation();
            return standingOf(shown, tileMaps(shown).front()).importance.has_value();
        };
        QTRY_VERIFY_WITH_TIMEOUT(isWeighed(), PatienceMs);
    }

    void aCheckOfOtherSourcesKeepsTheFirst()
    {
        const auto& model = m_fixture->document().model();
        const ViewRequest view = m_fixture->document().request();
        SanityStudy sanity(toPath(m_fixture->path("checks of this test")));
        sanity.setModel(model->sha256, model->given);
        for (const char* source : {"mean", "gradcam"}) {
            sanity.start({model->path,
                          view.engine,
                          {view.picture},
                          view.decode,
                          view.preprocessFor(*model),
                          {parseSource(source)}});
            QTRY_VERIFY_WITH_TIMEOUT(!sanity.isRunning(), PatienceMs);
        }
        QVERIFY(sanity.report());
        QCOMPARE(sanity.report()->sources.size(), std::size_t{2});
        QVERIFY(!SanityText::sentence(*sanity.report(), "mean", "the mean").isEmpty());
    }

    void orientationTakesNothingAway()
    {
        test();
        const EvidenceSubject subject = study().subject();
        const std::size_t count = study().book().sheet(subject).rows().size();
        m_fixture->settings().setValue(Setting::IgnoreExif, true);
        QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->answer().isStale() && m_fixture->answer().result().key.decode.ignoreExif,
                                 PatienceMs);
        m_fixture->settings().setValue(Setting::IgnoreExif, false);
        QTRY_VERIFY_WITH_TIMEOUT(study().subject() == subject, PatienceMs);
        QCOMPARE(study().book().sheet(subject).rows().size(), count);
    }

    void partPointsOfAFileAreKnown()
    {
        QVERIFY(m_panel->sentences().isEmpty());
        m_fixture->write("pictures/parts.csv", "file,part,x,y\npicture1.png,wing,20,20\npicture1.png,tail,80,50\n");
        m_fixture->document().setCurrentPicture(1);
        QTRY_VERIFY_WITH_TIMEOUT(m_panel->sentences().contains("the cells around the known parts"), PatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(m_panel->sentences().contains("a cell drawn at random"), PatienceMs);
        auto* regions = regionChoice();
        QVERIFY(regions);
        regions->setCurrentText("tail");
        emit regions->activated(regions->currentIndex());
        QTRY_VERIFY_WITH_TIMEOUT(m_panel->sentences().contains("the cells around: tail"), PatienceMs);
        QFile table(m_fixture->path("parts-evidence.csv"));
        m_fixture->answers = {table.fileName()};
        m_fixture->action(Command::ExportEvidenceCsv)->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(table.exists() && m_fixture->message().contains("Wrote"), PatienceMs);
        QVERIFY(table.open(QIODevice::ReadOnly));
        QVERIFY(table.readAll().contains("part=the cells around: tail"));
        // The next picture has none.
        m_fixture->document().setCurrentPicture(2);
        QTRY_VERIFY_WITH_TIMEOUT(m_panel->sentences().isEmpty(), PatienceMs);
        QVERIFY(QFile::remove(m_fixture->path("pictures/parts.csv")));
    }

    void damagedPartPointsSayWhy()
    {
        m_fixture->write("pictures/parts.csv", "file,part,x,y\npicture1.png,wing,left,20\n");
        m_fixture->document().setCurrentPicture(1);
        QTRY_VERIFY_WITH_TIMEOUT(says("was not read"), PatienceMs);
        QVERIFY(QFile::remove(m_fixture->path("pictures/parts.csv")));
    }

    void cancelFindsNothingMore()
    {
        QSignalSpy found(&study().run(), &EvidenceRun::found);
        study().start();
        QVERIFY(study().run().isRunning());
        QTRY_VERIFY_WITH_TIMEOUT(button("Cancel")->isVisible(), PatienceMs);
        button("Cancel")->click();
        QVERIFY(!study().run().isRunning());
        const auto count = found.count();
        m_fixture->document().setCurrentPicture(2);
        QVERIFY(m_fixture->settle()); // behind whatever was queued
        QCOMPARE(found.count(), count);
        QTRY_VERIFY_WITH_TIMEOUT(button("Test these maps")->isVisible(), PatienceMs);
    }

    void theNewestPictureComesFirst()
    {
        const EvidenceRequest first = request();
        m_fixture->document().setCurrentPicture(1);
        QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->answer().isStale(), PatienceMs);
        const EvidenceRequest second = request();
        EvidenceRun run(m_fixture->window().controller());
        std::vector<std::filesystem::path> order;
        std::size_t count = 0;
        connect(&run, &EvidenceRun::found, m_panel, [&](const EvidenceRequest& of) {
            ++count;
            if (order.empty() || order.back() != of.view.picture)
                order.push_back(of.view.picture);
        });
        run.start(first);
        run.start(second);
        QCOMPARE(run.waiting(), 1);
        QVERIFY(run.current()->subject == second.subject);
        QTRY_VERIFY_WITH_TIMEOUT(!run.isRunning(), PatienceMs);
        QCOMPARE(order, (std::vector{second.view.picture, first.view.picture}));
        QCOMPARE(count, std::size_t{2 * (2 * WindowFixture::Heads + 1 + 4)});
    }

    void anEditEndsIt()
    {
        const EvidenceSubject before = study().subject();
        study().start();
        edit();
        QVERIFY(!study().run().isRunning());
        QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->answer().isStale(), PatienceMs);
        QVERIFY(study().subject().key != before.key);
        QVERIFY(study().book().sheet(study().subject()).isEmpty());
        // What lies in the edit's mask is told at once; nothing has been covered.
        QTRY_VERIFY_WITH_TIMEOUT(!m_panel->sentences().contains("looks at most"), PatienceMs);
    }

    void anotherPicturesTestsOutliveAnEdit()
    {
        const EvidenceSubject before = study().subject();
        study().start();
        m_fixture->document().setCurrentPicture(1);
        QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->answer().isStale(), PatienceMs);
        edit();
        QTRY_VERIFY_WITH_TIMEOUT(!study().run().isRunning(), PatienceMs);
        QVERIFY(study().book().sheet(before).finding({"mean"}, EvidenceTest::Cover));
    }

    void whatWasTestedComesBackWithItsEdits()
    {
        test();
        QTRY_VERIFY_WITH_TIMEOUT(!m_panel->sentences().isEmpty(), PatienceMs);
        const QString sentences = m_panel->sentences();
        edit();
        QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->answer().isStale(), PatienceMs);
        // What lies in the edit's mask is told at once; nothing has been covered.
        QTRY_VERIFY_WITH_TIMEOUT(!m_panel->sentences().contains("looks at most"), PatienceMs);
        m_fixture->document().editor().undo();
        QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->answer().isStale(), PatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(m_panel->sentences(), sentences, PatienceMs);
    }

    void anotherModelEndsIt()
    {
        const EvidenceSubject before = study().subject();
        study().start();
        m_fixture->document().openCheckpoint(toPath(m_fixture->otherCheckpoint()));
        QVERIFY(!study().run().isRunning());
        QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->answer().isStale(), PatienceMs);
        QVERIFY(study().subject().key.model != before.key.model);
        for (const EvidenceBook::Page& page : study().book().pages())
            QVERIFY(page.subject == before);
        QTRY_VERIFY_WITH_TIMEOUT(button("Test these maps")->isEnabled(), PatienceMs);
    }

    void limitsAndHandsAreRefusedInWords_data()
    {
        QTest::addColumn<bool>("isLimit");
        QTest::newRow("limit") << true;
        QTest::newRow("by hand") << false;
    }

    void limitsAndHandsAreRefusedInWords()
    {
        QFETCH(bool, isLimit);
        Document& document = m_fixture->document();
        if (isLimit)
            document.setLimit({LimitChoice::Kind::Zero, {0, 1}});
        else
            document.setIntervention({document.currentClass(), {1}, {}});
        QVERIFY(m_fixture->settle());
        QTRY_VERIFY_WITH_TIMEOUT(!button("Test these maps")->isEnabled(), PatienceMs);
        study().start();
        QVERIFY(!study().run().isRunning());
    }

    void aSessionKeepsWhatWasTested()
    {
        test();
        const EvidenceSubject subject = study().subject();
        const std::vector<EvidenceSheet::Row> rows = study().book().sheet(subject).rows();
        QVERIFY(save());
        m_fixture->makeWindow();
        open();
        QSignalSpy changed(&study().book(), &EvidenceBook::changed);
        QTRY_COMPARE_WITH_TIMEOUT(study().book().sheet(subject).rows().size(), rows.size(), PatienceMs);
        QCOMPARE(changed.count(), 1);
        for (const EvidenceSheet::Row& row : rows) {
            const Finding* finding = study().book().sheet(subject).finding(row.map, row.finding.test);
            QVERIFY(finding && *finding == row.finding);
        }
        QVERIFY(!m_fixture->window().sessions().work().isUnsaved());
    }

    void whatNobodyLooksAtStaysInTheSession()
    {
        test();
        const std::size_t count = study().book().sheet(study().subject()).rows().size();
        m_fixture->document().setCurrentPicture(1);
        QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->answer().isStale(), PatienceMs);
        QVERIFY(save());
        m_fixture->makeWindow();
        open();
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->answer().result().decoding && !m_fixture->answer().isStale(), PatienceMs);
        QCOMPARE(m_fixture->window().sessions().work().session().evidence.size(), count);
        QVERIFY(study().book().pages().empty());
    }

    void whatIsOfAnotherContentOfTheFileIsDropped()
    {
        test();
        m_fixture->document().setCurrentPicture(1);
        QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->answer().isStale(), PatienceMs);
        QVERIFY(save());
        m_fixture->makeWindow();
        open();
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->answer().result().decoding && !m_fixture->answer().isStale(), PatienceMs);
        // Written by another program while nobody looked.
        QFile file(m_fixture->picture(0)), other(m_fixture->picture(3));
        QVERIFY(file.open(QIODevice::ReadOnly) && other.open(QIODevice::ReadOnly));
        const QByteArray before = file.readAll();
        const QByteArray after = other.readAll();
        file.close();
        m_fixture->write("pictures/picture0.png", after);
        m_fixture->document().setCurrentPicture(0);
        QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->answer().isStale(), PatienceMs);
        QVERIFY(m_fixture->settle());
        QVERIFY(save()); // behind the reading of the file
        QVERIFY(study().book().pages().empty());
        QVERIFY(readSession(toPath(m_fixture->path("work.ocellus"))).evidence.empty());
        m_fixture->write("pictures/picture0.png", before);
    }

    void whatIsFoundWhileASessionIsSavedIsUnsaved()
    {
        study().start();
        QVERIFY(save());
        QTRY_VERIFY_WITH_TIMEOUT(!study().run().isRunning(), PatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->window().sessions().work().isUnsaved(), PatienceMs);
        QVERIFY(save());
        QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->window().sessions().work().isUnsaved(), PatienceMs);
        QVERIFY(!readSession(toPath(m_fixture->path("work.ocellus"))).evidence.empty());
    }

    void aMaskTellsHowMuchOfAMapLiesInIt()
    {
        QVERIFY(m_panel->sentences().isEmpty());
        m_fixture->document().editor().setActiveMask("Wing", rectangleMask({96, 64}, {0, 0, 48, 64}));
        QTRY_VERIFY_WITH_TIMEOUT(m_panel->sentences().contains("lies in the active mask"), PatienceMs);
        QVERIFY(study().book().pages().empty()); // it is no test of the model
    }

private:
    bool save()
    {
        SessionWork& work = m_fixture->window().sessions().work();
        QSignalSpy saved(&work, &SessionWork::saved);
        work.save(toPath(m_fixture->path("work.ocellus")));
        return QTest::qWaitFor([&] { return saved.count() == 1; }, 60'000);
    }

    void open()
    {
        m_panel = m_fixture->window().findChild<EvidencePanel*>();
        m_fixture->window().sessions().open(toPath(m_fixture->path("work.ocellus")));
    }

    EvidenceStudy& study() { return m_fixture->window().evidence().study(); }
    QAction* action(Command command) { return m_fixture->action(command); }

    void chooseSource(const QString& source)
    {
        DisplayChoice display = m_fixture->document().display();
        display.source = source.isEmpty() ? SourceText() : parseSource(source.toStdString());
        m_fixture->document().setDisplay(display);
    }

    QComboBox* regionChoice()
    {
        for (auto* box : m_panel->findChildren<QComboBox*>())
            if (box->isVisible() && box->toolTip().contains("parts.csv"))
                return box;
        return nullptr;
    }

    bool says(const QString& words)
    {
        const QList<QLabel*> labels = m_panel->findChildren<QLabel*>();
        return std::ranges::any_of(labels, [&](const QLabel* label) { return label->text().contains(words); });
    }

    QPushButton* button(const QString& text)
    {
        for (auto* button : m_panel->findChildren<QPushButton*>())
            if (button->text().remove(QLatin1Char('&')) == text)
                return button;
        qFatal("no such button");
    }

    EvidenceRequest request()
    {
        EvidenceRequest request{
            m_fixture->document().request(), study().subject(), {}, WindowFixture::Heads, {0.05, 9}, {2, 20}, {}};
        for (int head = 0; head < WindowFixture::Heads; ++head)
            request.maps.push_back({"heads", head});
        request.maps.push_back({"mean"});
        return request;
    }

    void test()
    {
        study().start();
        QVERIFY(study().run().isRunning());
        QTRY_VERIFY_WITH_TIMEOUT(!study().run().isRunning(), 60'000);
    }

    void edit()
    {
        m_fixture->document().editor().addEdit({"Spot", rectangleMask({96, 64}, {10, 8, 40, 30}), MeanFill{}});
    }

    std::unique_ptr<WindowFixture> m_fixture;
    EvidencePanel* m_panel = nullptr;
};

QTEST_MAIN(TestEvidence)
#include "test_evidence.moc"

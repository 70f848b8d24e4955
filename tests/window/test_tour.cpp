// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QDir>
#include <QDockWidget>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "core/analysis/pointing.h"
#include "core/data/sample.h"
#include "core/edit/mask_combining.h"
#include "core/edit/mask_shapes.h"
#include "core/image/decode.h"
#include "tests/support/formula_checkpoint.h"
#include "tests/window/window_fixture.h"
#include "ui/engine/paths.h"
#include "ui/figures/figure_text.h"
#include "ui/panels/classes_panel.h"
#include "ui/tour/tour.h"
#include "ui/tour/tour_panel.h"
#include "ui/window/central_view.h"
#include "ui/window/installed_sample.h"

using namespace ocellus;

using Kind = LimitChoice::Kind;

namespace {

constexpr int Ant = 0; // the sample's classes, in the order of their names
constexpr int Bee = 1;
constexpr int Cat = 2;
const QList<int> Ring{Ant, Bee, Cat};

constexpr int Look = 0, Limit = 1, TakeOff = 2, PaintElsewhere = 3, LastStep = 5;

void require(bool done, const char* what)
{
    if (!done)
        qFatal("cannot write the sample's %s", what);
}

QImage drawing(int seed, QSize size = {64, 64})
{
    QImage image(size, QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            image.setPixel(x, y, qRgb((x * 7 + seed * 40) % 256, (y * 5) % 256, (x * y + seed) % 256));
    return image;
}

/// A sample of six classes by formula, in two rings.
void writeSample(const QDir& folder)
{
    require(folder.mkpath("pictures/Ant") && folder.mkpath("pictures/Dog") && folder.mkpath("pairs"), "folders");
    ModelConfig config = smallConfig(6);
    config.backboneWidth = 16;
    config.lastStage = 3;
    writeFormulaCheckpoint(toPath(folder.filePath("butterflies.safetensors")), config,
                           {{"class_names", R"(["Ant", "Bee", "Cat", "Dog", "Emu", "Fox"])"}});
    QFile rings(folder.filePath("rings.csv"));
    require(rings.open(QIODevice::WriteOnly) &&
                rings.write("species,ring\nAnt,one\nDog,two\nBee,one\nEmu,two\nCat,one\nFox,two\n") > 0,
            "rings");
    require(drawing(1).save(folder.filePath("pictures/Ant/0001.jpg")), "first picture");
    require(drawing(2).save(folder.filePath("pictures/Dog/0001.jpg")), "second picture");
    require(drawing(3).save(folder.filePath("pairs/Ant.jpg")), "original");
    require(drawing(4).save(folder.filePath("pairs/Ant.as.Bee.jpg")), "redrawn picture");
    QImage mask(64, 64, QImage::Format_Grayscale8);
    mask.fill(0);
    for (int i = 0; i < 8; ++i)
        mask.setPixelColor(20 + i, 40, Qt::white);
    require(mask.save(folder.filePath("pairs/Ant.mask.png")), "mask");
}

} // namespace

/// The tour, in the real window.
class TestTour : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_fixture = std::make_unique<WindowFixture>(); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        writeSample(QDir(m_folder->path()));
        m_fixture->sample = m_folder->path();
        m_fixture->restart();
    }

    void nothingIsOfferedWithoutASample()
    {
        m_fixture->sample = m_fixture->path("nowhere");
        m_fixture->restart();
        QVERIFY(!panel().isVisible());
        m_fixture->sample = m_folder->path();
        QVERIFY(QFile::remove(m_folder->filePath("rings.csv")));
        m_fixture->restart();
        QVERIFY(!panel().isVisible());
    }

    void saysThatASampleIsIncomplete_data()
    {
        QTest::addColumn<QString>("missing");
        for (const char* name : {"butterflies.safetensors", "pictures", "rings.csv", "pairs/Ant.as.Bee.jpg",
                                 "pairs/Ant.jpg", "pairs/Ant.mask.png"})
            QTest::newRow(name) << name;
    }

    void saysThatASampleIsIncomplete()
    {
        QFETCH(const QString, missing);
        const QDir folder(m_folder->path());
        QVERIFY(QDir().rename(folder.filePath(missing), folder.filePath("away")));
        startTour();
        QVERIFY2(panel().text().contains("sample") || panel().text().contains("SPECIES.as"),
                 qPrintable(panel().text()));
        QVERIFY2(panel().text().contains(missing.section('/', 0, 0)), qPrintable(panel().text()));
        QVERIFY(!m_fixture->document().model());
        QVERIFY(QDir().rename(folder.filePath("away"), folder.filePath(missing)));
        click("tourNext");
        QTRY_COMPARE_WITH_TIMEOUT(tour().shownStep(), 0, Patience);
    }

    void saysWhatIsWrongWithTheSample_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("brokenStep");
        QTest::addColumn<QString>("message");
        QTest::newRow("model") << "butterflies.safetensors" << 0 << "butterflies.safetensors";
        QTest::newRow("rings") << "rings.csv" << 0 << "rings.csv";
        QTest::newRow("original") << "pairs/Ant.jpg" << 0 << "Ant.jpg";
        QTest::newRow("mask") << "pairs/Ant.mask.png" << 0 << "Ant.mask.png";
    }

    void saysWhatIsWrongWithTheSample()
    {
        QFETCH(const QString, file);
        QFETCH(const int, brokenStep);
        QFETCH(const QString, message);
        QFile broken(QDir(m_folder->path()).filePath(file));
        QVERIFY(broken.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QVERIFY(broken.write("no such thing") > 0);
        broken.close();
        startTour();
        for (int step = 0; step < brokenStep; ++step) {
            QTRY_COMPARE_WITH_TIMEOUT(tour().shownStep(), step, Patience);
            click("tourNext");
        }
        QTRY_VERIFY2_WITH_TIMEOUT(panel().text().contains(message), qPrintable(panel().text()), Patience);
        QCOMPARE(tour().shownStep(), -1);
        QVERIFY(tour().isRunning());
        click("tourClose");
        QVERIFY(!panel().isVisible());
    }

    void aMaskOfAnotherSizeIsRefused()
    {
        QVERIFY(drawing(1, {32, 32}).save(QDir(m_folder->path()).filePath("pairs/Ant.mask.png")));
        startTour();
        QTRY_VERIFY2_WITH_TIMEOUT(panel().text().contains("32x32"), qPrintable(panel().text()), Patience);
    }

    void anotherModelIsReplacedOnlyWhenAsked()
    {
        QVERIFY(m_fixture->openAll());
        const int rows = m_fixture->document().pictures().rowCount();
        startTour();
        QVERIFY2(panel().text().contains("small.safetensors"), qPrintable(panel().text()));
        click("tourClose");
        QVERIFY(m_fixture->settle());
        QCOMPARE(m_fixture->document().classCount(), static_cast<int>(WindowFixture::Classes));
        QCOMPARE(m_fixture->document().pictures().rowCount(), rows);

        startTour();
        click("tourNext");
        QTRY_COMPARE_WITH_TIMEOUT(tour().shownStep(), 0, Patience);
        QCOMPARE(m_fixture->document().classCount(), 6);
        for (int i = 0; i < WindowFixture::Pictures; ++i)
            QVERIFY(m_fixture->document().pictures().rowOf(toPath(m_fixture->picture(i))) >= 0);
        QVERIFY(
            m_fixture->settings().value(Setting::RecentCheckpoints).toStringList().contains(m_fixture->checkpoint()));
    }

    void aModelOpenedMidwayIsAskedForToo()
    {
        goTo(Look);
        m_fixture->window().open({toPath(m_fixture->otherCheckpoint())});
        QVERIFY(m_fixture->settle());
        QTRY_VERIFY(!panel().note().isEmpty());
        click("tourNext");
        QVERIFY2(panel().text().contains("other.safetensors"), qPrintable(panel().text()));
        QCOMPARE(m_fixture->document().classCount(), static_cast<int>(WindowFixture::OtherClasses));
        click("tourNext");
        QTRY_COMPARE_WITH_TIMEOUT(tour().shownStep(), Limit, Patience);
        QCOMPARE(m_fixture->document().classCount(), 6);
        QCOMPARE(m_fixture->document().limit(), (LimitChoice{Kind::Zero, Ring}));
    }

    void whatTheUserChangedIsRestored_data()
    {
        QTest::addColumn<int>("step");
        QTest::addColumn<LimitChoice>("limit");
        QTest::newRow("drop, before the ring") << int(Look) << LimitChoice{Kind::Drop, {3, 4}};
        QTest::newRow("filter, before the ring") << int(Look) << LimitChoice{Kind::Filter, {3}};
        QTest::newRow("another ring") << int(Limit) << LimitChoice{Kind::Zero, {3, 4, 5}};
        QTest::newRow("no limit") << int(Limit) << LimitChoice();
        QTest::newRow("drop, after the ring") << int(TakeOff) << LimitChoice{Kind::Drop, {4}};
    }

    void whatTheUserChangedIsRestored()
    {
        QFETCH(const int, step);
        QFETCH(const LimitChoice, limit);
        goTo(step);
        QVERIFY(panel().note().isEmpty());
        Document& document = m_fixture->document();
        document.setLimit(limit);
        QVERIFY(m_fixture->settle());
        document.setCurrentPicture(document.pictures().rowOf(toPath(m_folder->filePath("pictures/Dog/0001.jpg"))));
        QVERIFY(m_fixture->settle());
        document.setCurrentClass(4);
        document.setLayer(0);
        QTRY_VERIFY(!panel().note().isEmpty());
        click("tourNext");
        QTRY_COMPARE_WITH_TIMEOUT(tour().shownStep(), step + 1, Patience);
        verifyStep(step + 1);
        QVERIFY2(!panel().note().contains("Something else"), qPrintable(panel().note()));
    }

    void theNoteGoesWhenAllIsAsBefore()
    {
        goTo(Limit);
        m_fixture->document().setLimit({});
        QTRY_VERIFY_WITH_TIMEOUT(!panel().note().isEmpty(), Patience);
        m_fixture->document().setLimit({Kind::Zero, Ring});
        QTRY_VERIFY_WITH_TIMEOUT(panel().note().isEmpty(), Patience);
    }

    void otherClassesAndHeadsNeedNoNote()
    {
        goTo(Look);
        m_fixture->document().setCurrentClass(5);
        m_fixture->document().setHead(m_fixture->document().headCount());
        QSignalSpy drawn(&m_fixture->answer(), &LiveAnswer::explanationChanged);
        m_fixture->document().setLayer(0);
        QCOMPARE(drawn.count(), 1);
        QCoreApplication::processEvents();
        QVERIFY(panel().note().isEmpty());
    }

    void cancellingAStepLeavesAWayOn()
    {
        goTo(Look);
        click("tourNext");
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->answer().isBusy() || tour().shownStep() == Limit, Patience);
        m_fixture->answer().cancel();
        QTRY_VERIFY_WITH_TIMEOUT(panel().text().contains("interrupted") || tour().shownStep() == Limit, Patience);
        if (tour().shownStep() != Limit)
            click("tourNext");
        QTRY_COMPARE_WITH_TIMEOUT(tour().shownStep(), Limit, Patience);
        verifyStep(Limit);
    }

    void closingMidwayLeavesNoLimit_data()
    {
        QTest::addColumn<int>("step");
        for (int step = 0; step <= LastStep; ++step)
            QTest::addRow("step %d", step + 1) << step;
    }

    void closingMidwayLeavesNoLimit()
    {
        QFETCH(const int, step);
        goTo(step);
        click("tourClose");
        QVERIFY(!panel().isVisible());
        QVERIFY(!tour().isRunning());
        QVERIFY(m_fixture->settle());
        QCOMPARE(m_fixture->answer().result().decoding->querySet(), QuerySet());
        QCOMPARE(m_fixture->document().limit().kind, Kind::All);
    }

    void closingOnTheWayOutOfALimitLeavesNone()
    {
        goTo(Limit);
        click("tourBack");
        click("tourClose"); // before the step back has taken the limit away
        QVERIFY(m_fixture->settle());
        QCOMPARE(m_fixture->document().limit().kind, Kind::All);
    }

    void closingOnTheWayIsNoTrap()
    {
        startTour();
        click("tourClose");
        QVERIFY(!panel().isVisible());
        QVERIFY(m_fixture->settle());
        QVERIFY(!panel().isVisible());
        QCOMPARE(tour().shownStep(), -1);
    }

    void aLimitOfTheUsersOwnStays()
    {
        goTo(Limit);
        m_fixture->document().setLimit({Kind::Drop, {0, 5}});
        QVERIFY(m_fixture->settle());
        click("tourClose");
        QCOMPARE(m_fixture->document().limit(), (LimitChoice{Kind::Drop, {0, 5}}));
    }

    void theAnswerToTheOfferIsRemembered_data()
    {
        QTest::addColumn<QString>("button");
        QTest::newRow("declined") << "tourClose";
        QTest::newRow("accepted") << "tourNext";
    }

    void theAnswerToTheOfferIsRemembered()
    {
        QFETCH(const QString, button);
        QVERIFY(panel().isVisible());
        QVERIFY(panel().text().isEmpty());
        m_fixture->makeWindow();
        QVERIFY2(panel().isVisible(), "offered until it is answered");
        click(button);
        QCOMPARE(panel().isVisible(), tour().isRunning());
        m_fixture->makeWindow();
        QVERIFY(!panel().isVisible());
        startTour();
        QTRY_COMPARE_WITH_TIMEOUT(tour().shownStep(), 0, Patience);
    }

    void goesThroughAllStepsAndBack()
    {
        startTour();
        for (int step = 0; step <= LastStep; ++step) {
            QTRY_COMPARE_WITH_TIMEOUT(tour().shownStep(), step, Patience);
            verifyStep(step);
            if (step < LastStep)
                click("tourNext");
        }
        for (int step = LastStep - 1; step >= 0; --step) {
            click("tourBack");
            QTRY_COMPARE_WITH_TIMEOUT(tour().shownStep(), step, Patience);
            verifyStep(step);
        }
        QVERIFY(!button("tourBack")->isVisible());
    }

    void theShippedSampleKeepsItsWord()
    {
        m_fixture->sample.clear();
        m_fixture->restart();
        goTo(Look);
        const Document& document = m_fixture->document();
        QCOMPARE(document.classCount(), 12);
        QVERIFY(m_fixture->finishPredictions());
        PictureListModel& pictures = m_fixture->document().pictures();
        QCOMPARE(pictures.rowCount(), 25); // 24, and the tour's
        for (int row = 1; row < pictures.rowCount(); ++row)
            QVERIFY2(pictures.verdict(row) == PictureListModel::Verdict::Correct, pictures.path(row).c_str());
        const QString own = document.classNames().name(bestClass(*m_fixture->answer().result().decoding));
        QVERIFY2(panel().text().contains("is a " + own), qPrintable(panel().text()));
        QVERIFY2(panel().text().contains("at the mark"), qPrintable(panel().text()));
        click("tourNext");
        QTRY_COMPARE_WITH_TIMEOUT(tour().shownStep(), Limit, Patience);
        QVERIFY2(panel().text().contains("It says " + own), qPrintable(panel().text()));
        click("tourNext");
        QTRY_COMPARE_WITH_TIMEOUT(tour().shownStep(), TakeOff, Patience);
        removeMark();
        QTRY_VERIFY2_WITH_TIMEOUT(panel().note().contains("made the difference"), qPrintable(panel().note()), Patience);
        const SamplePair pair = findSample(installedSample()).pairs.front();
        QVERIFY2(panel().note().contains(QString::fromStdString(pair.partner).replace('_', ' ')),
                 qPrintable(panel().note()));
    }

    void tellsWhatComesOfTheUsersEdits()
    {
        goTo(TakeOff);
        QVERIFY(panel().note().isEmpty());
        editWith(MeanFill{});
        QTRY_VERIFY_WITH_TIMEOUT(!panel().note().isEmpty(), Patience);
        QVERIFY2(panel().note().contains(bestName()), qPrintable(panel().note()));
        click("tourNext");
        QTRY_COMPARE_WITH_TIMEOUT(tour().shownStep(), PaintElsewhere, Patience);
        editWith(TakeColour{{200, 20, 20}});
        QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->answer().isStale(), Patience);
        QTRY_VERIFY2_WITH_TIMEOUT(panel().note().contains("says " + bestName()), qPrintable(panel().note()), Patience);
    }

    void anEditMadeBeforeIsNotPassedOverInSilence_data()
    {
        QTest::addColumn<int>("step");
        QTest::addColumn<QString>("expected");
        QTest::newRow("look") << int(Look) << "Undo";
        QTest::newRow("limit") << int(Limit) << "Undo";
    }

    void anEditMadeBeforeIsNotPassedOverInSilence()
    {
        QFETCH(const int, step);
        QFETCH(const QString, expected);
        goTo(step);
        editWith(MeanFill{});
        QTRY_VERIFY2_WITH_TIMEOUT(panel().note().contains(expected), qPrintable(panel().note()), Patience);
        m_fixture->document().editor().undo();
        QTRY_VERIFY_WITH_TIMEOUT(panel().note().isEmpty(), Patience);
    }

    void withNothingTakenOffThereIsNothingToPaintElsewhere()
    {
        goTo(PaintElsewhere);
        QVERIFY2(panel().note().contains("Back"), qPrintable(panel().note()));
    }

    void finishEndsIt()
    {
        goTo(LastStep);
        QVERIFY(m_fixture->document().pictures().rowOf(toPath(m_folder->filePath("pictures/Ant/0001.jpg"))) >= 0);
        click("tourNext");
        QVERIFY(!panel().isVisible());
        QVERIFY(!tour().isRunning());
    }

    void whatAStepSpeaksOfIsBroughtBack_data()
    {
        QTest::addColumn<int>("step");
        QTest::addColumn<QString>("name");
        QTest::newRow("classes") << int(Limit) << "classes";
        QTest::newRow("edits") << int(TakeOff) << "edit";
        QTest::newRow("the edits of the controls") << int(PaintElsewhere) + 1 << "edit";
    }

    void whatAStepSpeaksOfIsBroughtBack()
    {
        QFETCH(const int, step);
        QFETCH(const QString, name);
        goTo(step - 1);
        auto* dock = m_fixture->window().findChild<QDockWidget*>(name);
        QVERIFY(dock);
        dock->hide();
        click("tourNext");
        QTRY_COMPARE_WITH_TIMEOUT(tour().shownStep(), step, Patience);
        QVERIFY(dock->isVisible());
    }

    void theKeyboardIsEnough()
    {
        m_fixture->window().activateWindow();
        startTour();
        QTRY_VERIFY(button("tourNext")->hasFocus());
        QTRY_COMPARE_WITH_TIMEOUT(tour().shownStep(), 0, Patience);
        for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Space}) {
            const int before = tour().shownStep();
            QTest::keyClick(button("tourNext"), key);
            QTRY_COMPARE_WITH_TIMEOUT(tour().shownStep(), before + 1, Patience);
            QVERIFY(button("tourNext")->hasFocus());
        }
        QTest::keyClick(button("tourNext"), Qt::Key_Escape);
        QVERIFY(!panel().isVisible());
    }

    void theTextCanBeReadInEveryTheme()
    {
        for (const char* theme : {"dark", "light"}) {
            m_fixture->settings().setValue(Setting::Theme, theme);
            goTo(0);
            const QPalette palette = panel().palette();
            QVERIFY(panel().isVisible());
            const int ground = palette.color(QPalette::Window).lightness();
            QVERIFY(std::abs(ground - palette.color(QPalette::WindowText).lightness()) > 100);
            QCOMPARE(ground < 128, QLatin1String(theme) == QLatin1String("dark"));
        }
        m_fixture->settings().setValue(Setting::Theme, "system");
    }

    void allOfTheTextIsSeen_data()
    {
        QTest::addColumn<QSize>("window");
        for (const QSize size : {QSize(1366, 768), QSize(1920, 1080), QSize(3840, 2160)})
            QTest::addRow("%dx%d", size.width(), size.height()) << size;
    }

    void allOfTheTextIsSeen()
    {
        QFETCH(const QSize, window);
        goTo(2);
        m_fixture->window().resize(window);
        QTRY_COMPARE(m_fixture->window().size(), window);
        QCoreApplication::processEvents();
        for (const QLabel* label : panel().findChildren<QLabel*>())
            if (label->isVisible())
                QVERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(label->text()));
    }

    void aScreenReaderHearsEachStep()
    {
        goTo(1);
        QVERIFY2(panel().accessibleName().contains("step 2 of 6"), qPrintable(panel().accessibleName()));
        QCOMPARE(panel().accessibleDescription(), panel().text());
    }

    void aThemeThatChangesIsFollowed()
    {
        const auto restore = qScopeGuard([palette = QApplication::palette()] { QApplication::setPalette(palette); });
        QApplication::setPalette(QPalette(QColor(0x36, 0x36, 0x36), QColor(0x29, 0x29, 0x29)));
        QTRY_VERIFY(panel().palette().color(QPalette::Window).lightness() < 128);
    }

private:
    static constexpr int Patience = 60'000;

    TourPanel& panel() { return *m_fixture->window().centre().tour(); }
    Tour& tour() { return m_fixture->window().tour(); }
    QPushButton* button(const QString& name) { return panel().findChild<QPushButton*>(name); }
    void click(const QString& name) { button(name)->click(); }
    void startTour() { m_fixture->action(Command::StartTour)->trigger(); }

    void goTo(int step)
    {
        startTour();
        for (int passed = 0; passed < step; ++passed) {
            QTRY_COMPARE_WITH_TIMEOUT(tour().shownStep(), passed, Patience);
            click("tourNext");
        }
        QTRY_COMPARE_WITH_TIMEOUT(tour().shownStep(), step, Patience);
    }

    QString bestName() const
    {
        const Document& document = m_fixture->document();
        return document.classNames().name(bestClass(*m_fixture->answer().result().decoding));
    }

    void editWith(const Operation& operation)
    {
        PictureEditor& editor = m_fixture->document().editor();
        const Size size = editor.pictureSize();
        editor.addEdit({"", ellipseMask(size, {8, 8, size.width / 2.0, size.height / 2.0}), operation});
    }

    /// As a hand would: a little more than the mark.
    void removeMark()
    {
        const Picture mask = decodePicture(findSample(installedSample()).pairs.front().mask);
        std::vector<std::uint8_t> alpha;
        for (std::size_t i = 0; i < mask.rgb.size(); i += 3)
            alpha.push_back(mask.rgb[i]);
        const Mask drawn(mask.size, wholeBox(mask.size), std::move(alpha));
        m_fixture->document().editor().addEdit({"", grownBy(drawn, 3), Inpaint{}});
    }

    /// The window shows what the step speaks of, and the text has the window's own names and numbers.
    void verifyStep(int step)
    {
        const Document& document = m_fixture->document();
        const Explanation shown = m_fixture->answer().explanation();
        const Decoding& decoding = *m_fixture->answer().result().decoding;
        const bool limited = step == Limit;
        const bool ofSpecies = step == Look || step == Limit;
        QCOMPARE(shown.pictureName, QString("Ant.jpg"));
        QVERIFY(decoding.querySet().mode == (limited ? LimitMode::Zero : LimitMode::All));
        QCOMPARE(document.limit().querySet().active, limited ? std::vector<int>({Ant, Bee, Cat}) : std::vector<int>());
        QCOMPARE(shown.layer, document.layerCount() - 1);
        QCOMPARE(document.currentClass(), ofSpecies ? Ant : bestClass(decoding));
        const std::vector<int> ranked = decoding.rankHeads(shown.layer, shown.classIndex);
        QVERIFY(std::find(ranked.begin(), ranked.begin() + 3, document.head()) != ranked.begin() + 3);
        const std::size_t peak = peakCell(decoding.attention(shown.layer, document.head(), shown.classIndex));
        const auto crosshair = m_fixture->window().view().crosshair();
        QCOMPARE(crosshair.has_value(), ofSpecies);
        if (crosshair) {
            const Cell cell = shown.geometry.cellAt({crosshair->x(), crosshair->y()});
            QCOMPARE(static_cast<std::size_t>(cell.row * shown.geometry.columns() + cell.column), peak);
        }

        const QString text = panel().text();
        QVERIFY2(!text.contains('{') && !text.contains('}'), qPrintable(text));
        QVERIFY2(panel().heading().contains(QString("step %1 of 6").arg(step + 1)), qPrintable(panel().heading()));
        if (ofSpecies)
            QVERIFY2(text.contains(bestName()), qPrintable(text));
        if (step == Look)
            QVERIFY2(text.contains(FigureText::head(document.head())), qPrintable(text));
        if (limited)
            QVERIFY2(text.contains("Bee") && text.contains("Cat") && text.contains("other 3 species"),
                     qPrintable(text));
    }

    std::unique_ptr<WindowFixture> m_fixture;
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(TestTour)
#include "test_tour.moc"

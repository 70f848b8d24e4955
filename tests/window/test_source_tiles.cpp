// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QSignalSpy>
#include <QTest>

#include "core/engine/engine.h"
#include "tests/support/formula_checkpoint.h"
#include "tests/window/window_fixture.h"
#include "ui/engine/paths.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/source_view.h"
#include "ui/panels/source_form.h"
#include "ui/session/display_json.h"
#include "ui/widgets/head_grid.h"
#include "ui/window/central_view.h"

using namespace ocellus;

namespace {

constexpr int PatienceMs = 120'000;

ModelConfig classifier(int classes)
{
    ModelConfig config;
    config.backbone = BackboneKind::ResNet18;
    config.head = HeadKind::Linear;
    config.queries = classes;
    return config;
}

} // namespace

/// Maps of any source on the tiles of the window, and plain classifiers, which have no maps of their own.
class TestSourceTiles : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_fixture = std::make_unique<WindowFixture>();
        writeFormulaCheckpoint(toPath(classifierFile()), classifier(6));
    }

    void init() { m_fixture->restart(); }

    void aSourceThatFailsSaysWhy_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("told");
        QTest::newRow("no such stage") << "gradcam:stage=attic"
                                       << "attic";
        QTest::newRow("no such class to set apart from") << "finercam:references=77"
                                                         << "77";
    }

    void aSourceThatFailsSaysWhy()
    {
        QFETCH(const QString, source);
        QFETCH(const QString, told);
        QVERIFY(m_fixture->openAll());
        choose(source);
        QTRY_VERIFY_WITH_TIMEOUT(view()->words.startsWith("No map: "), PatienceMs);
        QVERIFY2(view()->words.contains(told), qPrintable(view()->words));
        QVERIFY(view()->maps.empty());
        // And the next one comes all the same.
        choose("gradcam");
        QVERIFY(hasMap());
    }

    void takesThePlaceOfTheHeads()
    {
        QVERIFY(m_fixture->openAll());
        QVERIFY(!view());
        choose("gradcam");
        QVERIFY(view()); // at once, and says that it is on its way
        QVERIFY(hasMap());
        const Explanation shown = m_fixture->answer().explanation();
        QCOMPARE(view()->name, QString("Grad-CAM"));
        QCOMPARE(view()->maps.front().classIndex, shown.classIndex);
        QVERIFY(shown.style.colourMap == ColourMap::Diverging);
        QTRY_COMPARE(m_fixture->window().centre().headGrid()->tiles().size(), std::size_t{1});
        choose("");
        QTRY_COMPARE(m_fixture->window().centre().headGrid()->tiles().size(), std::size_t{WindowFixture::Heads + 1});
    }

    void goingBackAsksNobody()
    {
        QVERIFY(m_fixture->openAll());
        choose("gradcam");
        QVERIFY(hasMap());
        const int first = m_fixture->document().currentClass();
        const std::vector<float> values = view()->maps.front().values;
        m_fixture->document().setCurrentClass((first + 1) % WindowFixture::Classes);
        QVERIFY(view()->maps.empty());
        QVERIFY(hasMap());
        const QSignalSpy busy(&m_fixture->answer(), &LiveAnswer::sourceBusyChanged);
        m_fixture->document().setCurrentClass(first);
        QCOMPARE(view()->maps.front().values, values);
        QCOMPARE(busy.count(), 0);
    }

    void growsAndStops()
    {
        QVERIFY(m_fixture->openAll());
        choose("rise:masks=100000:agreement=1");
        QTRY_VERIFY_WITH_TIMEOUT(!view()->maps.empty(), PatienceMs);
        QVERIFY(view()->isPartial);
        QVERIFY(m_fixture->answer().isSourceBusy());
        m_fixture->answer().cancel();
        QVERIFY(!m_fixture->answer().isSourceBusy());
        QVERIFY(view()->words.startsWith("Stopped"));
        QVERIFY(!view()->maps.empty());
        // What is unfinished says so wherever it goes.
        QVERIFY(FigureText::madeBySource(m_fixture->answer().explanation()).endsWith("(unfinished)"));
    }

    void whatTheBackgroundTookAwayComesAgain()
    {
        QVERIFY(m_fixture->openAll());
        choose("rise:masks=100000:agreement=1");
        QTRY_VERIFY_WITH_TIMEOUT(!view()->maps.empty(), PatienceMs);
        m_fixture->window().controller().clearBackground();
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->answer().isSourceBusy(), PatienceMs);
        // What the user has stopped stays so.
        m_fixture->answer().cancel();
        m_fixture->window().controller().clearBackground();
        QVERIFY(m_fixture->settle());
        QVERIFY(!m_fixture->answer().isSourceBusy());
        QVERIFY(view()->words.startsWith("Stopped"));
    }

    void whatChangesMeanwhileIsAskedAnew_data()
    {
        QTest::addColumn<int>("change");
        QTest::newRow("class") << 0;
        QTest::newRow("picture") << 1;
        QTest::newRow("source") << 2;
        QTest::newRow("edit") << 3;
    }

    void whatChangesMeanwhileIsAskedAnew()
    {
        QFETCH(const int, change);
        QVERIFY(m_fixture->openAll());
        choose("rise:masks=100000:agreement=1");
        QTRY_VERIFY_WITH_TIMEOUT(!view()->maps.empty(), PatienceMs);
        Document& document = m_fixture->document();
        if (change == 0)
            document.setCurrentClass((document.currentClass() + 1) % WindowFixture::Classes);
        else if (change == 1)
            document.setCurrentPicture(1);
        else if (change == 3)
            document.editor().perform({"Grey", {InsertEdit{0, {"Grey", Mask::whole({96, 64}), MeanFill{}}}}});
        choose("gradcam");
        QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->answer().isStale(), PatienceMs);
        QVERIFY(hasMap());
        QCOMPARE(view()->id, QString("gradcam"));
        QCOMPARE(view()->classIndex, m_fixture->answer().explanation().classIndex);
        QCOMPARE(m_fixture->contradiction(), QString());
    }

    void aLimitIsNoneOfItsBusiness()
    {
        QVERIFY(m_fixture->openAll());
        choose("gradcam");
        QVERIFY(hasMap());
        const std::vector<float> values = view()->maps.front().values;
        const int shown = m_fixture->document().currentClass();
        const QSignalSpy busy(&m_fixture->answer(), &LiveAnswer::sourceBusyChanged);
        m_fixture->document().setLimit({LimitChoice::Kind::Zero, {shown, (shown + 1) % WindowFixture::Classes}});
        QVERIFY(m_fixture->settle());
        QTRY_VERIFY(!m_fixture->answer().isStale());
        QCOMPARE(view()->maps.front().values, values);
        QCOMPARE(busy.count(), 0);
    }

    void anotherModelWithoutItShowsItsOwn()
    {
        QVERIFY(m_fixture->openAll());
        choose("mean");
        QVERIFY(hasMap());
        m_fixture->window().open({toPath(classifierFile())});
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->document().model()->offer.maps == MapSubject::None, PatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(view() && view()->words.startsWith("This model has no map from this source"),
                                 PatienceMs);
        choose("");
        QVERIFY(hasMap());
        QCOMPARE(view()->id, QString("gradcam"));
    }

    void aPlainClassifierOpens()
    {
        std::vector<std::filesystem::path> files{toPath(classifierFile()), toPath(m_fixture->picture(0))};
        m_fixture->window().open(files);
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->answer().result().decoding, PatienceMs);
        QVERIFY(hasMap());
        const Explanation shown = m_fixture->answer().explanation();
        QCOMPARE(shown.decoding->classes().size(), std::size_t{6});
        QCOMPARE(view()->id, QString("gradcam"));
        QCOMPARE(m_fixture->document().headCount(), 0);
        QCOMPARE(m_fixture->message(), QString());
        // Every page and workspace takes it.
        for (QAction* page : m_fixture->window().centre().pageActions()) {
            page->trigger();
            QCoreApplication::processEvents();
        }
        m_fixture->document().setCurrentPicture(0);
        QVERIFY(m_fixture->settle());
        QCOMPARE(m_fixture->contradiction(), QString());
    }

    void theFormTellsWhatAModelHas()
    {
        SourceForm form;
        Engine engine;
        form.setModel(engine.open(toPath(classifierFile())));
        QVERIFY(!form.areHeadsChosen());
        const auto* choice = form.findChild<QComboBox*>();
        const auto flags = [choice](const char* id) {
            return choice->model()->flags(choice->model()->index(choice->findData(QString(id)), 0));
        };
        QVERIFY(!(flags("heads") & Qt::ItemIsEnabled));
        QVERIFY(flags("rise") & Qt::ItemIsEnabled);
        QVERIFY(
            choice->itemData(choice->findData("heads"), Qt::ToolTipRole).toString().startsWith("Not of this model"));
        form.setModel(engine.open(toPath(m_fixture->checkpoint())));
        QVERIFY(form.areHeadsChosen());
        QVERIFY(flags("heads") & Qt::ItemIsEnabled);
    }

    void sessionsKnowTheSource()
    {
        DisplayChoice display;
        display.source = parseSource("rise:masks=250:seed=3");
        QCOMPARE(toString(displayOf(jsonOf(display, std::nullopt)).source), std::string("rise:masks=250:seed=3"));
        QVERIFY(displayOf(jsonOf(DisplayChoice(), std::nullopt)).source.source.empty());
        QVERIFY(displayOf("{\"source\": \":::\"}").source.source.empty());
    }

private:
    QString classifierFile() const { return m_fixture->path("classifier.safetensors"); }

    void choose(const QString& source)
    {
        DisplayChoice display = m_fixture->document().display();
        display.source = source.isEmpty() ? SourceText() : parseSource(source.toStdString());
        m_fixture->document().setDisplay(display);
    }

    std::shared_ptr<const SourceView> view() const { return m_fixture->answer().explanation().source; }

    bool hasMap() const
    {
        return QTest::qWaitFor([this] { return view() && !view()->maps.empty() && !view()->isPartial; }, PatienceMs);
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestSourceTiles)
#include "test_source_tiles.moc"

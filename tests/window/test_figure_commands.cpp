// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QImage>
#include <QSignalSpy>
#include <QTest>

#include "core/edit/mask_shapes.h"
#include "core/session/session_writer.h"
#include "tests/io/full_disk.h"
#include "tests/window/session_steps.h"
#include "ui/compare/layer_comparison.h"
#include "ui/document/document.h"
#include "ui/figure_dialog/figure_dialog.h"
#include "ui/figure_dialog/plate_form.h"
#include "ui/figure_dialog/plate_preview.h"
#include "ui/session/display_json.h"
#include "ui/window/central_view.h"
#include "ui/window/figure_commands.h"

using namespace ocellus;

/// The figure for a paper in the window: it follows what is shown, and is kept.
class TestFigureCommands : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_fixture = std::make_unique<WindowFixture>(); }
    void init();
    void followsThePicture();
    void followsAnotherModel();
    void followsEdits();
    void followsThePage();
    void goesWithTheWindow();
    void opensOnce();
    void isWritten_data();
    void isWritten();
    void whatCannotBeWrittenIsTold_data();
    void whatCannotBeWrittenIsTold();
    void isWrittenAsItWasWhenItWasAskedFor();
    void noNameIsNoFile();
    void isKeptWithTheSession();
    void isKeptAsItWasUsedLast();
    void nonsenseInASessionIsPassedOver();
    void olderProgramsPassOverIt();

private:
    FigureDialog& dialog()
    {
        auto* found = m_fixture->window().findChild<FigureDialog*>();
        if (!found)
            qFatal("no dialog");
        return *found;
    }
    void open()
    {
        m_fixture->action(Command::FigureForPaper)->trigger();
        QVERIFY(m_fixture->window().findChild<FigureDialog*>());
    }
    bool says(const QString& words)
    {
        return QTest::qWaitFor([&] { return !dialog().preview()->isDrawing() && dialog().caption().contains(words); },
                               Patience);
    }
    bool tells(const QString& words)
    {
        return QTest::qWaitFor([&] { return dialog().message().contains(words); }, Patience);
    }
    void choose(const std::function<void(PlateOptions&)>& change)
    {
        PlateOptions options = dialog().form()->options();
        change(options);
        dialog().form()->setOptions(options);
        emit dialog().form()->changed();
    }
    void writeTo(const QString& path)
    {
        m_fixture->answers = {path};
        dialog().exportButton()->click();
    }

    static constexpr int Patience = 60'000;
    std::unique_ptr<WindowFixture> m_fixture;
};

void TestFigureCommands::init()
{
    m_fixture->restart();
    QVERIFY(m_fixture->openAll());
    QVERIFY(m_fixture->finishPredictions());
    QTRY_VERIFY(m_fixture->document().editor().isReady());
    open();
    QVERIFY(says("picture0.png"));
}

void TestFigureCommands::followsThePicture()
{
    for (const int picture : {1, 2, 3}) {
        m_fixture->document().setCurrentPicture(picture);
        QCoreApplication::processEvents(); // its preview, or that of the one before, is being made
    }
    QVERIFY(says("picture3.png"));
    m_fixture->document().setCurrentClass(2);
    QVERIFY(says("Class 2"));
    while (m_fixture->document().pictures().rowCount() > 0)
        m_fixture->document().removePicture(0);
    QTRY_VERIFY_WITH_TIMEOUT(!dialog().exportButton()->isEnabled(), Patience);
    QTRY_COMPARE(dialog().caption(), QString());
}

void TestFigureCommands::followsAnotherModel()
{
    choose([](PlateOptions& options) { options.hiddenHeads = {1}; });
    m_fixture->document().openCheckpoint(toPath(m_fixture->otherCheckpoint()));
    QVERIFY(says("other.safetensors"));
    QVERIFY(!dialog().caption().contains("Head 2"));
}

void TestFigureCommands::followsEdits()
{
    m_fixture->document().editor().addEdit({"Spot", rectangleMask({96, 64}, {10, 8, 40, 30}), MeanFill{}});
    QVERIFY(says("Edits: 1. Spot"));
    QVERIFY(says("Edited"));
    QVERIFY(QTest::qWaitFor([&] { return !m_fixture->answer().isStale(); }, Patience));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog().caption().contains("Out of date"), Patience);
}

void TestFigureCommands::followsThePage()
{
    CentralView& centre = m_fixture->window().centre();
    QWidget* heads = centre.currentPage();
    centre.showPage(m_fixture->window().findChild<LayerComparison*>());
    QVERIFY(says("all layers"));
    centre.showPage(heads);
    QVERIFY(QTest::qWaitFor([&] { return !dialog().caption().contains("all layers"); }, Patience));
    QVERIFY(says("picture0.png"));
}

void TestFigureCommands::goesWithTheWindow()
{
    choose([](PlateOptions& options) { options.dotsPerInch = 600; });
    m_fixture->restart();
    QVERIFY(!m_fixture->window().findChild<FigureDialog*>());
}

void TestFigureCommands::opensOnce()
{
    open();
    QCOMPARE(m_fixture->window().findChildren<FigureDialog*>().size(), 1);
    QPointer<FigureDialog> first = &dialog();
    first->close();
    QTRY_VERIFY(!first);
    m_fixture->document().setCurrentPicture(1); // nobody is told
    open();
    QVERIFY(says("picture1.png"));
}

void TestFigureCommands::isWritten_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("magic");
    QTest::newRow("PDF") << "figure.pdf" << QByteArray("%PDF");
    QTest::newRow("SVG") << "figure.svg" << QByteArray("<?xml");
    QTest::newRow("PNG") << "figure.png" << QByteArray("\x89PNG");
    QTest::newRow("without an ending") << "bare" << QByteArray("%PDF");
}

void TestFigureCommands::isWritten()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, magic);
    choose([](PlateOptions& options) {
        options.width = 85;
        options.dotsPerInch = 600;
    });
    const QString path = m_fixture->write(name.contains('.') ? name : "bare.old", "before"); // there already
    writeTo(m_fixture->path(name));
    QVERIFY(tells("Wrote"));
    QFile file(name.contains('.') ? path : m_fixture->path("bare.pdf"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().startsWith(magic));
    if (name.endsWith("png"))
        QCOMPARE(QImage(path).width(), 2008); // 85 mm at 600 dpi
    QVERIFY(m_fixture->message().contains("Wrote"));
}

void TestFigureCommands::whatCannotBeWrittenIsTold_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("told");
    QTest::newRow("the folder is gone") << "no/such/folder/figure.pdf"
                                        << "folder does not exist";
    QTest::newRow("the disk is full") << "full.png"
                                      << "full.png";
    QTest::newRow("a folder") << "pictures.png"
                              << "pictures.png";
    QTest::newRow("too many pixels") << "large.png"
                                     << "pixels";
}

void TestFigureCommands::whatCannotBeWrittenIsTold()
{
    QFETCH(const QString, name);
    QFETCH(const QString, told);
    std::optional<test::FullDisk> full;
    if (name == "pictures.png")
        QVERIFY(QDir(m_fixture->path({})).mkpath(name));
    if (name == "large.png")
        choose([](PlateOptions& options) {
            options.width = 600;
            options.columns = 1;
            options.dotsPerInch = 1200;
        });
    if (name == "full.png")
        full.emplace(100);
    writeTo(m_fixture->path(name));
    QVERIFY2(tells(told), qPrintable(dialog().message()));
    full.reset();
    QVERIFY(!QFileInfo(m_fixture->path(name)).isFile());
    QVERIFY(dialog().exportButton()->isEnabled());
    choose([](PlateOptions& options) { options = PlateOptions(); });
    writeTo(m_fixture->path("after.svg"));
    QVERIFY(tells("after.svg"));
}

void TestFigureCommands::isWrittenAsItWasWhenItWasAskedFor()
{
    writeTo(m_fixture->path("first.svg"));
    m_fixture->document().setCurrentPicture(2);
    dialog().close();
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->message().contains("first.svg"), Patience);
    QFile file(m_fixture->path("first.svg"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("picture0.png")); // its title
}

void TestFigureCommands::noNameIsNoFile()
{
    m_fixture->answers.clear();
    dialog().exportButton()->click();
    QCOMPARE(dialog().message(), QString());
    QVERIFY(m_fixture->proposed.last().endsWith("-figure.pdf"));
    QVERIFY(m_fixture->proposed.last().contains("picture0"));
}

void TestFigureCommands::isKeptWithTheSession()
{
    SessionSteps steps(*m_fixture);
    choose([](PlateOptions& options) {
        options.width = 123;
        options.hiddenHeads = {2};
    });
    const PlateOptions chosen = dialog().form()->options();
    QVERIFY(steps.save());
    choose([](PlateOptions& options) {
        options.width = 99;
        options.hiddenHeads.clear();
    });
    QVERIFY(steps.open());
    QCOMPARE(dialog().form()->options(), chosen); // the open dialog goes with it
    m_fixture->restart();
    QVERIFY(steps.open());
    QVERIFY(m_fixture->settle());
    open();
    QCOMPARE(dialog().form()->options(), chosen);
}

void TestFigureCommands::isKeptAsItWasUsedLast()
{
    choose([](PlateOptions& options) {
        options.width = 123;
        options.hiddenHeads = {2};
    });
    m_fixture->makeWindow();
    QVERIFY(m_fixture->openAll());
    open();
    QCOMPARE(dialog().form()->options().width, 123.0);
    QVERIFY(dialog().form()->options().hiddenHeads.empty()); // those of another work
}

void TestFigureCommands::nonsenseInASessionIsPassedOver()
{
    SessionSteps steps(*m_fixture);
    Session session = steps.work().session();
    session.view.display = R"({"figure":{"width":"wide","columns":-9,"hiddenHeads":{"a":1}}})";
    QVERIFY(steps.save());
    writeSession(steps.file("strange.ocellus"), session);
    QVERIFY(steps.open("strange.ocellus"));
    QCOMPARE(dialog().form()->options(), PlateOptions());
    session.view.display = R"({"figure":7})";
    writeSession(steps.file("strange.ocellus"), session);
    QVERIFY(steps.open("strange.ocellus"));
    QVERIFY(!m_fixture->document().figure());
}

void TestFigureCommands::olderProgramsPassOverIt()
{
    DisplayChoice display;
    display.style.smooth = true;
    PlateOptions options;
    options.width = 77;
    const std::string json = jsonOf(display, options);
    QCOMPARE(displayOf(json), display); // as they read it
    QCOMPARE(plateOptionsIn(json), std::optional(options));
    QVERIFY(!plateOptionsIn(jsonOf(display)));
    QVERIFY(!plateOptionsIn("[]") && !plateOptionsIn(""));
}

QTEST_MAIN(TestFigureCommands)

#include "test_figure_commands.moc"

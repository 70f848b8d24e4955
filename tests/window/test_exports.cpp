// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSet>
#include <QStatusBar>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>
#include <QXmlStreamReader>

#include <opencv2/imgcodecs.hpp>

#include "core/base/hash.h"
#include "core/edit/mask_shapes.h"
#include "tests/support/npz_reader.h"
#include "tests/window/window_fixture.h"
#include "ui/compare/class_comparison.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/controls_panel.h"
#include "ui/compare/document_comparison.h"
#include "ui/compare/effects_panel.h"
#include "ui/engine/paths.h"
#include "ui/session/session_report.h"
#include "ui/window/central_view.h"
#include "ui/window/report_page.h"
#include "ui/window/result_commands.h"
#include "ui/window/task_status.h"

using namespace ocellus;

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// All text of well-formed XML; what else it is given is told instead.
QString textOfXml(const QByteArray& bytes)
{
    QXmlStreamReader xml(bytes);
    QString text;
    while (!xml.atEnd())
        if (xml.readNext() == QXmlStreamReader::Characters)
            text += xml.text().toString() + ' ';
    return xml.hasError() ? xml.errorString() : text;
}

QJsonDocument jsonOf(const NpyArray& array)
{
    QByteArray text;
    for (const double value : array.values)
        text += static_cast<char>(value);
    return QJsonDocument::fromJson(text);
}

} // namespace

/// Everything that the menu of exports writes, of an edited picture.
class TestExports : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_fixture = std::make_unique<WindowFixture>(); }
    void init();
    void nothingIsOfferedWithoutAPicture();
    void placesThatCannotBeWrittenTo_data();
    void placesThatCannotBeWrittenTo();
    void aCropLeavesNothingToExportUntilTheModelAnswers();
    void aLostPictureIsToldOfInTheReport();
    void aPartThatCannotBeMadeIsToldOfInTheReport();
    void aReportIsStopped();
    void anotherModelStopsTheReport();
    void allAreInOneMenu();
    void figuresSayWhatWasDone_data();
    void figuresSayWhatWasDone();
    void aFigureOpensAsPng();
    void tablesSayWhatWasDone_data();
    void tablesSayWhatWasDone();
    void tablesOfEffectsSayWhatWasDone();
    void arraysSayWhatWasDone();
    void arraysOfAPictureAsItIsHaveNoMoreThanBefore();
    void mapsHaveThePicturesSize();
    void masks();
    void masksOfAChosenEdit();
    void endingsOfAnotherKind_data();
    void endingsOfAnotherKind();
    void namesOfNobodyAskedFor();
    void picturesOfOneNameAreToldApart();
    void eachViewHasAFileNameOfItsOwn();
    void whatIsExportedIsOfOneStateOfTheFile();
    void reportsCoverTheSession();
    void theReportsPageNamesAllThatIsKept();
    void aReportOfAnEmptyWindowSaysSo();

private:
    Document& document() { return m_fixture->document(); }
    LiveAnswer& answer() { return m_fixture->answer(); }
    bool answered()
    {
        return QTest::qWaitFor([this] { return !answer().isStale(); }, Patience);
    }
    bool edit();
    /// Chooses the action, answers the dialog with the name and waits for the window's answer.
    QString exported(QAction* action, const QString& name, const QString& answer = {});
    QAction* result(int place) { return m_fixture->window().results().actions().at(place); }
    QAction* report() { return result(0); }

    static constexpr int Patience = 60'000;
    static constexpr Size Picture{96, 64};

    std::unique_ptr<WindowFixture> m_fixture;
};

void TestExports::init()
{
    m_fixture->restart();
    QVERIFY(m_fixture->openAll());
    QVERIFY(m_fixture->finishPredictions());
    QTRY_VERIFY(document().editor().isReady());
}

bool TestExports::edit()
{
    document().editor().addEdit({"Spot", rectangleMask(Picture, {10, 8, 40, 30}), MeanFill{}});
    return answered();
}

QString TestExports::exported(QAction* action, const QString& name, const QString& answer)
{
    const QString path = m_fixture->path(name);
    m_fixture->answers = {path};
    action->trigger();
    const QString wanted = answer.isEmpty() ? path : answer;
    return QTest::qWaitFor([&] { return m_fixture->message().contains(wanted); }, Patience) ? path : QString();
}

void TestExports::nothingIsOfferedWithoutAPicture()
{
    m_fixture->restart();
    QVERIFY(m_fixture->settle());
    for (const QAction* action : m_fixture->window().actions().exports()->actions())
        QVERIFY2(action->isSeparator() || !action->isEnabled(), qPrintable(action->text()));
}

void TestExports::placesThatCannotBeWrittenTo_data()
{
    QTest::addColumn<int>("place");
    for (const auto& [name, place] :
         {std::pair("report", 0), std::pair("map", 1), std::pair("mask", 2), std::pair("polygons", 3)})
        QTest::newRow(name) << place;
}

void TestExports::placesThatCannotBeWrittenTo()
{
    QFETCH(const int, place);
    QVERIFY(edit());
    const QString path = exported(result(place), "no/such/folder/file.x", "no/such/folder");
    QVERIFY2(!path.isEmpty(), qPrintable(m_fixture->message()));
    QVERIFY(!QFile::exists(path));
    QVERIFY(result(place)->isEnabled());
}

void TestExports::aCropLeavesNothingToExportUntilTheModelAnswers()
{
    document().editor().addEdit({"Crop", {}, Crop{{0, 0, 40, 40}}});
    QTRY_VERIFY(answer().explanationOnScreen().isEmpty());
    QVERIFY(answer().result().decoding);
    for (const Command command : {Command::ExportFigure, Command::ExportMapsCsv, Command::ExportArrays})
        QVERIFY(!m_fixture->action(command)->isEnabled());
    QVERIFY(answered());
    QVERIFY(m_fixture->action(Command::ExportFigure)->isEnabled());
}

void TestExports::aLostPictureIsToldOfInTheReport()
{
    QVERIFY(edit());
    document().setCurrentPicture(1);
    QVERIFY(answered());
    const QString lost = m_fixture->picture(0);
    QVERIFY(QFile::rename(lost, lost + ".away"));
    const QString path = exported(report(), "lost.html");
    QVERIFY(QFile::rename(lost + ".away", lost));
    const QString text = textOfXml(contentOf(path));
    QVERIFY2(text.contains("It could not be explained"), qPrintable(text));
    QVERIFY(text.contains("picture1.png"));
}

/// The engine has another model open for a moment, which is not the document's.
void TestExports::aPartThatCannotBeMadeIsToldOfInTheReport()
{
    QVERIFY(m_fixture->finishPredictions());
    SessionReport made(document(), answer());
    std::optional<Report> report;
    connect(&made, &SessionReport::finished, this, [&report](const Report& whole) { report = whole; });
    ReportItem item;
    item.picture = toPath(m_fixture->picture(0));
    ViewRequest other;
    other.engine = document().request().engine;
    other.checkpoint = toPath(m_fixture->otherCheckpoint());
    m_fixture->window().controller().request(other);
    made.start({{item}, 0, {}}, {});
    QTRY_VERIFY_WITH_TIMEOUT(report.has_value(), Patience);
    QCOMPARE(report->sections.size(), std::size_t{1});
    QVERIFY2(report->sections.front().title.contains("picture0.png"), qPrintable(report->sections.front().title));
    QVERIFY2(report->sections.front().verdict.contains("could not be explained"),
             qPrintable(report->sections.front().verdict));
}

void TestExports::aReportIsStopped()
{
    QVERIFY(edit());
    auto* status = m_fixture->window().statusBar()->findChild<TaskStatus*>();
    QVERIFY(status->isHidden());
    m_fixture->answers = {m_fixture->path("stopped.html")};
    report()->trigger();
    QTRY_VERIFY(!status->isHidden());
    QVERIFY(!report()->isEnabled());
    status->findChild<QToolButton*>()->click();
    QVERIFY(status->isHidden());
    QVERIFY(report()->isEnabled());
    QVERIFY(m_fixture->message().contains("stopped"));
    QVERIFY(!QFile::exists(m_fixture->path("stopped.html")));
}

void TestExports::anotherModelStopsTheReport()
{
    QVERIFY(edit());
    document().openCheckpoint(toPath(m_fixture->otherCheckpoint()));
    m_fixture->answers = {m_fixture->path("late.html")};
    report()->trigger();
    QVERIFY(answered());
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->window().statusBar()->findChild<TaskStatus*>()->isHidden(), Patience);
    QTRY_VERIFY(report()->isEnabled());
}

void TestExports::allAreInOneMenu()
{
    QVERIFY(edit());
    int exports = 0;
    for (const QAction* action : m_fixture->window().actions().exports()->actions()) {
        QVERIFY2(action->isSeparator() || action->isEnabled(), qPrintable(action->text()));
        exports += action->isSeparator() ? 0 : 1;
    }
    QCOMPARE(exports, 11);
}

void TestExports::figuresSayWhatWasDone_data()
{
    QTest::addColumn<int>("command");
    QTest::newRow("figure") << static_cast<int>(Command::ExportFigure);
    QTest::newRow("as published") << static_cast<int>(Command::ExportPaperFigure);
}

void TestExports::figuresSayWhatWasDone()
{
    QFETCH(const int, command);
    QVERIFY(edit());
    document().setIntervention({document().currentClass(), {1}, {}});
    QVERIFY(answered());
    const QString path = exported(m_fixture->action(static_cast<Command>(command)), "figure.svg");
    const QString text = textOfXml(contentOf(path));
    for (const QString& told : {QString("1. Spot: Fill with mean"), QString("without head 2"),
                                answer().explanation().modelHash, QString("layer 2 of 2")})
        QVERIFY2(text.contains(told), qPrintable(text));
}

void TestExports::aFigureOpensAsPng()
{
    QVERIFY(edit());
    const QImage image(exported(m_fixture->action(Command::ExportFigure), "figure.png"));
    QVERIFY(image.width() > 1500);
    QCOMPARE(qRound(image.dotsPerMeterX() * 0.0254), 300);
}

void TestExports::tablesSayWhatWasDone_data()
{
    QTest::addColumn<int>("command");
    QTest::newRow("maps") << static_cast<int>(Command::ExportMapsCsv);
    QTest::newRow("logits") << static_cast<int>(Command::ExportLogitsCsv);
}

void TestExports::tablesSayWhatWasDone()
{
    QFETCH(const int, command);
    document().setLimit({LimitChoice::Kind::Zero, {0, 2}});
    QVERIFY(edit());
    const QString path = exported(m_fixture->action(static_cast<Command>(command)), "table.csv");
    const QList<QByteArray> lines = contentOf(path).trimmed().split('\n');
    QVERIFY(lines.first().trimmed().endsWith(",model,sha256,limit,edits,intervention,notices"));
    const QByteArray hash = answer().explanation().modelHash.toUtf8();
    for (const QByteArray& line : lines.mid(1)) {
        QVERIFY2(line.contains("picture0.png"), line);
        QVERIFY2(line.endsWith("small.safetensors," + hash +
                               ",limited to 2 of 5 (zero),1. Spot: Fill with mean (of the picture),,"),
                 line);
    }
}

void TestExports::tablesOfEffectsSayWhatWasDone()
{
    QVERIFY(edit());
    auto* panel = m_fixture->window().findChild<EffectsPanel*>();
    panel->setComparison(comparisonOf(document(), answer()));
    m_fixture->answers = {m_fixture->path("effects.csv")};
    panel->findChild<QPushButton*>()->click();
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->message().contains("effects.csv"), Patience);
    const QList<QByteArray> lines = contentOf(m_fixture->path("effects.csv")).trimmed().split('\n');
    QCOMPARE(static_cast<int>(lines.size()), WindowFixture::Classes + 1);
    for (const QByteArray& line : lines.mid(1))
        QVERIFY2(line.contains(",1. Spot: Fill with mean (of the picture),"), line);
}

void TestExports::arraysSayWhatWasDone()
{
    QVERIFY(edit());
    const int subject = document().currentClass();
    const Decoding::Extent& grid = answer().result().decoding->extent();
    document().setIntervention({subject, {}, {{3, {0, 2}}}, grid.rows, grid.columns});
    QVERIFY(answered());
    const auto arrays = readNpz(toPath(exported(m_fixture->action(Command::ExportArrays), "edited.npz")));
    QCOMPARE(arrays.size(), std::size_t{10});
    const QJsonObject edit = jsonOf(arrays.at("edits"))[0].toObject();
    QCOMPARE(edit["name"].toString(), QString("Spot"));
    QCOMPARE(edit["operation"].toObject()["kind"].toString(), QString("mean-fill"));
    QCOMPARE(edit["mask"].toObject()["picture"].toArray(), (QJsonArray{96, 64}));
    const QJsonObject intervention = jsonOf(arrays.at("intervention")).object();
    QCOMPARE(intervention["class"].toInt(), subject);
    QCOMPARE(intervention["heads"].toArray(), QJsonArray());
    QCOMPARE(intervention["cells"].toObject()["3"].toArray(), (QJsonArray{0, 2}));
}

void TestExports::arraysOfAPictureAsItIsHaveNoMoreThanBefore()
{
    const auto arrays = readNpz(toPath(exported(m_fixture->action(Command::ExportArrays), "plain.npz")));
    QCOMPARE(arrays.size(), std::size_t{8});
    QVERIFY(!arrays.contains("edits") && !arrays.contains("intervention"));
}

void TestExports::mapsHaveThePicturesSize()
{
    QVERIFY(edit());
    const cv::Mat map = cv::imread(exported(result(1), "map.tiff").toStdString(), cv::IMREAD_UNCHANGED);
    QCOMPARE(map.type(), CV_32FC1);
    QCOMPARE((Size{map.cols, map.rows}), Picture);
}

void TestExports::masks()
{
    QVERIFY(edit());
    const QImage mask(exported(result(2), "mask.png"));
    QCOMPARE(mask.size(), QSize(96, 64));
    QCOMPARE(mask.pixelColor(20, 20), QColor(Qt::white));
    QCOMPARE(mask.pixelColor(90, 60), QColor(Qt::black));
    const QJsonObject polygons = QJsonDocument::fromJson(contentOf(exported(result(3), "masks.geojson"))).object();
    QCOMPARE(polygons["type"].toString(), QString("FeatureCollection"));
    QCOMPARE(polygons["features"].toArray().size(), 1);
}

/// Choosing an edit shows its region, and changes no edit.
void TestExports::masksOfAChosenEdit()
{
    QVERIFY(edit());
    document().editor().selectEdit(-1);
    QVERIFY(!result(2)->isEnabled());
    document().editor().selectEdit(0);
    QVERIFY(result(2)->isEnabled());
    const QImage mask(exported(result(2), "chosen.png"));
    QCOMPARE(mask.pixelColor(20, 20), QColor(Qt::white));
}

void TestExports::endingsOfAnotherKind_data()
{
    QTest::addColumn<int>("place");
    QTest::addColumn<QString>("chosen");
    QTest::addColumn<QString>("written");
    QTest::newRow("polygons as PNG") << 3 << "other.png"
                                     << "other.png.geojson";
    QTest::newRow("mask as GeoJSON") << 2 << "other.geojson"
                                     << "other.geojson.png";
    QTest::newRow("no ending") << 3 << "other"
                               << "other.geojson";
    QTest::newRow("a version") << 2 << "mask 1.2"
                               << "mask 1.2.png";
    QTest::newRow("the other of two") << 3 << "other.JSON"
                                      << "other.JSON";
}

void TestExports::endingsOfAnotherKind()
{
    QFETCH(const int, place);
    QFETCH(const QString, chosen);
    QFETCH(const QString, written);
    QVERIFY(edit());
    QVERIFY(!exported(result(place), chosen, written).isEmpty());
    QVERIFY(QFile::exists(m_fixture->path(written)));
    QVERIFY(chosen == written || !QFile::exists(m_fixture->path(chosen)));
}

/// The dialog asks before it replaces what was chosen, not what we make of it.
void TestExports::namesOfNobodyAskedFor()
{
    QVERIFY(edit());
    QFile file(m_fixture->path("kept.geojson"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("mine") == 4);
    file.close();
    QVERIFY(!exported(result(3), "kept", "another ending").isEmpty());
    QCOMPARE(contentOf(file.fileName()), QByteArray("mine"));
}

void TestExports::picturesOfOneNameAreToldApart()
{
    for (const char* folder : {"monarch", "viceroy"}) {
        QVERIFY(QDir(m_fixture->path("")).mkpath(folder));
        QVERIFY(QFile::copy(m_fixture->picture(0), m_fixture->path(QString(folder) + "/0001.png")));
    }
    m_fixture->window().pictures().open(
        {toPath(m_fixture->path("monarch/0001.png")), toPath(m_fixture->path("viceroy/0001.png"))});
    QTRY_COMPARE_WITH_TIMEOUT(answer().explanation().pictureName, QString("monarch/0001.png"), Patience);
    QVERIFY(answered());
    const QString path = exported(m_fixture->action(Command::ExportLogitsCsv), "named.csv");
    QVERIFY(contentOf(path).contains(",monarch/0001.png,"));
    QVERIFY(m_fixture->proposed.last().startsWith("monarch-0001-class"));
}

/// Or one would replace the other.
void TestExports::eachViewHasAFileNameOfItsOwn()
{
    QSet<QString> names;
    int views = 0;
    const auto take = [&](Command command) {
        m_fixture->answers = {m_fixture->path("view.png")};
        m_fixture->action(command)->trigger();
        names += m_fixture->proposed.last();
        ++views;
    };
    take(Command::ExportFigure);
    take(Command::ExportPaperFigure);
    const CentralView& centre = m_fixture->window().centre();
    for (QAction* page : centre.pageActions()) {
        if (!QStringList{"Classes", "Models", "Layers", "Pictures"}.contains(page->text().remove('&')))
            continue;
        page->trigger();
        const auto* shown = qobject_cast<ComparePage*>(centre.currentPage());
        QVERIFY(shown);
        QTRY_VERIFY_WITH_TIMEOUT(shown->matrix(), Patience);
        take(Command::ExportFigure);
    }
    QCOMPARE(views, 6);
    QCOMPARE(names.size(), views);
}

/// Another program has written the file, and the window may not know yet.
void TestExports::whatIsExportedIsOfOneStateOfTheFile()
{
    const QString file = m_fixture->picture(0);
    QVERIFY(QFile::rename(file, m_fixture->path("kept.png")));
    const auto putBack = qScopeGuard([this, file] {
        QFile::remove(file);
        QFile::rename(m_fixture->path("kept.png"), file);
    });
    const ViewResult before = answer().result();
    QVERIFY(QFile::copy(m_fixture->picture(3), file));
    const auto arraysAt = [this](const QString& name) {
        m_fixture->answers = {m_fixture->path(name)};
        m_fixture->action(Command::ExportArrays)->trigger();
        const auto isThere = [this, name] { return QFile::exists(m_fixture->path(name)); };
        return QTest::qWaitFor(isThere, Patience) ? readNpz(toPath(m_fixture->path(name)))
                                                  : std::map<std::string, NpyArray>();
    };
    const auto areOf = [](const std::map<std::string, NpyArray>& arrays, const ViewResult& result) {
        const auto logits = arrays.find("logits"), size = arrays.find("picture_size");
        if (logits == arrays.end() || size == arrays.end())
            return false;
        const auto& expected = result.decoding->logits();
        return logits->second.values == std::vector<double>(expected.begin(), expected.end()) &&
               size->second.values ==
                   std::vector<double>{double(result.shown.picture.height()), double(result.shown.picture.width())};
    };
    QVERIFY(areOf(arraysAt("old.npz"), before));
    QTRY_VERIFY_WITH_TIMEOUT(!answer().isStale() && answer().result().key.picture != before.key.picture, Patience);
    QVERIFY(areOf(arraysAt("new.npz"), answer().result()));
    // A report reads it once more, and leaves out what was taken by hand from maps of other pixels.
    document().setIntervention({document().currentClass(), {1}, {}});
    QTRY_VERIFY_WITH_TIMEOUT(!answer().isStale() && !answer().result().key.intervention.empty(), Patience);
    QVERIFY(QFile::remove(file));
    QVERIFY(QFile::copy(m_fixture->picture(2), file));
    m_fixture->answers = {m_fixture->path("changed.html")};
    report()->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_fixture->path("changed.html")), Patience);
    const QString text = textOfXml(contentOf(m_fixture->path("changed.html")));
    QVERIFY2(!text.contains("without head 2"), qPrintable(text));
    QVERIFY2(text.contains(QString::fromStdString(sha256OfFile(toPath(file)))), qPrintable(text));
}

void TestExports::reportsCoverTheSession()
{
    QVERIFY(edit());
    document().headNotes().write(0, 1, "tail <pattern>");
    document().setCurrentPicture(1);
    QVERIFY(answered());
    document().setLimit({LimitChoice::Kind::Drop, {1, 3}});
    QVERIFY(answered());
    const QString path = exported(report(), "report.html");
    const QByteArray html = contentOf(path);
    const QString text = textOfXml(html);
    for (const QString& told : {QString::fromStdString(document().model()->sha256), QString("picture0.png"),
                                QString("Edits: 1. Spot: Fill with mean (of the picture)"), QString("The prediction "),
                                QString("picture1.png"), QString("limited to 2 of 5 (drop)"),
                                QString("Without the limit: "), QString("tail <pattern>"), QString("Model's input"),
                                QString::fromStdString(sha256OfFile(toPath(m_fixture->picture(0))))})
        QVERIFY2(text.contains(told), qPrintable(told + " is not in " + text));
    QVERIFY(!text.contains("picture2.png")); // nobody looked at it
    QCOMPARE(html.count("<section>"), 4);    // edited; as it is; limited; notes
    QVERIFY(m_fixture->window().statusBar()->findChild<TaskStatus*>()->isHidden());
}

void TestExports::theReportsPageNamesAllThatIsKept()
{
    MainWindow& window = m_fixture->window();
    document().setLimit({LimitChoice::Kind::Drop, {1, 3}});
    QVERIFY(answered());
    document().setLimit({});
    QVERIFY(answered());
    QVERIFY(edit());
    window.show();
    auto* classes = window.findChild<ClassComparison*>();
    window.centre().showPage(classes);
    QTRY_VERIFY_WITH_TIMEOUT(classes->matrix().has_value(), Patience);
    auto* controls = window.findChild<ControlsPanel*>();
    controls->setChoices({3, "anywhere", ControlMeasure::Logit});
    controls->start();
    QTRY_VERIFY_WITH_TIMEOUT(!controls->result().isEmpty(), Patience);
    auto* page = window.findChild<ReportPage*>();
    window.centre().showPage(page);
    const auto rows = [page] {
        QStringList lines;
        const auto* items = page->findChild<QTreeWidget*>();
        for (int row = 0; row < items->topLevelItemCount(); ++row) {
            QStringList cells;
            for (int column = 0; column < items->columnCount(); ++column)
                cells += items->topLevelItem(row)->text(column);
            lines += cells.join('|');
        }
        return lines;
    };
    QTRY_COMPARE(rows().size(), 4);
    QVERIFY2(rows()[0].startsWith("View|picture0.png|") && rows()[0].endsWith("|none|1|as shown"),
             qPrintable(rows()[0]));
    QVERIFY2(rows()[1].startsWith("Limited view|picture0.png|") && rows()[1].contains("before its last edit"),
             qPrintable(rows()[1]));
    QVERIFY2(rows()[2].startsWith("Comparison: Classes|"), qPrintable(rows()[2]));
    QVERIFY2(rows()[3].startsWith("Controls|picture0.png: Spot: Fill") && rows()[3].endsWith("as it is"),
             qPrintable(rows()[3]));
    document().setLimit({LimitChoice::Kind::Zero, {1, 3}});
    QVERIFY(answered());
    QTRY_VERIFY2(rows().join('\n').contains("out of date: the limit"), qPrintable(rows().join('\n')));
    // The limited view as it is edited now, and everything in one file.
    const QString text = textOfXml(contentOf(exported(report(), "all.html")));
    for (const char* told :
         {"picture0.png, limited to 2 of 5 (drop)", "Classes in picture0.png", "Controls: picture0.png",
          "cannot show less than p = 0.250", "out of date: the limit of the classes has changed."})
        QVERIFY2(text.contains(told), qPrintable(QString(told) + " is not in " + text));
}

void TestExports::aReportOfAnEmptyWindowSaysSo()
{
    m_fixture->restart();
    auto* page = m_fixture->window().findChild<ReportPage*>();
    m_fixture->window().show();
    m_fixture->window().centre().showPage(page);
    const auto says = [page](const QString& text) {
        const auto labels = page->findChildren<QLabel*>();
        return std::ranges::any_of(labels, [&](const QLabel* label) { return label->text().contains(text); });
    };
    QTRY_VERIFY(says("There is nothing yet"));
    QVERIFY(m_fixture->openAll());
    QTRY_VERIFY(says("The report holds 1 view"));
}

QTEST_MAIN(TestExports)
#include "test_exports.moc"

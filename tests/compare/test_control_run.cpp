// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include <QComboBox>
#include <QImage>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/formula_checkpoint.h"
#include "ui/compare/control_run.h"
#include "ui/compare/control_study.h"
#include "ui/compare/controls_panel.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/engine/paths.h"

using namespace ocellus;

namespace {

constexpr int patience = 60'000;

Mask rectangle(const PixelBox& box)
{
    return {{96, 64}, box, std::vector<std::uint8_t>(box.area(), 255)};
}

} // namespace

/// An edit among its controls, with a small model.
class TestControlRun : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { m_controller = std::make_unique<EngineController>(); }
    void cleanup() { m_controller.reset(); }
    void failuresAreTold_data();
    void failuresAreTold();
    void setsTheEditAmongControls();
    void othersEditsStay();
    void placesCanRunShort();
    void cancelTellsNothingMore();
    void studyFollowsTheDocument();
    void studyKeepsWhatItFoundOfEachPicture();
    void studyKeepsModelsApart_data();
    void studyKeepsModelsApart();

private:
    ControlRun::Request request(const EditList& edits, std::size_t edit = 0) const;

    QTemporaryDir m_folder;
    std::unique_ptr<EngineController> m_controller;
};

void TestControlRun::initTestCase()
{
    writeFormulaCheckpoint(toPath(m_folder.filePath("small.safetensors")), smallConfig(5));
    writeFormulaCheckpoint(toPath(m_folder.filePath("another.safetensors")), smallConfig(7));
    QImage image(96, 64, QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            image.setPixel(x, y, qRgb(x * 7 % 256, y * 5 % 256, x * y % 256));
    QVERIFY(image.save(m_folder.filePath("picture.png")));
}

ControlRun::Request TestControlRun::request(const EditList& edits, std::size_t edit) const
{
    ControlRun::Request request;
    request.view.engine.device = "cpu";
    request.view.checkpoint = toPath(m_folder.filePath("small.safetensors"));
    request.view.picture = toPath(m_folder.filePath("picture.png"));
    request.view.preprocess.shortSide = 64;
    request.view.preprocess.longSide = 128;
    request.view.edits = edits;
    request.edit = edit;
    request.count = 4;
    request.place = ControlRun::Place::Anywhere;
    return request;
}

void TestControlRun::failuresAreTold_data()
{
    QTest::addColumn<QString>("what");
    QTest::newRow("no picture") << "picture";
    QTest::newRow("an edit of the whole picture") << "mask";
    QTest::newRow("a mask of another size") << "animal";
    QTest::newRow("no such class") << "class";
}

void TestControlRun::failuresAreTold()
{
    QFETCH(QString, what);
    ControlRun::Request wanted = request({{"", rectangle({10, 10, 8, 8}), MeanFill{}}});
    ViewRequest open = wanted.view;
    if (what == "picture")
        wanted.view.picture = "/nowhere/picture.png";
    else if (what == "mask")
        wanted.view.edits = {{"", Mask(), Contrast{2}}};
    else if (what == "class")
        wanted.classIndex = 9;
    else
        wanted.place = ControlRun::Place::Mask, wanted.animal = Mask::whole({5, 5});
    QSignalSpy ready(m_controller.get(), &EngineController::viewReady);
    m_controller->request(open);
    QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, patience);
    ControlRun run(*m_controller);
    QSignalSpy failed(&run, &ControlRun::failed);
    const QSignalSpy finished(&run, &ControlRun::finished);
    run.start(wanted);
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, patience);
    QVERIFY(!failed[0][0].value<Failure>().detail.isEmpty());
    QVERIFY(!run.isRunning());
    QCOMPARE(finished.count(), 0);
}

void TestControlRun::setsTheEditAmongControls()
{
    const ControlRun::Request wanted = request({{"", rectangle({10, 10, 8, 8}), MeanFill{}}});
    QSignalSpy ready(m_controller.get(), &EngineController::viewReady);
    m_controller->request(wanted.view);
    QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, patience);
    const auto shown = ready[0][0].value<ViewResult>();

    ControlRun run(*m_controller);
    std::optional<ControlRun::Found> found;
    connect(&run, &ControlRun::finished, this, [&](const ControlRun::Found& result) { found = result; });
    const QSignalSpy progressed(&run, &ControlRun::progressed);
    run.start(wanted);
    QVERIFY(run.isRunning());
    QTRY_VERIFY_WITH_TIMEOUT(found.has_value(), patience);
    QVERIFY(!run.isRunning());
    QCOMPARE(progressed.count(), 4);
    QCOMPARE(found->result.controls.size(), std::size_t{4});
    QCOMPARE(found->result.asked, 4);
    QVERIFY(found->result.shortfall.isEmpty());
    // The same numbers as the window shows.
    const auto& before = *shown.before;
    QCOMPARE(found->classIndex, before.classes()[static_cast<std::size_t>(before.ranking().front())]);
    const ClassStanding change =
        changeOf(standingOf(before, found->classIndex), standingOf(*shown.decoding, found->classIndex));
    QVERIFY(std::abs(found->result.change.logit - change.logit) < 1e-4);
    QVERIFY(std::abs(found->result.change.margin - change.margin) < 1e-4);
    for (const ControlOutcome& control : found->result.controls) {
        QVERIFY(control.change.logit != 0);
        QVERIFY(!control.thumbnail.isNull());
    }
}

void TestControlRun::othersEditsStay()
{
    const EditList edits{{"first", rectangle({60, 30, 20, 20}), MeanFill{}},
                         {"second", rectangle({10, 10, 8, 8}), MeanFill{}}};
    ControlRun::Request wanted = request(edits, 1);
    wanted.classIndex = 2;
    QSignalSpy ready(m_controller.get(), &EngineController::viewReady);
    wanted.view.edits = {edits[0]};
    m_controller->request(wanted.view);
    QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, patience);
    const auto first = ready[0][0].value<ViewResult>();
    wanted.view.edits = edits;
    ControlRun run(*m_controller);
    std::optional<ControlRun::Found> found;
    connect(&run, &ControlRun::finished, this, [&](const ControlRun::Found& result) { found = result; });
    run.start(wanted);
    QTRY_VERIFY_WITH_TIMEOUT(found.has_value(), patience);
    QCOMPARE(found->classIndex, 2);
    QVERIFY(std::abs(found->result.before.logit - static_cast<double>(first.decoding->logit(2))) < 1e-4);
}

void TestControlRun::placesCanRunShort()
{
    const ControlRun::Request wanted = request({{"", rectangle({1, 1, 94, 62}), MeanFill{}}});
    QSignalSpy ready(m_controller.get(), &EngineController::viewReady);
    m_controller->request(wanted.view);
    QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, patience);
    ControlRun run(*m_controller);
    std::optional<ControlRun::Found> found;
    connect(&run, &ControlRun::finished, this, [&](const ControlRun::Found& result) { found = result; });
    run.start(wanted);
    QTRY_VERIFY_WITH_TIMEOUT(found.has_value(), patience);
    QVERIFY(found->result.controls.empty());
    QVERIFY(!found->result.shortfall.isEmpty());
}

void TestControlRun::cancelTellsNothingMore()
{
    const ControlRun::Request wanted = request({{"", rectangle({10, 10, 8, 8}), MeanFill{}}});
    QSignalSpy ready(m_controller.get(), &EngineController::viewReady);
    m_controller->request(wanted.view);
    QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, patience);
    ControlRun run(*m_controller);
    const QSignalSpy finished(&run, &ControlRun::finished);
    const QSignalSpy failed(&run, &ControlRun::failed);
    const QSignalSpy cancelled(&run, &ControlRun::cancelled);
    run.cancel();
    QCOMPARE(cancelled.count(), 0);
    run.start(wanted);
    run.cancel();
    QCOMPARE(cancelled.count(), 1);
    QVERIFY(!run.isRunning());
    run.start(wanted);
    run.start(wanted); // the first is forgotten
    QCOMPARE(cancelled.count(), 2);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, patience);
    QCOMPARE(failed.count(), 0);
}

void TestControlRun::studyFollowsTheDocument()
{
    Settings settings(m_folder.filePath("settings.ini"));
    settings.setValue(Setting::ShortSide, 64);
    settings.setValue(Setting::LongSide, 128);
    Document document(settings);
    LiveAnswer answer(document, settings, *m_controller);
    ControlsPanel panel;
    const ControlStudy study(document, answer, panel);
    auto* start = panel.findChild<QPushButton*>();
    QVERIFY(!start->isEnabled());
    const QSignalSpy shown(&answer, &LiveAnswer::resultChanged);
    document.openCheckpoint(toPath(m_folder.filePath("small.safetensors")));
    document.addPictures({{toPath(m_folder.filePath("picture.png")), "picture.png", {}}});
    QTRY_VERIFY_WITH_TIMEOUT(answer.result().decoding && !answer.isBusy(), patience);
    QVERIFY(!start->isEnabled()); // nothing is edited
    document.editor().addEdit({"whole", Mask(), Contrast{1.5}});
    QVERIFY(!start->isEnabled());
    document.editor().selectEdit(-1);
    document.editor().setActiveMask("Select", rectangle({10, 10, 8, 8}));
    document.editor().addEdit({"spot", Mask(), MeanFill{}});
    QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled() && !answer.isStale(), patience);
    panel.findChild<QSpinBox*>()->setValue(2);
    panel.findChild<QComboBox*>()->setCurrentIndex(1);
    start->click();
    QVERIFY(!start->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(!panel.result().isEmpty(), patience);
    QCOMPARE(panel.result().controls.size(), std::size_t{2});
    QVERIFY(panel.result().edit.startsWith("spot: "));
    QCOMPARE(panel.result().place, QString("anywhere"));
    QCOMPARE(panel.result().picture, QString("picture.png"));
    QVERIFY2(panel.result().others.contains("whole"), qPrintable(panel.result().others));
    QCOMPARE(panel.outOfDate(), QString());
    // Another state of the picture, and back.
    document.editor().eraseEdit(0);
    QVERIFY2(panel.outOfDate().contains("edits"), qPrintable(panel.outOfDate()));
    QVERIFY(!panel.result().isEmpty());
    document.editor().undo();
    QCOMPARE(panel.outOfDate(), QString());
    document.setLimit({LimitChoice::Kind::Zero, {1, 2}});
    QVERIFY2(panel.outOfDate().contains("limit"), qPrintable(panel.outOfDate()));
    document.setLimit({});
    QCOMPARE(panel.outOfDate(), QString());
    // Another picture, and back.
    QVERIFY(QFile::copy(m_folder.filePath("picture.png"), m_folder.filePath("other.png")));
    document.addPictures({{toPath(m_folder.filePath("other.png")), "other.png", {}}});
    QVERIFY2(panel.outOfDate().contains("another picture"), qPrintable(panel.outOfDate()));
    QTRY_VERIFY_WITH_TIMEOUT(!answer.isStale(), patience);
    document.setCurrentPicture(0);
    QTRY_VERIFY_WITH_TIMEOUT(!answer.isStale(), patience);
    QCOMPARE(panel.outOfDate(), QString());
    // A run that is under way ends, with a word, when its edit is another; what was found before stays.
    QSignalSpy noticed(&study, &ControlStudy::noticed);
    start->click();
    QVERIFY(!panel.result().isEmpty());
    document.editor().eraseEdit(0);
    QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), patience);
    QCOMPARE(noticed.count(), 1);
    QVERIFY(noticed.first().first().toString().contains("picture.png"));
    QTRY_VERIFY_WITH_TIMEOUT(!answer.isStale(), patience);
    QCOMPARE(panel.result().picture, QString("picture.png"));
    QVERIFY(panel.outOfDate().contains("edits"));
    document.editor().undo();
    QTRY_VERIFY_WITH_TIMEOUT(!answer.isStale(), patience);
    QCOMPARE(panel.outOfDate(), QString());
}

/// Each picture's are shown when one comes back to it, stand in the report, and come out of a session's file.
void TestControlRun::studyKeepsWhatItFoundOfEachPicture()
{
    Settings settings(m_folder.filePath("each.ini"));
    settings.setValue(Setting::ShortSide, 64);
    settings.setValue(Setting::LongSide, 128);
    Document document(settings);
    LiveAnswer answer(document, settings, *m_controller);
    ControlsPanel panel;
    ControlStudy study(document, answer, panel);
    auto* start = panel.findChild<QPushButton*>();
    panel.findChild<QSpinBox*>()->setValue(2);
    panel.findChild<QComboBox*>()->setCurrentIndex(1);
    document.openCheckpoint(toPath(m_folder.filePath("small.safetensors")));
    QFile::remove(m_folder.filePath("second.png"));
    QVERIFY(QFile::copy(m_folder.filePath("picture.png"), m_folder.filePath("second.png")));
    document.addPictures({{toPath(m_folder.filePath("picture.png")), "picture.png", {}},
                          {toPath(m_folder.filePath("second.png")), "second.png", {}}});
    for (const int row : {0, 1}) {
        document.setCurrentPicture(row);
        document.editor().addEdit({"spot", rectangle({10 + row, 10, 8, 8}), MeanFill{}});
        QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled() && !answer.isStale(), patience);
        start->click();
        if (row == 0) { // goes on for its own picture
            document.setCurrentPicture(1);
            QVERIFY(!start->isEnabled());
        }
        QTRY_VERIFY_WITH_TIMEOUT(study.known().size() == static_cast<std::size_t>(row + 1), patience);
    }
    QTRY_VERIFY_WITH_TIMEOUT(!answer.isStale(), patience);
    for (const auto& known : study.known())
        QCOMPARE(known.outOfDate, QString());
    const auto showsEach = [&] {
        for (const int row : {0, 1, 0}) {
            document.setCurrentPicture(row);
            QTRY_VERIFY_WITH_TIMEOUT(!answer.isStale(), patience);
            QCOMPARE(panel.outOfDate(), QString());
            QCOMPARE(panel.result().picture, QString(row == 0 ? "picture.png" : "second.png"));
        }
    };
    showsEach();
    const std::string kept = study.kept();
    study.restore({});
    QVERIFY(study.known().empty() && panel.result().isEmpty());
    study.restore(kept);
    QCOMPARE(study.known().size(), std::size_t{2});
    showsEach();

    // What was drawn of an edit that has gone makes room for what is drawn of its picture now.
    document.editor().eraseEdit(0);
    document.editor().addEdit({"corner", rectangle({20, 12, 6, 6}), MeanFill{}});
    QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled() && !answer.isStale(), patience);
    start->click();
    QTRY_VERIFY_WITH_TIMEOUT(panel.result().edit.startsWith("corner"), patience);
    QCOMPARE(study.known().size(), std::size_t{2});
}

void TestControlRun::studyKeepsModelsApart_data()
{
    QTest::addColumn<bool>("givenUp");
    QTest::newRow("the other one comes") << false;
    QTest::newRow("the other one is given up") << true;
}

/// Started while another model is on its way: what is told is of the one that was open, or nothing is.
void TestControlRun::studyKeepsModelsApart()
{
    QFETCH(const bool, givenUp);
    Settings settings(m_folder.filePath("apart.ini"));
    settings.setValue(Setting::ShortSide, 64);
    settings.setValue(Setting::LongSide, 128);
    Document document(settings);
    LiveAnswer answer(document, settings, *m_controller);
    ControlsPanel panel;
    const ControlStudy study(document, answer, panel);
    const QSignalSpy failed(&study, &ControlStudy::failed);
    auto* start = panel.findChild<QPushButton*>();
    document.openCheckpoint(toPath(m_folder.filePath("small.safetensors")));
    document.addPictures({{toPath(m_folder.filePath("picture.png")), "picture.png", {}}});
    QTRY_VERIFY_WITH_TIMEOUT(answer.result().decoding && !answer.isBusy(), patience);
    document.editor().addEdit({"spot", rectangle({10, 10, 8, 8}), MeanFill{}});
    QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled() && !answer.isStale(), patience);
    const std::string hash = document.model()->sha256;
    panel.findChild<QSpinBox*>()->setValue(2);
    panel.findChild<QComboBox*>()->setCurrentIndex(1);
    document.openCheckpoint(toPath(m_folder.filePath("another.safetensors")));
    start->click();
    if (givenUp) {
        answer.cancel();
        QTRY_VERIFY_WITH_TIMEOUT(!panel.result().isEmpty(), patience);
        QCOMPARE(panel.outOfDate(), QString());
        QVERIFY2(panel.result().caption.contains("small.safetensors"), qPrintable(panel.result().caption));
        QVERIFY(panel.result().classIndex < 5);
        QCOMPARE(document.model()->sha256, hash);
    } else {
        QTRY_VERIFY_WITH_TIMEOUT(document.model()->sha256 != hash && !answer.isStale(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), patience); // nothing runs
        QVERIFY(panel.result().isEmpty());
    }
    QCOMPARE(failed.count(), 0);
}

QTEST_MAIN(TestControlRun)
#include "test_control_run.moc"

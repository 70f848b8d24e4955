// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QAbstractItemModel>
#include <QComboBox>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>
#include <QtTest>

#include "core/base/error.h"
#include "tests/figures/synthetic_explanation.h"
#include "ui/compare/before_after_pair.h"
#include "ui/compare/control_plot_widget.h"
#include "ui/compare/controls_panel.h"
#include "ui/compare/effects_panel.h"
#include "ui/compare/lazy_refresh.h"
#include "ui/compare/logit_change_plot.h"
#include "ui/figures/class_links.h"
#include "ui/figures/control_text.h"
#include "ui/figures/figure_writer.h"
#include "ui/widgets/class_text.h"

using namespace ocellus;

namespace {

const QStringList names{"A", "B", "C", "D", "E"};

/// After: class 1 has become the best, and the picture is of another colour in its left half.
EditComparison comparison(QSize after = {500, 375})
{
    Explanation before = test::syntheticExplanation();
    before.picture.fill(Qt::white);
    Explanation edited = before;
    edited.picture = QImage(after, QImage::Format_RGB32);
    edited.picture.fill(Qt::black);
    const Decoding& from = *before.decoding;
    Decoding::Arrays arrays;
    arrays.logits = {0.5F, 9.0F, 2.5F, 3.5F, 4.25F};
    arrays.outputs.resize(20);
    arrays.maps = test::syntheticMaps({}, 5);
    edited.decoding = std::make_shared<const Decoding>(ContentKey{3, 4}, QuerySet{}, from.extent(),
                                                       std::vector{0, 1, 2, 3, 4}, arrays);
    return editComparison(before, edited, {}, Mask::whole({500, 375}), names);
}

ControlResult controls()
{
    ControlResult result;
    result.className = "A <b>";
    result.edit = "spot: Blur (deviation 2 px)";
    result.place = "anywhere";
    result.asked = 20;
    result.change = {-2, -0.5, -3};
    for (const double change : {0.1, -0.2, 2.0, 0.5})
        result.controls.push_back({{change, change / 10, change}, QImage(8, 8, QImage::Format_RGB32)});
    return result;
}

QColor middleOf(QWidget& widget, double share)
{
    const QImage image = widget.grab().toImage();
    return image.pixelColor(static_cast<int>(image.width() * share), image.height() / 2);
}

QString cell(QTableView* table, int row, int column)
{
    return table->model()->index(row, column).data().toString();
}

} // namespace

/// What shows edits and their effects, by values alone.
class TestEditViews : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void nothingToShow();
    void picturesOfTwoSizesLieSideBySide();
    void dividerSplitsThePictures();
    void dividerFollowsKeysAndMouse();
    void keysAreHeld();
    void blinksInTurn();
    void doubleClickGoesToThePixelsAndBack();
    void loupeSeesTheSideUnderTheMouse();
    void namesInTextsAreLinks_data();
    void namesInTextsAreLinks();
    void aClickOnANameChoosesIt();
    void effectsInTables();
    void tablesSortByNumbers();
    void effectsAreExported();
    void plotTellsFlips();
    void controlsNeedAnEdit();
    void controlsAskForMasks();
    void controlsShowWhereTheEditFalls();
    void controlsSayWhatTheyCannotShow_data();
    void controlsSayWhatTheyCannotShow();
    void controlsSayWhatTheyAreOf();
    void controlsSayWhatIsShort();
    void controlsAreExported();
    void runningCanOnlyBeCancelled();
    void refreshWaitsUntilVisible();
};

void TestEditViews::nothingToShow()
{
    PicturePair pictures;
    pictures.setPair(beforeAfterPair({}, {}, 0));
    QVERIFY(!pictures.canSwipe());
    QVERIFY(!pictures.grab().isNull());
    QTest::keyClick(&pictures, Qt::Key_F);
    QTest::keyClick(&pictures, Qt::Key_Plus);
    EffectsPanel panel;
    panel.setComparison({});
    QVERIFY(panel.classTable()->model()->rowCount() == 0);
    LogitChangePlot plot;
    plot.setComparison({});
    QVERIFY(plot.accessibleDescription().isEmpty());
    ControlsPanel controls;
    QVERIFY_EXCEPTION_THROWN(controlFigure(controls.result(), ControlMeasure::Logit), Error);
}

void TestEditViews::picturesOfTwoSizesLieSideBySide()
{
    PicturePair pictures;
    pictures.resize(600, 200);
    const EditComparison cropped = comparison({100, 300});
    pictures.setPair(beforeAfterPair(cropped, {}, 0));
    pictures.setArrangement(PicturePair::Arrangement::Swipe);
    QVERIFY(!pictures.canSwipe());
    QCOMPARE(middleOf(pictures, 0.25), QColor(Qt::white));
    QCOMPARE(middleOf(pictures, 0.75), QColor(Qt::black));
}

void TestEditViews::dividerSplitsThePictures()
{
    PicturePair pictures;
    pictures.resize(500, 400);
    EditComparison edited = comparison();
    edited.before.style.overlay = edited.after.style.overlay = OverlayRule::Flat; // seen wherever one looks
    pictures.setPair(beforeAfterPair(edited, editMatrix(edited.before, edited.after), 0));
    pictures.setMapsVisible(false);
    QCOMPARE(middleOf(pictures, 0.15), QColor(Qt::white));
    QCOMPARE(middleOf(pictures, 0.5), QColor(Qt::black));
    QCOMPARE(middleOf(pictures, 0.85), QColor(1, 1, 1)); // half of all that was there is gone
    pictures.setArrangement(PicturePair::Arrangement::Swipe);
    QCOMPARE(middleOf(pictures, 0.3), QColor(Qt::white));
    QCOMPARE(middleOf(pictures, 0.7), QColor(Qt::black));
    pictures.setDivider(0.2);
    QCOMPARE(middleOf(pictures, 0.3), QColor(Qt::black));
    pictures.setMapsVisible(true);
    QVERIFY(middleOf(pictures, 0.7) != QColor(Qt::black));
}

void TestEditViews::dividerFollowsKeysAndMouse()
{
    PicturePair pictures;
    pictures.resize(500, 400);
    pictures.setPair(beforeAfterPair(comparison(), {}, 0));
    QSignalSpy moved(&pictures, &PicturePair::dividerMoved);
    QTest::keyClick(&pictures, Qt::Key_Left);
    QCOMPARE(moved.count(), 0); // side by side there is none
    pictures.setArrangement(PicturePair::Arrangement::Swipe);
    QTest::keyClick(&pictures, Qt::Key_Left);
    QCOMPARE(pictures.divider(), 0.48);
    QTest::keyClick(&pictures, Qt::Key_Home);
    QTest::keyClick(&pictures, Qt::Key_Left);
    QCOMPARE(pictures.divider(), 0.0);
    QTest::keyClick(&pictures, Qt::Key_End);
    QCOMPARE(pictures.divider(), 1.0);
    QTest::mousePress(&pictures, Qt::LeftButton, {}, {125, 200});
    QCOMPARE(pictures.divider(), 0.25);
    QTest::mouseMove(&pictures, {250, 200});
    QTest::mouseRelease(&pictures, Qt::LeftButton, {}, {250, 200});
    QVERIFY(moved.count() >= 5);
}

void TestEditViews::keysAreHeld()
{
    PicturePair pictures;
    pictures.resize(500, 400);
    pictures.setPair(beforeAfterPair(comparison(), {}, 0));
    pictures.linked().setBeforeShown(true);
    QCOMPARE(middleOf(pictures, 0.5), QColor(Qt::white));
    pictures.linked().setBeforeShown(false);
    QCOMPARE(middleOf(pictures, 0.5), QColor(Qt::black));
    pictures.linked().setOverlayVisible(false);
    QVERIFY(!pictures.areMapsVisible());
    pictures.linked().setOverlayVisible(true);
    QVERIFY(pictures.areMapsVisible());
    pictures.setMapsVisible(false); // by the button: it stays
    pictures.linked().setOverlayVisible(true);
    QVERIFY(!pictures.areMapsVisible());
}

void TestEditViews::blinksInTurn()
{
    PicturePair pictures;
    pictures.resize(500, 400);
    pictures.setPair(beforeAfterPair(comparison(), {}, 0));
    pictures.setArrangement(PicturePair::Arrangement::Blink);
    QCOMPARE(middleOf(pictures, 0.5), QColor(Qt::black));
    pictures.show();
    QTRY_VERIFY(pictures.isFirstsTurn());
    QCOMPARE(middleOf(pictures, 0.5), QColor(Qt::white));
    QTRY_VERIFY(!pictures.isFirstsTurn());
    pictures.setPair(beforeAfterPair(comparison({100, 300}), {}, 0)); // of two sizes: side by side
    QVERIFY(!pictures.isFirstsTurn());
}

void TestEditViews::doubleClickGoesToThePixelsAndBack()
{
    PicturePair pictures;
    pictures.resize(900, 400);
    pictures.setPair(beforeAfterPair(comparison(), {}, 0));
    QTest::mouseDClick(&pictures, Qt::LeftButton, {}, {450, 200});
    QVERIFY(pictures.linked().transform().zoom() > 3);
    QTest::mouseDClick(&pictures, Qt::LeftButton, {}, {450, 200});
    QCOMPARE(pictures.linked().transform().zoom(), 1.0);
}

void TestEditViews::loupeSeesTheSideUnderTheMouse()
{
    PicturePair pictures;
    pictures.resize(900, 400);
    QVERIFY(!pictures.sightAt({450, 200}));
    pictures.setPair(beforeAfterPair(comparison(), {}, 0));
    const auto colourAt = [&](double x) { return pictures.sightAt({x, 200})->picture.pixelColor(0, 0); };
    QVERIFY(!pictures.sightAt({450, 2})); // a caption
    QCOMPARE(colourAt(150), QColor(Qt::white));
    QCOMPARE(colourAt(450), QColor(Qt::black));
    QCOMPARE(colourAt(750), QColor(Qt::black)); // the difference
    pictures.setArrangement(PicturePair::Arrangement::Swipe);
    QCOMPARE(colourAt(300), QColor(Qt::white));
    QCOMPARE(colourAt(600), QColor(Qt::black));
    pictures.linked().setBeforeShown(true);
    QCOMPARE(colourAt(600), QColor(Qt::white));
}

void TestEditViews::namesInTextsAreLinks_data()
{
    QTest::addColumn<QString>("marked");
    QTest::addColumn<QString>("html");
    QTest::newRow("nothing") << QString() << QString();
    QTest::newRow("no name") << markedClass(2, {}) << QString();
    QTest::newRow("no class") << markedClass(-1, "A") << "A";
    QTest::newRow("a name that is a number") << "0.3 of " + markedClass(3, "3") << "0.3 of <a href=\"3\">3</a>";
    QTest::newRow("a hostile name") << markedClass(0, "<b>\"%1 & %2") << "<a href=\"0\">&lt;b&gt;&quot;%1 &amp; %2</a>";
    QTest::newRow("one name in another") << markedClass(1, "Owl") + ", " + markedClass(2, "Owlet")
                                         << "<a href=\"1\">Owl</a>, <a href=\"2\">Owlet</a>";
}

void TestEditViews::namesInTextsAreLinks()
{
    QFETCH(const QString, marked);
    QFETCH(const QString, html);
    QCOMPARE(withClassLinks(marked), html);
}

void TestEditViews::aClickOnANameChoosesIt()
{
    EffectsPanel panel;
    panel.setComparison(comparison());
    QSignalSpy chosen(&panel, &EffectsPanel::classChosen);
    emit panel.findChild<ClassText*>()->linkActivated("1");
    QCOMPARE(chosen.value(0).value(0).toInt(), 1);
    QVERIFY(panel.findChild<ClassText*>()->text().contains("<a href=\"1\">B</a>"));
    ControlsPanel controlsPanel;
    ControlResult result = controls();
    result.classIndex = 0;
    controlsPanel.setResult(result);
    QSignalSpy named(&controlsPanel, &ControlsPanel::classChosen);
    emit controlsPanel.findChild<ClassText*>()->linkActivated("0");
    QCOMPARE(named.value(0).value(0).toInt(), 0);
    QVERIFY(controlsPanel.sentence().contains("logit of A <b> by"));
}

void TestEditViews::effectsInTables()
{
    EffectsPanel panel;
    panel.setComparison(comparison());
    QCOMPARE(panel.verdictText(), QString("The prediction changes from E to B."));
    QCOMPARE(panel.classTable()->model()->rowCount(), 5);
    QCOMPARE(cell(panel.classTable(), 0, 0), QString("E"));
    QCOMPARE(cell(panel.classTable(), 0, 2), QString("4.50"));
    QCOMPARE(cell(panel.classTable(), 0, 1), QString::fromUtf8("−0.25"));
    QCOMPARE(cell(panel.classTable(), 0, 7), QString("+1"));
    QCOMPARE(panel.headTable()->model()->rowCount(), 9);
    QCOMPARE(cell(panel.headTable(), 8, 0), QString("Mean"));
    QCOMPARE(cell(panel.headTable(), 0, 1), QString("0.000"));
    QCOMPARE(cell(panel.headTable(), 0, 2), QString("1.000"));
    EditComparison without = comparison();
    without.maps.front().inMaskAfter.reset();
    panel.setComparison(without);
    QCOMPARE(cell(panel.headTable(), 0, 3), QString::fromUtf8("–"));
    QCOMPARE(cell(panel.headTable(), 0, 4), QString::fromUtf8("–"));
}

void TestEditViews::tablesSortByNumbers()
{
    EffectsPanel panel;
    panel.setComparison(comparison());
    panel.classTable()->sortByColumn(1, Qt::DescendingOrder);
    QCOMPARE(cell(panel.classTable(), 0, 0), QString("B"));
    QCOMPARE(cell(panel.classTable(), 4, 0), QString("E"));
    panel.classTable()->sortByColumn(2, Qt::AscendingOrder);
    QCOMPARE(cell(panel.classTable(), 0, 0), QString("A"));
}

void TestEditViews::effectsAreExported()
{
    EffectsPanel panel;
    panel.setComparison(comparison());
    QSignalSpy wanted(&panel, &EffectsPanel::exportRequested);
    panel.findChild<QPushButton*>()->click();
    QCOMPARE(wanted.count(), 1);
    QVERIFY(wanted[0][1].value<std::string>().starts_with("class,name,"));
    panel.findChild<QTabWidget*>()->setCurrentWidget(panel.headTable());
    panel.findChild<QPushButton*>()->click();
    QVERIFY(wanted[1][1].value<std::string>().starts_with("head,js_distance,"));
}

void TestEditViews::plotTellsFlips()
{
    LogitChangePlot plot;
    plot.resize(400, 300);
    plot.setComparison(comparison());
    const QStringList told = plot.accessibleDescription().split("; ");
    QCOMPARE(told.size(), 5);
    QCOMPARE(told[0], QString::fromUtf8("B: +7.50 · rank 4 → 1 · now first"));
    QCOMPARE(told[1], QString::fromUtf8("E: −0.25 · rank 1 → 2 · was first"));
    EditComparison broken = comparison();
    broken.classes.classes[0].logitAfter = std::nanf("");
    plot.setComparison(broken);
    QCOMPARE(plot.accessibleDescription().split("; ").size(), 4);
    QVERIFY(!plot.grab().isNull());
}

void TestEditViews::controlsNeedAnEdit()
{
    ControlsPanel panel;
    QSignalSpy started(&panel, &ControlsPanel::startRequested);
    auto* start = panel.findChild<QPushButton*>();
    panel.setEdit({}, "Nothing is edited.");
    start->click();
    QCOMPARE(started.count(), 0);
    panel.setEdit("Blur (deviation 2 px)", {});
    start->click();
    QCOMPARE(started.count(), 1);
    QCOMPARE(panel.count(), 20);
}

void TestEditViews::controlsAskForMasks()
{
    ControlsPanel panel;
    auto* places = panel.findChild<QComboBox*>();
    QVERIFY(panel.place() == ControlRun::Place::EstimatedAnimal);
    panel.setMasks({{"body\n%1", Mask::whole({3, 3})}, {"wing", Mask::whole({2, 2})}});
    QCOMPARE(places->count(), 4);
    places->setCurrentIndex(1);
    QVERIFY(panel.place() == ControlRun::Place::Anywhere);
    QCOMPARE(panel.placeText(), QString("anywhere"));
    places->setCurrentIndex(3);
    QVERIFY(panel.place() == ControlRun::Place::Mask);
    QVERIFY(panel.animal() == Mask::whole({2, 2}));
    panel.setMasks({{"wing", Mask::whole({5, 5})}}); // the same name stays chosen
    QVERIFY(panel.animal() == Mask::whole({5, 5}));
    panel.setMasks({});
    QVERIFY(panel.place() == ControlRun::Place::EstimatedAnimal);
    QVERIFY(panel.animal().isNone());
}

void TestEditViews::controlsShowWhereTheEditFalls()
{
    ControlsPanel panel;
    panel.setResult(controls());
    QCOMPARE(panel.sentence(),
             QString::fromUtf8("The edit changes the logit of A <b> by −2.000. 1 of 4 control edits "
                               "change it as much or more: p = (1 + 1) / (4 + 1) = 0.400. 4 control(s) cannot "
                               "show less than p = 0.200, whatever the edit does; 19 or more can "
                               "show 0.05."));
    panel.findChildren<QComboBox*>()[1]->setCurrentIndex(2);
    QVERIFY(panel.sentence().contains("p = (1 + 0) / (4 + 1) = 0.200"));
    panel.resize(400, 600);
    QVERIFY(!panel.grab().isNull());
}

void TestEditViews::controlsSayWhatTheyCannotShow_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("said");
    QTest::newRow("one") << 1 << "cannot show less than p = 0.500";
    QTest::newRow("three") << 3 << "cannot show less than p = 0.250";
    QTest::newRow("one too few") << 18 << "cannot show less than p = 0.053";
    QTest::newRow("just enough") << 19 << "";
    QTest::newRow("many") << 1000 << "";
}

void TestEditViews::controlsSayWhatTheyCannotShow()
{
    QFETCH(int, count);
    QFETCH(QString, said);
    QVERIFY2(fewControlsText(static_cast<std::size_t>(count)).contains(said), qPrintable(said));
    ControlResult result = controls();
    result.controls.assign(static_cast<std::size_t>(count), result.controls.front());
    ControlsPanel panel;
    panel.findChild<QSpinBox*>()->setValue(count);
    panel.setResult(result);
    QCOMPARE(panel.sentence().contains("cannot show"), !said.isEmpty());
    QVERIFY2(panel.sentence().contains(said), qPrintable(panel.sentence()));
    // Before they are drawn too.
    const auto labels = panel.findChildren<QLabel*>();
    const auto warns = [](const QLabel* label) { return !label->isHidden() && label->text().contains("cannot show"); };
    QCOMPARE(std::ranges::count_if(labels, warns), said.isEmpty() ? 0 : 2);
}

void TestEditViews::controlsSayWhatTheyAreOf()
{
    ControlsPanel panel;
    const auto says = [&panel](const QString& text) {
        const auto labels = panel.findChildren<QLabel*>();
        return std::ranges::any_of(
            labels, [&](const QLabel* label) { return !label->isHidden() && label->text().contains(text); });
    };
    panel.setOutOfDate("another picture is shown."); // nothing is there to be out of date
    QVERIFY(!says("Out of date"));
    panel.setOutOfDate({});
    ControlResult result = controls();
    result.picture = "Wren/0001.jpg";
    result.others = "1. Blur";
    panel.setResult(result);
    QVERIFY(says("Wren/0001.jpg; other edits: 1. Blur"));
    QVERIFY(svgBytes(controlFigure(result, ControlMeasure::Logit)).contains("Wren/0001.jpg"));
    panel.setOutOfDate("another picture is shown.");
    QVERIFY(says("Out of date: another picture is shown. These controls are of"));
    QVERIFY(!panel.findChild<ControlPlotWidget*>()->isEnabled());
    panel.setOutOfDate({});
    QVERIFY(!says("Out of date"));
    QVERIFY(panel.findChild<ControlPlotWidget*>()->isEnabled());
}

void TestEditViews::controlsSayWhatIsShort()
{
    ControlsPanel panel;
    ControlResult result = controls();
    result.shortfall = "4 of 20 control places";
    panel.setResult(result);
    QVERIFY(panel.sentence().startsWith("4 of 20 control places\n"));
    result.controls.clear();
    panel.setResult(result);
    QCOMPARE(panel.sentence(), QString("4 of 20 control places"));
}

void TestEditViews::controlsAreExported()
{
    const std::string csv = csvOf(controls());
    QCOMPARE(QByteArray::fromStdString(csv).split('\n').size(), 7);
    QVERIFY(csv.starts_with("kind,number,logit_change,probability_change,margin_change,picture,class,edit_done,"
                            "other_edits,limit,controls,least_p,made_by\n"
                            "edit,0,-2,-0.5,-3,"));
    for (const ControlMeasure measure : {ControlMeasure::Logit, ControlMeasure::Probability, ControlMeasure::Margin}) {
        const Figure figure = controlFigure(controls(), measure);
        QVERIFY(figure.size.width() > 100 && figure.size.height() > 100);
        QVERIFY(svgBytes(figure).contains("control edits"));
    }
    // All at one place: the number line still has two ends.
    ControlResult same = controls();
    same.change = {};
    for (ControlOutcome& control : same.controls)
        control.change = {};
    QVERIFY(!renderFigure(controlFigure(same, ControlMeasure::Logit), 72).isNull());
}

void TestEditViews::runningCanOnlyBeCancelled()
{
    ControlsPanel panel;
    panel.setEdit("Blur (deviation 2 px)", {});
    panel.setRunning(true);
    const QList<QPushButton*> buttons = panel.findChildren<QPushButton*>();
    QVERIFY(!buttons[0]->isEnabled());
    QSignalSpy cancelled(&panel, &ControlsPanel::cancelRequested);
    buttons[1]->click();
    QCOMPARE(cancelled.count(), 1);
    panel.setProgress(3, 20);
    QCOMPARE(panel.findChild<QProgressBar*>()->value(), 3);
    panel.setRunning(false);
    QVERIFY(buttons[0]->isEnabled() && buttons[1]->isHidden());
}

void TestEditViews::refreshWaitsUntilVisible()
{
    QWidget widget;
    int refreshed = 0;
    LazyRefresh refresh(&widget, [&refreshed] { ++refreshed; });
    refresh.ask();
    QCoreApplication::processEvents();
    QCOMPARE(refreshed, 0);
    widget.show();
    QTRY_COMPARE(refreshed, 1);
    refresh.ask();
    refresh.ask();
    QTRY_COMPARE(refreshed, 2);
    QCoreApplication::processEvents();
    QCOMPARE(refreshed, 2);
}

QTEST_MAIN(TestEditViews)
#include "test_edit_views.moc"

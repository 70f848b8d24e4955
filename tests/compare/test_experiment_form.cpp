// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include <nlohmann/json.hpp>

#include "ui/experiment/experiment_form.h"
#include "ui/experiment/experiment_text.h"
#include "ui/experiment/region_form.h"

using namespace ocellus;

namespace {

Mask rectangle()
{
    const PixelBox box{10, 10, 8, 8};
    return {{96, 64}, box, std::vector<std::uint8_t>(box.area(), 255)};
}

/// The controls of a form in the order in which they were made.
template <class Widget>
Widget* nth(const QWidget& form, int index)
{
    return form.findChildren<Widget*>(QString(), Qt::FindDirectChildrenOnly).at(index);
}

void choose(const RegionForm& form, RegionForm::Kind kind)
{
    nth<QComboBox>(form, 0)->setCurrentIndex(kind);
}

QLineEdit* line(const RegionForm& form, const QString& placeholder)
{
    for (auto* edit : form.findChildren<QLineEdit*>())
        if (edit->placeholderText() == placeholder)
            return edit;
    return nullptr;
}

ExperimentRow editedRow(const char* name, double change, bool flips)
{
    ExperimentRow row;
    row.picture = name;
    row.predicted = {0, {1, 0.5, 1}, {1 + change, 0.5, 1}};
    row.predictedAfter = flips ? 1 : 0;
    return row;
}

} // namespace

/// What the user chose as a recipe, and what was found in words.
class TestExperimentForm : public QObject {
    Q_OBJECT

private slots:
    void saysWhatIsMissing_data();
    void saysWhatIsMissing();
    void givesKeptMasks();
    void givesAttention();
    void givesParts();
    void givesMaskFiles();
    void takesTheSelectedEdit();
    void offersNoChangeOfGeometry();
    void tellsNothingToTell();
    void tellsFlips();
};

void TestExperimentForm::saysWhatIsMissing_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("parts");
    QTest::addColumn<QString>("expected");
    QTest::newRow("no mask") << int(RegionForm::KeptMask) << ""
                             << ""
                             << "no kept mask";
    QTest::newRow("no file") << int(RegionForm::Parts) << " "
                             << "beak"
                             << "Choose a file";
    QTest::newRow("no parts") << int(RegionForm::Parts) << "parts.csv"
                              << ""
                              << "Name the parts";
    QTest::newRow("commas alone") << int(RegionForm::Parts) << "parts.csv"
                                  << " , ,"
                                  << "Name the parts";
}

void TestExperimentForm::saysWhatIsMissing()
{
    QFETCH(int, kind);
    QFETCH(QString, file);
    QFETCH(QString, parts);
    QFETCH(QString, expected);
    const ExperimentForm form;
    choose(*form.region(), static_cast<RegionForm::Kind>(kind));
    line(*form.region(), "parts.csv")->setText(file);
    line(*form.region(), "beak, crown")->setText(parts);
    QVERIFY2(form.whyNot().contains(expected), qPrintable(form.whyNot()));
}

void TestExperimentForm::givesKeptMasks()
{
    const ExperimentForm form;
    form.region()->setMasks({{"tail", Mask::whole({96, 64})}, {"wing", rectangle()}});
    choose(*form.region(), RegionForm::KeptMask);
    nth<QComboBox>(*form.region(), 1)->setCurrentIndex(1);
    QVERIFY(form.whyNot().isEmpty());
    // The choice stays where the mask does.
    form.region()->setMasks({{"belly", Mask::whole({96, 64})}, {"tail", rectangle()}, {"wing", rectangle()}});
    const auto region = std::get<NamedMaskRegion>(form.recipe().region);
    QCOMPARE(region.name, std::string("wing"));
    QVERIFY(region.mask == rectangle());
}

void TestExperimentForm::givesAttention()
{
    ExperimentForm form;
    form.region()->setMaps(MapKind::Head, 4);
    form.setShownClass(3, "3 Robin");
    choose(*form.region(), RegionForm::Attention);
    QVERIFY(form.whyNot().isEmpty());
    auto region = std::get<AttentionRegion>(form.recipe().region);
    QVERIFY(region.of == AttentionRegion::Of::Predicted);
    QCOMPARE(region.head, 0);
    QCOMPARE(region.share, 0.25);

    QCOMPARE(nth<QComboBox>(*form.region(), 3)->count(), 5);
    nth<QComboBox>(*form.region(), 2)->setCurrentIndex(2);
    nth<QComboBox>(*form.region(), 3)->setCurrentIndex(4);
    nth<QDoubleSpinBox>(*form.region(), 0)->setValue(40);
    nth<QSpinBox>(*form.region(), 1)->setValue(-3); // the first chooses a label of masks
    nth<QSpinBox>(*form.region(), 2)->setValue(2);
    const EditRecipe recipe = form.recipe();
    region = std::get<AttentionRegion>(recipe.region);
    QVERIFY(region.of == AttentionRegion::Of::Given);
    QCOMPARE(region.classIndex, 3);
    QCOMPARE(region.layer, 0);
    QCOMPARE(region.head, 4);
    QCOMPARE(region.share, 0.4);
    QCOMPARE(recipe.grow, -3.0);
    QCOMPARE(recipe.feather, 2.0);
    requireValid(recipe);
}

void TestExperimentForm::givesParts()
{
    const ExperimentForm form;
    choose(*form.region(), RegionForm::Parts);
    form.region()->setFile(RegionForm::Parts, "/birds/parts.csv");
    line(*form.region(), "beak, crown")->setText(" left eye,beak , ");
    nth<QDoubleSpinBox>(*form.region(), 1)->setValue(8);
    const auto region = std::get<PartRegion>(form.recipe().region);
    QCOMPARE(QString::fromStdString(region.csv.string()), QString("/birds/parts.csv"));
    QCOMPARE(region.parts, (std::vector<std::string>{"left eye", "beak"}));
    QCOMPARE(region.radius, 0.08);
    QVERIFY(region.unit == PartRegion::Unit::LongerSide);
    requireValid(form.recipe());
}

void TestExperimentForm::givesMaskFiles()
{
    const ExperimentForm form;
    choose(*form.region(), RegionForm::MaskFiles);
    QVERIFY(std::get<MaskFileRegion>(form.recipe().region).folder.empty());
    QSignalSpy asked(form.region(), &RegionForm::fileRequested);
    form.findChildren<QToolButton*>().at(1)->click();
    QCOMPARE(asked.count(), 1);
    QVERIFY(asked[0][0].value<RegionForm::Kind>() == RegionForm::MaskFiles);
    form.region()->setFile(RegionForm::MaskFiles, "/masks");
    QCOMPARE(QString::fromStdString(std::get<MaskFileRegion>(form.recipe().region).folder.string()), QString("/masks"));
}

void TestExperimentForm::takesTheSelectedEdit()
{
    ExperimentForm form;
    auto* operations = nth<QComboBox>(form, 0);
    QVERIFY(std::holds_alternative<MeanFill>(form.recipe().operation));
    operations->setCurrentIndex(operations->count() - 1);
    QVERIFY(form.whyNot().contains("selected"));
    form.setSelectedEdit(Blur{7});
    QVERIFY(form.whyNot().isEmpty());
    QCOMPARE(std::get<Blur>(form.recipe().operation).deviation, 7.0);
}

void TestExperimentForm::offersNoChangeOfGeometry()
{
    const ExperimentForm form;
    auto* operations = nth<QComboBox>(form, 0);
    QCOMPARE(operations->count(), 12); // without crop and rotation, with the selected edit
    for (int i = 0; i + 1 < operations->count(); ++i) {
        operations->setCurrentIndex(i);
        requireValid(form.recipe());
        QCOMPARE(form.recipe().operation.index(), operations->currentData().toULongLong());
    }
}

void TestExperimentForm::tellsNothingToTell()
{
    ExperimentRow skipped, failed;
    skipped.skipped = "it has no mask";
    failed.error = "damaged";
    const QString text = experimentText(summaryOf(std::vector{skipped, failed, skipped}, 1));
    QVERIFY2(text.contains("No picture was edited"), qPrintable(text));
    QVERIFY2(text.contains("2") && text.contains("it has no mask") && text.contains("failed"), qPrintable(text));
}

void TestExperimentForm::tellsFlips()
{
    std::vector<ExperimentRow> rows{editedRow("a", -2, true), editedRow("b", -1, false), editedRow("c", -3, true),
                                    editedRow("d", -2, false)};
    const QString text = experimentText(summaryOf(rows, 1));
    // Wilson's interval of 2 in 4.
    QVERIFY2(text.startsWith("2 of 4 pictures") && text.contains("50.0 % (95 % interval: 15.0 to 85.0 %)"),
             qPrintable(text));
    QVERIFY2(text.contains(QString(QChar(0x2212)) + "2.00 ("), qPrintable(text));
    QVERIFY(!text.contains("Controls"));
    for (ExperimentRow& row : rows)
        row.controls = {{{-0.5, 0, 0}, false}};
    QVERIFY(experimentText(summaryOf(rows, 1)).contains("Controls"));
}

QTEST_MAIN(TestExperimentForm)
#include "test_experiment_form.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLocale>
#include <QTest>

#include "ui/figures/edit_text.h"

using namespace ocellus;

Q_DECLARE_METATYPE(ocellus::Operation)

class TestEditText : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void namesAreTakenAsTheyAre();
    void operations_data();
    void operations();
    void edits();
    void listsHaveEnabledEditsOnly();
};

void TestEditText::namesAreTakenAsTheyAre()
{
    const Edit edit{"%1 <b>%2</b>", Mask::whole({4, 4}), Blur{2}};
    QCOMPARE(describe(edit), QString("%1 <b>%2</b>: Blur (width 2 px)"));
    QCOMPARE(describe(EditList{edit, edit}),
             QString("1. %1 <b>%2</b>: Blur (width 2 px); 2. %1 <b>%2</b>: Blur (width 2 px)"));
}

void TestEditText::operations_data()
{
    QTest::addColumn<Operation>("operation");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("name");
    const auto row = [](const char* tag, const Operation& operation, const char* kind, const char* parameters) {
        QTest::newRow(tag) << operation << QString::fromUtf8(kind)
                           << QString::fromUtf8(kind) + QString::fromUtf8(parameters);
    };
    row("nothing recoloured", Recolour{}, "Recolour", " (no change)");
    row("whole turn back", Rotate{-360}, "Rotate", " (360° anticlockwise)");
    row("telea", Inpaint{Inpaint::Method::Telea, 5}, "Remove", " (Telea, radius 5)");
    row("navier-stokes", Inpaint{Inpaint::Method::NavierStokes, 2.5}, "Remove", " (Navier-Stokes, radius 2.5)");
    row("texture", TextureFill{7, 3}, "Fill with texture", " (patch 7, seed 3)");
    row("recolour", Recolour{-30, 0.5, 0.1}, "Recolour", " (hue \u221230°, saturation ×0.5, lightness +10 %)");
    row("take", TakeColour{{1, 160, 255}}, "Take colour", " (#01a0ff)");
    row("noise", Noise{30, 9}, "Noise", " (strength 30, seed 9)");
    row("mean", MeanFill{MeanFill::Of::Mask}, "Fill with mean", " (of the mask)");
    row("patch", CopyPatch{-4, 7, true, std::make_shared<const Picture>()}, "Copy patch",
        " (from another picture, offset \u22124, 7, Poisson blending)");
    row("flip", Flip{}, "Flip", " (left to right)");
    row("brightness", Brightness{-0.25}, "Brightness", " (\u221225 %)");
    row("contrast", Contrast{1.5}, "Contrast", " (×1.5)");
    row("crop", Crop{{1, 2, 30, 40}}, "Crop", " (30 × 40 px at 1, 2)");
    row("rotate", Rotate{12.5}, "Rotate", " (12.5° clockwise)");
}

void TestEditText::operations()
{
    QFETCH(Operation, operation);
    QTEST(operationKind(operation), "kind");
    QTEST(operationName(operation), "name");
}

void TestEditText::edits()
{
    const Mask mask = Mask::whole({4, 4});
    QCOMPARE(describe(Edit{"", mask, Blur{2}}), QString("Blur (width 2 px)"));
    QCOMPARE(describe(Edit{"spot", mask, Blur{2}, false}), QString("spot: Blur (width 2 px), off"));
    QCOMPARE(describe(Edit{"", Mask(), Contrast{2}}), QString::fromUtf8("Contrast (×2), whole picture"));
    QCOMPARE(describe(Edit{"", Mask(), Crop{{0, 0, 2, 2}}}), QString::fromUtf8("Crop (2 × 2 px at 0, 0)"));
}

void TestEditText::listsHaveEnabledEditsOnly()
{
    const Mask mask = Mask::whole({4, 4});
    const Edit off{"off", mask, Blur{2}, false};
    QCOMPARE(describe(EditList{}), QString("no edits"));
    QCOMPARE(describe(EditList{off}), QString("no edits"));
    QCOMPARE(describe(EditList{off, {"", mask, Flip{}}, {"", mask, Blur{1}}}),
             QString("1. Flip (left to right); 2. Blur (width 1 px)"));
}

QTEST_GUILESS_MAIN(TestEditText)
#include "test_edit_text.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>

#include "core/edit/apply.h"
#include "core/edit/mask_combining.h"
#include "core/edit/operation_fields.h"
#include "ui/document/document.h"
#include "ui/document/edit_name.h"
#include "ui/document/intervention_steps.h"
#include "ui/document/picture_editor.h"
#include "ui/edit_panel/colour_button.h"
#include "ui/edit_panel/edit_list_model.h"
#include "ui/edit_panel/edit_list_panel.h"
#include "ui/edit_panel/edit_panel.h"
#include "ui/edit_panel/history_model.h"
#include "ui/edit_panel/history_view.h"
#include "ui/edit_panel/operation_form.h"
#include "ui/edit_panel/selected_edit_form.h"

using namespace ocellus;

namespace {

constexpr Size size{80, 60};

Mask boxed(const PixelBox& box, Size picture = size)
{
    return {picture, box, std::vector<std::uint8_t>(box.area(), 255)};
}

const Mask spot = boxed({10, 20, 16, 8});

/// The panel over an editor of one picture.
struct Bench {
    QTemporaryDir folder;
    Settings settings{folder.filePath("settings.ini")};
    Document document{settings};
    InterventionSteps interventions{document};
    PictureEditor& editor = document.editor();
    EditPanel panel{editor};
    HistoryView history{editor, interventions};

    explicit Bench(bool open = true)
    {
        if (open)
            openPicture("bird.png");
        panel.show();
    }

    void openPicture(const char* path)
    {
        editor.setPicture(path);
        editor.setOriginalSize(size);
    }

    void select(const Mask& mask)
    {
        editor.selectEdit(-1);
        editor.setActiveMask("Select", mask);
    }

    QToolButton* operation(std::size_t kind) const
    {
        return panel.findChild<QToolButton*>(QLatin1String(operationNames[kind]));
    }

    template <class Widget>
    Widget* named(const QString& accessibleName) const
    {
        for (Widget* candidate : panel.findChildren<Widget*>())
            if (candidate->accessibleName() == accessibleName)
                return candidate;
        return nullptr;
    }

    QAbstractItemModel* edits() const { return panel.findChild<EditListModel*>(); }
    const EditList& list() const { return editor.state().edits; }
    std::size_t steps() const { return editor.history().stepCount(); }
    QString texts() const
    {
        QStringList all;
        for (const QLabel* label : panel.findChildren<QLabel*>())
            if (label->isVisible())
                all << label->text();
        return all.join(QLatin1Char('\n'));
    }

    void make(std::size_t kind, const Mask& mask = spot)
    {
        select(mask);
        operation(kind)->click();
    }
};

std::size_t kindOf(const Operation& operation)
{
    return operation.index();
}

/// Does what the signals for the journal say to a history of its own.
class Journal {
public:
    explicit Journal(PictureEditor& editor)
    {
        QObject::connect(
            &editor, &PictureEditor::performed, &m_context,
            [this](const std::filesystem::path& picture, const EditStep& step) { m_histories[picture].perform(step); });
        QObject::connect(&editor, &PictureEditor::undone, &m_context,
                         [this](const std::filesystem::path& picture) { m_histories[picture].undo(); });
        QObject::connect(&editor, &PictureEditor::redone, &m_context,
                         [this](const std::filesystem::path& picture) { m_histories[picture].redo(); });
        QObject::connect(&editor, &PictureEditor::wentTo, &m_context,
                         [this](const std::filesystem::path& picture, std::size_t position) {
                             m_histories[picture].goTo(position);
                         });
    }

    const EditHistory& of(const std::filesystem::path& picture) { return m_histories[picture]; }

private:
    std::map<std::filesystem::path, EditHistory> m_histories;
    QObject m_context;
};

} // namespace

Q_DECLARE_METATYPE(ocellus::Operation)

class TestEditPanel : public QObject {
    Q_OBJECT

private slots:
    void oddNames_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("kept"); // empty: the name stays as it was
        QTest::newRow("nothing") << ""
                                 << "";
        QTest::newRow("blanks") << " \t\n "
                                << "";
        QTest::newRow("blanks around it") << "  left wing  "
                                          << "left wing";
        QTest::newRow("two lines") << "left\nwing"
                                   << "left\nwing";
        QTest::newRow("mark of a key") << "A&B"
                                       << "A&B";
        QTest::newRow("mark-up") << "<b>wing</b>"
                                 << "<b>wing</b>";
        QTest::newRow("per cent") << "%1 %n %s"
                                  << "%1 %n %s";
        QTest::newRow("another script") << "крыло"
                                        << "крыло";
        QTest::newRow("right to left") << "جناح"
                                       << "جناح";
        QTest::newRow("far too long") << QString(5'000, u'x') << QString(1'000, u'x');
        QTest::newRow("far too long, two bytes each") << QString(5'000, u'é') << QString(500, u'é');
        QTest::newRow("one endless letter") << QString(u'a') + QString(5'000, QChar(0x301)) << "";
    }

    void oddNames()
    {
        QFETCH(QString, typed);
        QFETCH(QString, kept);
        Bench bench;
        bench.make(kindOf(Blur{}));
        const std::size_t steps = bench.steps();
        const QModelIndex index = bench.edits()->index(0, 0);
        QCOMPARE(bench.edits()->setData(index, typed), !kept.isEmpty());
        QCOMPARE(QString::fromStdString(bench.list()[0].name), kept.isEmpty() ? "Blur" : kept);
        QCOMPARE(bench.steps(), steps + (kept.isEmpty() ? 0 : 1));
        // Whatever its name, the edit can be moved, deleted and brought back.
        bench.make(kindOf(Flip{}));
        bench.editor.moveEdit(0, 1);
        bench.editor.selectEdit(1);
        bench.named<QToolButton>("Delete the edit")->click();
        QCOMPARE(bench.list().size(), std::size_t{1});
        bench.editor.undo();
        QCOMPARE(bench.list().size(), std::size_t{2});
        QVERIFY(!index.data().toString().isEmpty());
    }

    void nothingToEdit()
    {
        Bench bench(false);
        for (std::size_t kind = 0; kind < operationNames.size(); ++kind) {
            QVERIFY(!bench.operation(kind)->isEnabled());
            QVERIFY(bench.operation(kind)->toolTip().contains("Open a picture first"));
        }
        QVERIFY(bench.texts().contains("No picture is open"));
        QVERIFY(bench.texts().contains("No edits yet"));
    }

    void withoutRegion()
    {
        Bench bench;
        QStringList enabled;
        for (std::size_t kind = 0; kind < operationNames.size(); ++kind) {
            const bool isOn = bench.operation(kind)->isEnabled();
            QCOMPARE(bench.operation(kind)->toolTip().contains("Select a region"), !isOn);
            if (isOn)
                enabled << operationNames[kind];
        }
        QCOMPARE(enabled, QStringList({"brightness", "contrast", "rotate"}));
        QVERIFY(bench.texts().contains("Select a region with a tool"));
    }

    void aRegionOfAnotherSizeIsNone()
    {
        Bench bench;
        bench.select(spot);
        bench.editor.perform({"Crop", {InsertEdit{0, {"Crop", {}, Crop{{0, 0, 40, 30}}, true}}}});
        QVERIFY(!bench.operation(kindOf(Blur{}))->isEnabled());
        QVERIFY(!bench.operation(kindOf(Crop{}))->isEnabled());
        bench.operation(kindOf(Contrast{}))->click();
        QVERIFY(bench.list().back().mask.isNone());
        QVERIFY(bench.edits()->index(1, 0).data(EditListModel::ProblemRole).toString().isEmpty());
    }

    void problemsAreShownAtTheEdit()
    {
        Bench bench;
        bench.make(kindOf(Blur{}));
        bench.operation(kindOf(Rotate{}))->click();
        const auto problem = [&](int row) {
            return bench.edits()->index(row, 0).data(EditListModel::ProblemRole).toString();
        };
        QVERIFY(problem(0).isEmpty() && problem(1).isEmpty());
        bench.edits()->moveRow({}, 0, {}, 2); // its mask is of the picture before it was turned
        QVERIFY(problem(0).isEmpty());
        QVERIFY2(problem(1).contains("60x80"), qPrintable(problem(1)));
        QVERIFY(bench.edits()->index(1, 0).data(Qt::ToolTipRole).toString().contains("Cannot be done"));
        bench.edits()->setData(bench.edits()->index(1, 0), Qt::Unchecked, Qt::CheckStateRole);
        QVERIFY(problem(1).isEmpty());
        bench.editor.undo();
        QVERIFY(!problem(1).isEmpty());
    }

    void everyOperationBegins_data()
    {
        QTest::addColumn<Operation>("operation");
        QTest::addColumn<bool>("takesMask");
        const auto row = [](const Operation& operation, bool takesMask = true) {
            QTest::newRow(operationNames[operation.index()]) << operation << takesMask;
        };
        row(Inpaint{});
        row(TextureFill{});
        row(Recolour{});
        row(TakeColour{{128, 128, 128}});
        row(Blur{});
        row(Noise{});
        row(MeanFill{});
        row(CopyPatch{16, 0, false, nullptr});
        row(Flip{});
        row(Brightness{});
        row(Contrast{});
        row(Crop{{10, 20, 16, 8}}, false);
        row(Rotate{90}, false);
    }

    void everyOperationBegins()
    {
        QFETCH(Operation, operation);
        QFETCH(bool, takesMask);
        Bench bench;
        bench.make(operation.index());
        const Edit expected{operationNames[0], takesMask ? spot : Mask(), operation, true};
        QCOMPARE(bench.list().size(), std::size_t{1});
        QVERIFY(contentKey(bench.list()[0]) == contentKey(expected));
        QCOMPARE(bench.editor.selectedEdit(), 0);
        QCOMPARE(bench.editor.state().selection.empty(), takesMask);
        QCOMPARE(bench.steps(), std::size_t{2});
        requireApplicable(bench.list()[0], size);
        // It is shown, and can be gone back on.
        QCOMPARE(bench.panel.selectedEdit()->operationForm()->operation().index(), operation.index());
        bench.editor.undo();
        QVERIFY(bench.list().empty());
        QVERIFY(!bench.panel.selectedEdit()->isVisible());
    }

    void aPatchBeginsWithinThePicture_data()
    {
        QTest::addColumn<int>("left");
        QTest::addColumn<int>("top");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::newRow("right edge") << 60 << 20 << 20 << 20;
        QTest::newRow("as wide as the picture") << 0 << 0 << 80 << 10;
        QTest::newRow("at the bottom") << 0 << 50 << 80 << 10;
        QTest::newRow("the whole picture") << 0 << 0 << 80 << 60;
        QTest::newRow("one pixel") << 79 << 59 << 1 << 1;
    }

    void aPatchBeginsWithinThePicture()
    {
        QFETCH(int, left);
        QFETCH(int, top);
        QFETCH(int, width);
        QFETCH(int, height);
        Bench bench;
        bench.make(kindOf(CopyPatch{}), boxed({left, top, width, height}));
        requireApplicable(bench.list()[0], size);
    }

    void everyNumberReachesItsEnds_data()
    {
        QTest::addColumn<int>("kind");
        for (std::size_t kind = 0; kind < operationNames.size(); ++kind)
            QTest::newRow(operationNames[kind]) << static_cast<int>(kind);
    }

    void everyNumberReachesItsEnds()
    {
        QFETCH(int, kind);
        Bench bench;
        bench.make(static_cast<std::size_t>(kind));
        const auto sliders = bench.panel.selectedEdit()->findChildren<QSlider*>();
        for (qsizetype i = 0; i < sliders.size(); ++i)
            for (const Qt::Key key : {Qt::Key_Home, Qt::Key_End}) {
                QTest::keyClick(sliders[i], key);
                requireApplicable(bench.list()[0], size);
            }
        const auto boxes = bench.panel.selectedEdit()->findChildren<QDoubleSpinBox*>();
        QVERIFY(boxes.isEmpty() ==
                (kind == int(kindOf(TakeColour{})) || kind == int(kindOf(MeanFill{})) || kind == int(kindOf(Flip{}))));
        for (QDoubleSpinBox* box : boxes)
            for (const double end : {box->minimum(), box->maximum()}) {
                box->setValue(end);
                requireValid(bench.list()[0].operation);
            }
    }

    void aDragIsOneStep()
    {
        Bench bench;
        bench.make(kindOf(Recolour{}));
        const std::size_t steps = bench.steps();
        auto* slider = bench.named<QSlider>("Hue");
        const auto drag = [&](std::initializer_list<int> positions) {
            QTest::mousePress(slider, Qt::LeftButton, {}, slider->rect().center());
            for (const int position : positions)
                slider->setValue(position);
            QTest::mouseRelease(slider, Qt::LeftButton);
        };
        drag({190, 200, 250, 240});
        QCOMPARE(bench.steps(), steps + 1);
        QCOMPARE(std::get<Recolour>(bench.list()[0].operation).hue, 60.0);
        drag({100, 90});
        QCOMPARE(bench.steps(), steps + 2);
        QCOMPARE(std::get<Recolour>(bench.list()[0].operation).hue, -90.0);
        bench.editor.undo();
        QCOMPARE(std::get<Recolour>(bench.list()[0].operation).hue, 60.0);
        QCOMPARE(bench.named<QDoubleSpinBox>("Hue")->value(), 60.0);
        bench.editor.undo();
        QCOMPARE(std::get<Recolour>(bench.list()[0].operation).hue, 0.0);
        QCOMPARE(slider->value(), 180);
    }

    void anotherEditIsAnotherStep()
    {
        Bench bench;
        bench.make(kindOf(Blur{}));
        bench.make(kindOf(Blur{}));
        const std::size_t steps = bench.steps();
        bench.named<QDoubleSpinBox>("Width")->setValue(9);
        bench.editor.selectEdit(0);
        bench.named<QDoubleSpinBox>("Width")->setValue(11);
        QCOMPARE(bench.steps(), steps + 2);
        QCOMPARE(std::get<Blur>(bench.list()[0].operation).deviation, 11.0);
        QCOMPARE(std::get<Blur>(bench.list()[1].operation).deviation, 9.0);
    }

    void choicesAndChecks()
    {
        Bench bench;
        bench.make(kindOf(Inpaint{}));
        bench.named<QComboBox>("Method")->setCurrentIndex(1);
        QVERIFY(std::get<Inpaint>(bench.list()[0].operation).method == Inpaint::Method::NavierStokes);
        bench.named<QComboBox>("Operation")->setCurrentIndex(int(kindOf(Noise{})));
        QVERIFY(std::holds_alternative<Noise>(bench.list()[0].operation));
        QVERIFY(bench.list()[0].mask == spot);
        QCOMPARE(bench.list()[0].name, "Noise");
        bench.named<QToolButton>("Another seed")->click();
        QCOMPARE(std::get<Noise>(bench.list()[0].operation).seed, std::uint64_t{2});
        bench.named<QComboBox>("Operation")->setCurrentIndex(int(kindOf(MeanFill{})));
        bench.named<QComboBox>("Mean of")->setCurrentIndex(0);
        QVERIFY(std::get<MeanFill>(bench.list()[0].operation).of == MeanFill::Of::Mask);
        QCOMPARE(bench.steps(), std::size_t{7});
    }

    void aColourIsTakenFromThePicture()
    {
        Bench bench;
        QSignalSpy asked(bench.panel.selectedEdit(), &SelectedEditForm::colourPickRequested);
        bench.make(kindOf(Blur{}));
        bench.panel.selectedEdit()->takeColour({1, 2, 3}); // of no use to a blur
        QVERIFY(std::holds_alternative<Blur>(bench.list()[0].operation));
        bench.make(kindOf(TakeColour{}));
        bench.named<QToolButton>("Take the colour from the picture")->click();
        QCOMPARE(asked.size(), 1);
        bench.panel.selectedEdit()->takeColour({200, 30, 40});
        QCOMPARE(std::get<TakeColour>(bench.list()[1].operation).colour, (Rgb{200, 30, 40}));
        QCOMPARE(bench.named<ColourButton>("Colour")->colour(), (Rgb{200, 30, 40}));
    }

    void aPatchOfAnotherPictureIsMovedAbout()
    {
        Bench bench;
        bench.make(kindOf(CopyPatch{}));
        const auto tiny = std::make_shared<Picture>(Picture{{3, 3}, std::vector<std::uint8_t>(27, 9)});
        bench.panel.selectedEdit()->takePatchSource(tiny);
        QVERIFY(!std::get<CopyPatch>(bench.list()[0].operation).source);
        QVERIFY(bench.texts().contains("smaller than the region"));
        auto other = std::make_shared<Picture>(Picture{{100, 50}, std::vector<std::uint8_t>(15'000)});
        for (std::size_t i = 0; i < other->rgb.size(); ++i)
            other->rgb[i] = static_cast<std::uint8_t>(i * 7 % 251);
        bench.panel.selectedEdit()->takePatchSource(other);
        const auto check = [&](int dx, int dy) {
            const Picture black{size, std::vector<std::uint8_t>(wholeBox(size).area() * 3)};
            const CopyPatch whole{dx, dy, false, other};
            QCOMPARE(applyEdits(black, bench.list()).rgb, applyEdits(black, {{"", spot, whole, true}}).rgb);
            QCOMPARE(std::get<CopyPatch>(bench.list()[0].operation).source->rgb.size(), spot.box().area() * 3);
        };
        check(0, 0);
        bench.named<QDoubleSpinBox>("Across")->setValue(50);
        check(50, 0);
        bench.named<QDoubleSpinBox>("Down")->setValue(-7);
        check(50, -7);
        bench.named<QDoubleSpinBox>("Across")->setValue(1'000); // ends at the other picture's edge
        check(74, -7);
        QCOMPARE(bench.named<QDoubleSpinBox>("Across")->value(), 74.0);
    }

    void rowsAreMovedSwitchedCopiedAndDeleted()
    {
        Bench bench;
        for (const Operation& operation : {Operation(Blur{}), Operation(Noise{}), Operation(Flip{})})
            bench.make(operation.index());
        const auto names = [&] {
            QStringList all;
            for (const Edit& edit : bench.list())
                all << QString::fromStdString(edit.name);
            return all;
        };
        bench.editor.selectEdit(1);
        QVERIFY(!bench.edits()->moveRow({}, 1, {}, 1));
        QVERIFY(!bench.edits()->moveRow({}, 1, {}, 2));
        QVERIFY(!bench.edits()->moveRow({}, 7, {}, 0));
        QVERIFY(bench.edits()->moveRow({}, 0, {}, 3));
        QCOMPARE(names(), QStringList({"Noise", "Flip", "Blur"}));
        QCOMPARE(bench.editor.selectedEdit(), 0); // the same edit as before
        bench.named<QToolButton>("Do it later")->click();
        QCOMPARE(names(), QStringList({"Flip", "Noise", "Blur"}));
        bench.named<QToolButton>("Do it earlier")->click();
        QVERIFY(!bench.named<QToolButton>("Do it earlier")->isEnabled());
        QVERIFY(bench.edits()->setData(bench.edits()->index(0, 0), Qt::Unchecked, Qt::CheckStateRole));
        QVERIFY(!bench.list()[0].enabled);
        bench.named<QToolButton>("Do the same again, after it")->click();
        QCOMPARE(names(), QStringList({"Noise", "Noise", "Flip", "Blur"}));
        QVERIFY(bench.list()[1] == bench.list()[0]);
        QCOMPARE(bench.editor.selectedEdit(), 1);
        bench.named<QToolButton>("Delete the edit")->click();
        auto* list = bench.named<QListView>("Edits");
        list->setCurrentIndex(bench.edits()->index(2, 0));
        QCOMPARE(bench.editor.selectedEdit(), 2);
        bench.panel.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&bench.panel));
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Delete);
        QCOMPARE(names(), QStringList({"Noise", "Flip"}));
        bench.editor.goTo(0);
        QVERIFY(bench.list().empty());
        QCOMPARE(bench.editor.selectedEdit(), -1);
    }

    void masksAreKeptAndUsed()
    {
        Bench bench;
        QVERIFY(!bench.named<QToolButton>("Keep (kept masks)")->isEnabled());
        bench.select(spot);
        bench.named<QToolButton>("Keep (kept masks)")->click();
        const auto& masks = bench.editor.state().masks;
        QCOMPARE(masks.size(), std::size_t{1});
        QVERIFY(masks[0].mask == spot);
        auto* list = bench.named<QListView>("Kept masks");
        QVERIFY(list->model()->setData(list->model()->index(0, 0), " eye "));
        QCOMPARE(masks[0].name, "eye");
        QVERIFY(!list->model()->setData(list->model()->index(0, 0), "  "));
        const Mask other = boxed({0, 0, 12, 25});
        bench.select(other);
        list->setCurrentIndex(list->model()->index(0, 0));
        bench.named<QToolButton>("Add (kept masks)")->click();
        QVERIFY(bench.editor.state().selection == added(other, spot));
        bench.named<QToolButton>("Subtract (kept masks)")->click();
        QVERIFY(bench.editor.state().selection == subtracted(added(other, spot), spot));
        bench.named<QToolButton>("Use (kept masks)")->click();
        QVERIFY(bench.editor.state().selection == spot);
        QVERIFY(bench.texts().contains("128 pixels, 2.7 %"));
        bench.editor.perform({"Turn", {InsertEdit{0, {"Turn", {}, Rotate{90}, true}}}});
        QVERIFY(!bench.named<QToolButton>("Use (kept masks)")->isEnabled());
        bench.named<QToolButton>("Delete (kept masks)")->click();
        QVERIFY(masks.empty());
    }

    void whatHasNoColourIsOfferedAnotherLightness_data()
    {
        QTest::addColumn<QColor>("colour");
        QTest::addColumn<double>("lightness");
        QTest::newRow("red") << QColor(200, 40, 30) << 0.0;
        QTest::newRow("pale yellow") << QColor(250, 245, 200) << 0.0;
        QTest::newRow("white") << QColor(254, 253, 252) << -0.3;
        QTest::newRow("black") << QColor(9, 9, 8) << 0.3;
    }

    void whatHasNoColourIsOfferedAnotherLightness()
    {
        QFETCH(const QColor, colour);
        QFETCH(const double, lightness);
        Bench bench;
        QImage picture(size.width, size.height, QImage::Format_RGB32);
        picture.fill(colour);
        bench.make(kindOf(Recolour{}));
        SelectedEditForm* form = bench.panel.selectedEdit();
        const auto offered = [form]() -> QPushButton* {
            for (QPushButton* button : form->findChildren<QPushButton*>())
                if (button->text() == "Darken it" || button->text() == "Lighten it")
                    return button->isHidden() ? nullptr : button;
            return nullptr;
        };
        QVERIFY(!offered()); // nobody knows the picture yet
        form->setOriginal(picture);
        QCOMPARE(offered() != nullptr, lightness != 0);
        if (!offered())
            return;
        const auto steps = bench.editor.history().stepCount();
        offered()->click();
        QCOMPARE(std::get<Recolour>(bench.list()[0].operation).lightness, lightness);
        QCOMPARE(bench.editor.history().stepCount(), steps + 1);
        QVERIFY(!offered());
        bench.editor.undo();
        QVERIFY(offered());
        form->setOriginal({}); // another picture is on its way
        QVERIFY(!offered());
    }

    void aStepIsChosenFromTheHistory()
    {
        Bench bench;
        bench.make(kindOf(Blur{}));
        bench.make(kindOf(Noise{}));
        QAbstractItemModel* steps = bench.history.model();
        QCOMPARE(steps->rowCount(), 5);
        QCOMPARE(steps->index(4, 0).data().toString(), "Noise");
        QCOMPARE(bench.history.currentIndex().row(), 4);
        bench.history.setCurrentIndex(steps->index(2, 0));
        QCOMPARE(bench.editor.history().position(), std::size_t{2});
        QCOMPARE(bench.list().size(), std::size_t{1});
        bench.history.setCurrentIndex(steps->index(0, 0));
        QVERIFY(bench.editor.state() == PictureEdits());
        bench.history.setCurrentIndex(steps->index(3, 0));
        bench.make(kindOf(Flip{})); // forgets what was undone
        QCOMPARE(steps->rowCount(), 6);
        QCOMPARE(bench.history.currentIndex().row(), 5);
        bench.editor.setPicture("another.png");
        QCOMPARE(steps->rowCount(), 1);
        QCOMPARE(bench.editor.history().stepCount(), std::size_t{0});
    }

    void buttonsStayUnderTheMouse();
    void randomClicksEqualTheirReplay();
};

/// A second click is on what the first one was on, whatever that has done.
void TestEditPanel::buttonsStayUnderTheMouse()
{
    Bench bench;
    bench.panel.resize(300, 700);
    const auto places = [&bench] {
        QCoreApplication::processEvents();
        QMap<QString, QPoint> found;
        for (const QToolButton* button : bench.panel.findChildren<QToolButton*>())
            if (button->isVisible() && !button->objectName().isEmpty())
                found[button->objectName()] = button->mapTo(bench.panel.widget(), QPoint());
        for (const char* name : {"Do it earlier", "Do the same again, after it", "Delete the edit"})
            found[name] = bench.named<QToolButton>(name)->mapTo(bench.panel.widget(), QPoint());
        return found;
    };
    const QMap<QString, QPoint> before = places();
    QCOMPARE(before.size(), std::ssize(operationNames) + 3);
    bench.select(spot);
    QCOMPARE(places(), before);
    for (std::size_t kind = 0; kind < operationNames.size(); ++kind) {
        bench.make(kind, boxed({0, 0, 4, 4}, bench.editor.pictureSize()));
        QCOMPARE(places(), before);
    }
    while (!bench.list().empty()) {
        bench.editor.selectEdit(0);
        bench.named<QToolButton>("Delete the edit")->click();
        QCOMPARE(places(), before);
    }
}

void TestEditPanel::randomClicksEqualTheirReplay()
{
    Bench bench;
    Journal journal(bench.editor);
    QRandomGenerator random(7);
    const auto below = [&](qsizetype count) { return static_cast<int>(random.bounded(static_cast<quint32>(count))); };
    const QList<const char*> pictures{"bird.png", "other.png", "third.png"};
    for (int action = 0; action < 500; ++action) {
        const int rows = bench.edits()->rowCount();
        switch (below(10)) {
        case 0: bench.openPicture(pictures[below(pictures.size())]); break;
        case 1: {
            const Size now = bench.editor.pictureSize();
            bench.select(boxed({below(now.width), below(now.height), 1, 1}, now));
            break;
        }
        case 2:
        case 3: bench.operation(static_cast<std::size_t>(below(std::ssize(operationNames))))->click(); break;
        case 4: bench.editor.selectEdit(below(rows + 1) - 1); break;
        case 5: bench.edits()->moveRow({}, below(rows + 1), {}, below(rows + 2)); break;
        case 6: bench.editor.undo(); break;
        case 7: bench.editor.redo(); break;
        case 8:
            bench.history.setCurrentIndex(bench.history.model()->index(below(bench.history.model()->rowCount()), 0));
            break;
        default: {
            // Anything that can be pressed or moved.
            const auto buttons = bench.panel.findChildren<QToolButton*>();
            if (QToolButton* button = buttons[below(buttons.size())];
                button->isVisible() && !qobject_cast<ColourButton*>(button))
                button->click();
            const auto boxes = bench.panel.findChildren<QDoubleSpinBox*>();
            if (!boxes.isEmpty() && bench.editor.selectedEdit() >= 0)
                boxes[below(boxes.size())]->setValue(below(50) - 10);
        }
        }
        const EditHistory& replayed = journal.of(bench.editor.picture());
        QVERIFY2(replayed.state() == bench.editor.state(), qPrintable(QString::number(action)));
        QCOMPARE(replayed.position(), bench.editor.history().position());
        QCOMPARE(bench.edits()->rowCount(), static_cast<int>(bench.list().size()));
        QCOMPARE(bench.history.currentIndex().row(), static_cast<int>(replayed.position()));
        const QModelIndex chosen = bench.named<QListView>("Edits")->currentIndex();
        QCOMPARE(chosen.isValid() ? chosen.row() : -1, bench.editor.selectedEdit());
    }
}

QTEST_MAIN(TestEditPanel)
#include "test_edit_panel.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <future>

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "tests/window/window_fixture.h"
#include "ui/compare/class_chooser.h"
#include "ui/compare/class_comparison.h"
#include "ui/compare/consistency_view.h"
#include "ui/compare/context_comparison.h"
#include "ui/compare/exemplars.h"
#include "ui/compare/head_notes_panel.h"
#include "ui/compare/layer_comparison.h"
#include "ui/compare/picture_grid.h"
#include "ui/engine/engine_worker.h"
#include "ui/engine/paths.h"
#include "ui/figures/figure_text.h"
#include "ui/widgets/matrix_grid.h"
#include "ui/widgets/matrix_view.h"
#include "ui/widgets/row_header.h"

using namespace ocellus;

namespace {

constexpr int PatienceMs = 60'000;

/// Waits until the page shows maps that belong to what the document shows.
bool showsMaps(const ComparePage& page)
{
    return QTest::qWaitFor(
        [&page] {
            const std::optional<MapMatrix> matrix = page.matrix();
            const Explanation* first = matrix ? matrix->firstExplanation(false) : nullptr;
            return first && !first->stale;
        },
        PatienceMs);
}

QComboBox* comboBox(const QWidget& page, const QString& accessibleName)
{
    const QList<QComboBox*> choices = page.findChildren<QComboBox*>();
    const auto found = std::ranges::find(choices, accessibleName, &QComboBox::accessibleName);
    return found == choices.end() ? nullptr : *found;
}

/// Which pictures are compared.
QComboBox* sourceOf(const ConsistencyView& page)
{
    return comboBox(page, QStringLiteral("Pictures to compare"));
}

int countMaps(const MapMatrix& matrix)
{
    int maps = 0;
    for (const MatrixRow& row : matrix.rows)
        for (const MatrixCell& cell : row.cells)
            maps += cell.tile.has_value();
    return maps;
}

} // namespace

/// The pages that compare, over a small model.
class TestComparePages : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_fixture = std::make_unique<WindowFixture>(); }
    void init() { m_fixture->restart(); }
    void cleanupTestCase() { m_fixture.reset(); }

    void withoutModelTheySayWhatToDo()
    {
        ClassComparison classes(document(), answer());
        ContextComparison context(document(), answer());
        LayerComparison layers(document(), answer());
        ConsistencyView consistency(document(), answer());
        PictureGrid pictures(document(), answer());
        for (ComparePage* page :
             std::initializer_list<ComparePage*>{&classes, &context, &layers, &consistency, &pictures}) {
            page->show();
            QTRY_VERIFY(!page->view()->invitation().isEmpty());
            QVERIFY(!page->matrix());
        }
        consistency.start();
        QVERIFY(!consistency.isRunning());
        pictures.step(3);
        QCOMPARE(pictures.first(), 0);
        HeadNotesPanel notes(document());
        notes.ask(0, 0);
        QVERIFY(notes.findChildren<QDialog*>().isEmpty());
    }

    void hiddenPagesDoNothing()
    {
        ClassComparison page(document(), answer());
        QVERIFY(m_fixture->openAll());
        QCoreApplication::processEvents();
        QVERIFY(!page.matrix());
        QVERIFY(page.classes().isEmpty());
        page.show();
        QVERIFY(showsMaps(page));
        page.hide();
        const QString title = page.matrix()->title;
        document().setLayer(0);
        QCoreApplication::processEvents();
        QCOMPARE(page.matrix()->title, title);
        page.show();
        QTRY_VERIFY(page.matrix()->title != title);
    }

    /// A zero vector's map and logit look like findings where they stand under a class's name.
    void classesThatALimitLeavesOutSaySo()
    {
        QVERIFY(m_fixture->openAll());
        document().setCurrentClass(1);
        document().setLimit({LimitChoice::Kind::Zero, {1, 3}});
        ClassComparison page(document(), answer());
        page.show();
        QVERIFY(showsMaps(page));
        QCOMPARE(page.classes(), (QList{1, 3})); // the most similar one that takes part
        const auto* names = comboBox(page, QStringLiteral("Class to add to the comparison"));
        QVERIFY(names);
        QCOMPARE(names->itemData(0), QVariant(1));
        QCOMPARE(names->itemData(1), QVariant(3));
        for (int item = 0; item < names->count(); ++item)
            QCOMPARE(names->itemText(item).contains("left out by the limit"), item > 1);

        page.setClasses({1, 0, 2});
        QTRY_COMPARE(page.matrix()->rows.size(), 3u);
        QTRY_COMPARE(countMaps(*page.matrix()), WindowFixture::Heads + 1);
        QVERIFY(page.matrix()->rows[1].details.join(' ').startsWith("left out by the limit"));

        document().setCurrentClass(0);
        LayerComparison layers(document(), answer());
        layers.show();
        QTRY_VERIFY(layers.view()->invitation().contains("left out by the limit"));
        ConsistencyView consistency(document(), answer());
        consistency.show();
        QTRY_VERIFY_WITH_TIMEOUT(consistency.view()->invitation().contains("left out by the limit"), PatienceMs);
        PictureGrid pictures(document(), answer());
        pictures.show();
        const auto caption = [&]() -> QString {
            return pictures.matrix() ? pictures.matrix()->rows[0].cells[0].caption : QString();
        };
        QTRY_VERIFY_WITH_TIMEOUT(caption().contains("left out by the limit"), PatienceMs);
        document().setLimit({});
        QTRY_COMPARE(names->itemText(0), document().classNames().label(0));
    }

    void classesBesideEachOther()
    {
        QVERIFY(m_fixture->openAll());
        ClassComparison page(document(), answer());
        page.show();
        QVERIFY(showsMaps(page));
        QCOMPARE(page.classes().size(), 2); // the shown class and the most similar one
        QCOMPARE(page.classes().front(), document().currentClass());
        for (const int head : {3, 1, static_cast<int>(WindowFixture::Heads)}) {
            document().setHead(head); // marked here as in the tiles of the heads
            QCOMPARE(page.view()->grid()->chosen()->column, head);
        }
        page.setClasses({4, 0, 4, 99, -1, 2});
        QCOMPARE(page.classes(), (QList{4, 0, 2}));
        QTRY_COMPARE(page.matrix()->rows.size(), 3u);
        QCOMPARE(countMaps(*page.matrix()), 3 * (WindowFixture::Heads + 1));

        QSignalSpy heads(&document(), &Document::headChanged);
        QTest::mouseClick(page.view()->grid()->tile({1, 2}), Qt::LeftButton);
        QCOMPARE(document().head(), 2);
        QTest::mouseClick(page.view()->grid()->rowHeader(2), Qt::LeftButton);
        QCOMPARE(document().currentClass(), 2);
        QCOMPARE(page.classes(), (QList{4, 0, 2}));
    }

    void classesOfAnySource_data()
    {
        QTest::addColumn<QString>("source");
        QTest::newRow("Grad-CAM") << "gradcam";
        QTest::newRow("RISE") << "rise:masks=60:side=32";
    }

    void classesOfAnySource()
    {
        QFETCH(const QString, source);
        QVERIFY(m_fixture->openAll());
        DisplayChoice display = document().display();
        display.source = parseSource(source.toStdString());
        document().setDisplay(display);
        ClassComparison page(document(), answer());
        page.resize(800, 600);
        page.show();
        if (display.source.source == "rise") { // hundreds of passes are asked for
            QTRY_VERIFY_WITH_TIMEOUT(page.findChild<QPushButton*>("runSource")->isVisible(), PatienceMs);
            page.findChild<QPushButton*>("runSource")->click();
        }
        QTRY_VERIFY_WITH_TIMEOUT(page.matrix() && !page.matrix()->rows.back().cells.front().tile->values.empty() &&
                                     page.matrix()->rows.back().cells.front().tile->words.isEmpty(),
                                 PatienceMs);
        QCOMPARE(page.matrix()->rows.size(), std::size_t{2});
        QCOMPARE(page.matrix()->columns.size(), 1);
        QVERIFY(page.findChild<QPushButton*>("runSource")->isHidden());
        page.findChild<QCheckBox*>()->setChecked(true);
        QTRY_COMPARE_WITH_TIMEOUT(page.matrix()->rows.size(), std::size_t{3}, PatienceMs);
        // And back to the heads.
        document().setDisplay({});
        QTRY_COMPARE_WITH_TIMEOUT(page.matrix()->columns.size(), WindowFixture::Heads + 1, PatienceMs);
    }

    void pagesOfHeadsSaySo()
    {
        QVERIFY(m_fixture->openAll());
        DisplayChoice display = document().display();
        display.source = {"gradcam", {}};
        document().setDisplay(display);
        LayerComparison layers(document(), answer());
        layers.show();
        QVERIFY(showsMaps(layers));
        QTRY_VERIFY_WITH_TIMEOUT(layers.matrix()->notes.value(0).contains("Grad-CAM"), PatienceMs);
        document().setDisplay({});
        QTRY_VERIFY_WITH_TIMEOUT(!layers.matrix()->notes.value(0).contains("Grad-CAM"), PatienceMs);
    }

    void offersWhatIsPredictedNow()
    {
        QVERIFY(m_fixture->openAll());
        ClassComparison page(document(), answer());
        page.show();
        QVERIFY(showsMaps(page));
        const auto offer = [&page] {
            for (QToolButton* button : page.findChildren<QToolButton*>())
                if (button->accessibleName().contains("predicted now"))
                    return button;
            return static_cast<QToolButton*>(nullptr);
        };
        const auto shows = [&offer] { return offer() && offer()->isVisible(); };
        const int before = bestClass(*answer().result().decoding);
        QVERIFY(page.classes().contains(before));
        QVERIFY(!shows());
        const int other = before == 0 ? 1 : 0, third = before == 2 ? 3 : 2;
        page.setClasses({other, third});
        QVERIFY(shows());
        QVERIFY2(offer()->toolTip().startsWith("The picture is taken for"), qPrintable(offer()->toolTip()));
        offer()->click();
        QCOMPARE(page.classes(), (QList{other, third, before}));
        QVERIFY(!shows());
        // A limit makes another class the answer.
        page.setClasses({before, other});
        QVERIFY(!shows());
        document().setLimit({LimitChoice::Kind::Drop, {third}});
        QVERIFY(m_fixture->settle());
        QVERIFY(shows());
        page.setClasses({before, other, 4, third == 2 ? 3 : 2});
        document().editor().addEdit({"Fill", Mask::whole(document().editor().pictureSize()), MeanFill{}});
        QVERIFY(m_fixture->settle());
        QCOMPARE(shows(), !page.classes().contains(third));
        if (shows())
            QVERIFY(offer()->toolTip().startsWith("With its edits"));
        // Nothing is offered of a model that is not open any more.
        m_fixture->window().open({toPath(m_fixture->otherCheckpoint())});
        QTRY_VERIFY(document().classCount() == WindowFixture::OtherClasses);
        QVERIFY(!shows() || answer().result().key.model == document().model()->sha256);
    }

    void neverMoreThanSixNorFewerThanTwo()
    {
        QVERIFY(m_fixture->openAll());
        ClassComparison page(document(), answer());
        page.show();
        QVERIFY(showsMaps(page));
        page.setClasses({0, 1, 2, 3, 4, 0, 1});
        QCOMPARE(page.classes().size(), 5);
        page.setClasses({});
        document().setLayer(0);
        QTRY_COMPARE(page.classes().size(), 2);
    }

    void badEvaluations()
    {
        QVERIFY(m_fixture->openAll());
        ClassComparison page(document(), answer());
        QSignalSpy failed(&page, &ClassComparison::failed);
        const QString header("first,second,first_as_second,second_as_first\n");
        const auto load = [&](const QString& path, qsizetype failures) {
            page.loadEvaluation(toPath(path));
            QTRY_COMPARE(failed.size(), failures);
        };
        load(m_fixture->path("missing.csv"), 1);
        load(m_fixture->write("pairs.csv", "first,second\n1,2\n"), 2);
        load(m_fixture->write("pairs.csv", header.toUtf8() + "1,77,3,4\n"), 3);
        // Only the newest of several is told of, and none of another model.
        page.loadEvaluation(toPath(m_fixture->path("missing.csv")));
        load(m_fixture->write("more.csv", header.toUtf8() + "1,77,3,4\n"), 4);
        page.loadEvaluation(toPath(m_fixture->write("good.csv", header.toUtf8() + "1,2,3,4\n")));
        load(m_fixture->path("absent.csv"), 5);
    }

    void contextInOneClick()
    {
        QVERIFY(m_fixture->openAll());
        ContextComparison page(document(), answer());
        page.show();
        const auto isExample = [&page] { return page.matrix() && page.matrix()->notes.join(' ').contains("No limit"); };
        QTRY_VERIFY_WITH_TIMEOUT(isExample(), PatienceMs); // of what a limit would change
        QVERIFY(FigureText::banners(*page.matrix()->rows[1].cells[0].explanation).join(' ').contains("limited"));
        QCOMPARE(document().limit(), LimitChoice());
        document().setLimit({LimitChoice::Kind::Zero, {0, 1}});
        QVERIFY(m_fixture->settle());
        QTRY_VERIFY(page.matrix() && !isExample());
        QCOMPARE(page.matrix()->rows.size(), 3u);
        QVERIFY(FigureText::banners(*page.matrix()->rows[0].cells[0].explanation).isEmpty() ||
                !FigureText::banners(*page.matrix()->rows[0].cells[0].explanation).join(' ').contains("limited"));
        QVERIFY(FigureText::banners(*page.matrix()->rows[1].cells[0].explanation).join(' ').contains("limited"));
        document().setLimit({});
        QVERIFY(m_fixture->settle());
        QTRY_VERIFY_WITH_TIMEOUT(isExample(), PatienceMs);
        const int other = (document().currentClass() + 1) % WindowFixture::Classes;
        document().setCurrentClass(other);
        const QString label = document().classNames().label(other);
        QTRY_VERIFY_WITH_TIMEOUT(isExample() && page.matrix()->title.contains(label), PatienceMs);
        m_fixture->window().open({toPath(m_fixture->otherCheckpoint())});
        QTRY_VERIFY_WITH_TIMEOUT(document().classCount() == WindowFixture::OtherClasses && isExample(), PatienceMs);
    }

    void layersBesideEachOther()
    {
        QVERIFY(m_fixture->openAll());
        LayerComparison page(document(), answer());
        page.show();
        QVERIFY(showsMaps(page));
        QCOMPARE(page.matrix()->rows.size(), std::size_t{WindowFixture::Layers});
        page.findChild<QComboBox*>()->setCurrentIndex(1);
        QTRY_COMPARE(page.matrix()->rows.size(), 1u);
        QCOMPARE(page.matrix()->columns.size(), WindowFixture::Layers);
        document().setHead(3);
        QTRY_COMPARE(page.matrix()->rows[0].cells[0].tile->head, 3);
    }

    void consistencyOverPictures()
    {
        QVERIFY(m_fixture->openAll());
        QVERIFY(m_fixture->finishPredictions());
        ConsistencyView page(document(), answer());
        page.show();
        // It begins by itself, with pictures that there are: the folder is no class's name.
        QTRY_VERIFY_WITH_TIMEOUT(!page.pictures().empty() && !page.isRunning(), PatienceMs);
        QComboBox* source = sourceOf(page);
        QVERIFY(source->currentIndex() > 0);
        source->setCurrentIndex(2); // all open pictures
        emit source->activated(2);
        QVERIFY(page.isRunning());
        QTRY_VERIFY_WITH_TIMEOUT(!page.isRunning(), PatienceMs);
        QCOMPARE(page.pictures().size(), std::size_t{WindowFixture::Pictures});
        QTRY_VERIFY(page.matrix() && page.matrix()->rows.size() == std::size_t{WindowFixture::Pictures});
        const MapMatrix matrix = *page.matrix();
        for (int i = 0; i < WindowFixture::Pictures; ++i) {
            const MatrixRow& row = matrix.rows[static_cast<std::size_t>(i)];
            QCOMPARE(row.title, QFileInfo(m_fixture->picture(i)).fileName());
            QVERIFY(!row.flagged); // nobody knows their class
            const bool taken = page.pictures()[static_cast<std::size_t>(i)].predicted != document().currentClass();
            QCOMPARE(row.details.front().startsWith("taken for"), taken);
        }
        for (const QString& column : matrix.columns) // their tiles say it too, so that lines can wrap
            QVERIFY(matrix.notes.first().contains(column + QStringLiteral(" 0.")) ||
                    matrix.notes.first().contains(column + QStringLiteral(" 1.")));
        page.setOrder(ConsistencyView::OutliersFirst);
        QTRY_COMPARE(page.matrix()->rows.size(), matrix.rows.size());
        m_fixture->window().open({toPath(m_fixture->otherCheckpoint())});
        // The page is empty for a moment only: it begins by itself with the other model.
        const auto isOfOther = [this](const ExplainedPicture& explained) {
            return explained.key.model == document().model()->sha256;
        };
        QTRY_VERIFY_WITH_TIMEOUT(document().classCount() == WindowFixture::OtherClasses && !page.isRunning() &&
                                     page.pictures().size() == std::size_t{WindowFixture::Pictures} &&
                                     std::ranges::all_of(page.pictures(), isOfOther),
                                 PatienceMs);
    }

    /// One that is listed, while it is compared and afterwards; the one that is shown stays as it is.
    void aListedFileThatIsWrittenIsComparedAnew()
    {
        QVERIFY(m_fixture->openAll());
        QVERIFY(m_fixture->finishPredictions());
        ConsistencyView consistency(document(), answer());
        PictureGrid grid(document(), answer());
        grid.setPictureCount(4);
        consistency.show();
        grid.show();
        QComboBox* source = sourceOf(consistency);
        source->setCurrentIndex(2); // all open pictures
        emit source->activated(2);
        const auto written = m_fixture->picture(2), kept = m_fixture->path("kept.png");
        QVERIFY(QFile::copy(written, kept));
        const auto putBack = qScopeGuard([&] {
            QFile::remove(written);
            QFile::rename(kept, written);
        });
        const auto keyOf = [&consistency, path = toPath(written)] {
            for (const ExplainedPicture& picture : consistency.pictures())
                if (picture.path == path)
                    return picture.key.picture;
            return ContentKey();
        };
        const auto isWhole = [&] {
            return !consistency.isRunning() && consistency.pictures().size() == std::size_t{WindowFixture::Pictures};
        };
        QTRY_VERIFY_WITH_TIMEOUT(isWhole() && grid.matrix() && countMaps(*grid.matrix()) == 4, PatienceMs);
        const ContentKey before = keyOf();
        QImage other(80, 60, QImage::Format_RGB32);
        other.fill(Qt::darkCyan);
        QVERIFY(other.save(written));
        QTRY_VERIFY_WITH_TIMEOUT(isWhole() && keyOf() != before && keyOf() != ContentKey(), PatienceMs);
        const auto isShownAnew = [&grid] {
            const auto matrix = grid.matrix();
            if (!matrix || countMaps(*matrix) != 4)
                return false;
            for (const MatrixRow& row : matrix->rows)
                for (const MatrixCell& cell : row.cells)
                    if (cell.explanation && cell.explanation->pictureName == "picture2.png")
                        return !cell.explanation->stale && cell.explanation->picture.size() == QSize(80, 60);
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isShownAnew(), PatienceMs);
        // While it is being compared.
        const ContentKey cyan = keyOf();
        consistency.start();
        QVERIFY(consistency.isRunning());
        other.fill(Qt::darkRed);
        QVERIFY(other.save(written));
        QTRY_VERIFY_WITH_TIMEOUT(isWhole() && keyOf() != ContentKey() && keyOf() != cyan, PatienceMs);
        const ContentKey red = keyOf();
        QTRY_VERIFY_WITH_TIMEOUT(isWhole() && keyOf() == red, PatienceMs);
        // Half of it, and then the rest.
        QFile half(written);
        QVERIFY(half.open(QIODevice::ReadWrite));
        const QByteArray bytes = half.readAll();
        QVERIFY(half.resize(bytes.size() / 2));
        QTRY_VERIFY_WITH_TIMEOUT(!consistency.isRunning() &&
                                     consistency.pictures().size() == std::size_t{WindowFixture::Pictures} - 1,
                                 PatienceMs);
        QVERIFY(half.seek(bytes.size() / 2));
        QCOMPARE(half.write(bytes.mid(bytes.size() / 2)), bytes.size() - bytes.size() / 2);
        half.close();
        QTRY_VERIFY_WITH_TIMEOUT(isWhole() && keyOf() == red, PatienceMs);
    }

    void picturesSideBySide()
    {
        QVERIFY(m_fixture->openAll());
        PictureGrid page(document(), answer());
        page.setPictureCount(0);
        QCOMPARE(page.pictureCount(), 1);
        page.setPictureCount(99);
        QCOMPARE(page.pictureCount(), PictureGrid::MostPictures);
        page.setPictureCount(4);
        page.resize(900, 700);
        page.show();
        QTRY_VERIFY_WITH_TIMEOUT(page.matrix() && countMaps(*page.matrix()) == 4, PatienceMs);
        QCOMPARE(page.view()->grid()->views().count(), 4u);
        page.step(1);
        QTRY_VERIFY_WITH_TIMEOUT(page.matrix()->rows[0].cells[0].caption.contains("picture1"), PatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(countMaps(*page.matrix()) == 3, PatienceMs);
        page.step(100);
        QCOMPARE(page.first(), WindowFixture::Pictures - 1);
        page.step(-100);
        QCOMPARE(page.first(), 0);
        document().setHead(1);
        QTRY_VERIFY_WITH_TIMEOUT(
            page.matrix()->rows[0].cells[0].tile && page.matrix()->rows[0].cells[0].tile->head == 1, PatienceMs);
        const auto edited = [&page] { return page.matrix()->rows[0].cells[0].caption.endsWith("edited"); };
        QVERIFY(!edited());
        document().setCurrentPicture(0);
        QTRY_VERIFY(document().editor().isReady());
        document().editor().addEdit({"whole", Mask(), Contrast{1.5}});
        QTRY_VERIFY_WITH_TIMEOUT(edited(), PatienceMs);
    }

    /// What is explained while another model is on its way is of the one that is open, which may stay so.
    void aModelThatDoesNotOpenLeavesNoGaps()
    {
        QVERIFY(m_fixture->openAll());
        PictureGrid page(document(), answer());
        page.setPictureCount(2);
        page.resize(900, 700);
        page.show();
        QTRY_VERIFY_WITH_TIMEOUT(page.matrix() && countMaps(*page.matrix()) == 2, PatienceMs);
        std::promise<void> release;
        m_fixture->window().controller().runInBackground(
            [released = release.get_future().share()](EngineWorker&, const Progress&) {
                released.wait();
                return [] {};
            },
            [](const Failure&) {});
        document().openCheckpoint(toPath(m_fixture->write("broken.safetensors", "no model")));
        page.step(2);
        QTRY_VERIFY(page.matrix() && page.matrix()->rows[0].cells[0].caption.contains("picture2"));
        release.set_value();
        QTRY_VERIFY_WITH_TIMEOUT(countMaps(*page.matrix()) == 2, PatienceMs);
    }

    void pictureThatCannotBeReadIsAskedForOnce()
    {
        QVERIFY(m_fixture->openAll());
        m_fixture->window().open({toPath(m_fixture->write("broken.png", "no picture"))});
        PictureGrid page(document(), answer());
        page.setPictureCount(6);
        page.show();
        QTRY_VERIFY_WITH_TIMEOUT(page.matrix() && countMaps(*page.matrix()) == 4, PatienceMs);
        QSignalSpy refreshed(&document().pictures(), &QAbstractItemModel::dataChanged);
        const auto broken = [&page] {
            const MapMatrix matrix = *page.matrix();
            const auto columns = static_cast<std::size_t>(matrix.columns.size());
            return matrix.rows.at(4 / columns).cells.at(4 % columns);
        };
        QTRY_VERIFY_WITH_TIMEOUT(broken().caption.contains("broken.png"), PatienceMs);
        QVERIFY(!broken().tile);
        QVERIFY(answer().explanation().isEmpty());
        QVERIFY(!page.matrix()->firstExplanation(false)->modelHash.isEmpty()); // though nothing else is explained
    }

    void notesStandWhereverTheHeadIsShown()
    {
        QVERIFY(m_fixture->openAll());
        HeadNotes& notes = document().headNotes();
        notes.write(3, 99, QString(20'000, 'x'));
        QCOMPARE(notes.all().front().text.size(), maxNoteBytes);
        notes.write(3, 99, {});
        QVERIFY(notes.all().empty());
        const int shown = document().currentClass();
        notes.write(shown, 1, "  tail\npattern ");
        QCOMPARE(notes.text(shown, 1), QString("tail pattern"));
        QCOMPARE(answer().explanation().headNotes, (QStringList{"", "tail pattern"}));
        notes.write(-1, 1, "any tail");
        QCOMPARE(notes.text((shown + 1) % 5, 1), QString("any tail"));
        QCOMPARE(notes.text(shown, 1), QString("tail pattern"));
        ClassComparison page(document(), answer());
        page.show();
        QVERIFY(showsMaps(page));
        QCOMPARE(page.matrix()->rows[0].cells[1].tile->note, QString("tail pattern"));
        QSignalSpy asked(&page, &ComparePage::noteRequested);
        page.view()->grid()->choose({0, 1});
        QTest::keyClick(page.view()->grid()->tile({0, 1}), Qt::Key_N);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0], (QVariantList{shown, 1}));
        m_fixture->window().open({toPath(m_fixture->otherCheckpoint())});
        QTRY_COMPARE_WITH_TIMEOUT(document().classCount(), WindowFixture::OtherClasses, PatienceMs);
        QVERIFY(notes.ofModel().empty()); // another model's head 2 is another head
        QCOMPARE(notes.all().size(), 2u);
    }

    void notesPanel()
    {
        QVERIFY(m_fixture->openAll());
        HeadNotesPanel panel(document());
        panel.show();
        document().setHead(2);
        panel.ask(document().currentClass(), 2);
        auto* dialog = panel.findChild<QDialog*>();
        QVERIFY(dialog);
        dialog->findChild<QLineEdit*>()->setText("wing bar");
        dialog->accept();
        QCOMPARE(document().headNotes().text(document().currentClass(), 2), QString("wing bar"));
        panel.grab();
        // A question about a head goes with its model.
        panel.ask(document().currentClass(), 1);
        QPointer<QDialog> late = panel.findChildren<QDialog*>().constLast();
        document().openCheckpoint(toPath(m_fixture->otherCheckpoint()));
        QTRY_COMPARE_WITH_TIMEOUT(document().classCount(), WindowFixture::OtherClasses, PatienceMs);
        QTRY_VERIFY(!late);
        QVERIFY(document().headNotes().ofModel().empty());
    }

private:
    Document& document() { return m_fixture->document(); }
    LiveAnswer& answer() { return m_fixture->answer(); }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestComparePages)
#include "test_compare_pages.moc"

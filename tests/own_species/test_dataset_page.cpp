// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QApplication>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QToolBar>
#include <QToolButton>

#include "tests/own_species/species_folder.h"
#include "ui/dataset/box_canvas.h"
#include "ui/dataset/columns_dialog.h"
#include "ui/dataset/crop_editor.h"
#include "ui/dataset/dataset_class_list.h"
#include "ui/dataset/dataset_document.h"
#include "ui/dataset/dataset_files.h"
#include "ui/dataset/dataset_page.h"
#include "ui/dataset/picture_section.h"
#include "ui/dataset/picture_section_model.h"
#include "ui/dataset/picture_sections.h"
#include "ui/dataset/problem_card.h"
#include "ui/document/settings.h"
#include "ui/engine/paths.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

constexpr int patience = 60'000; ///< milliseconds

/// As a hand does: over it first.
void drop(QWidget& widget, const QMimeData& data)
{
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&widget, &enter);
    QDropEvent event(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&widget, &event);
}

} // namespace

/// The page of a data set, driven with mouse and keys.
class TestDatasetPage : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<SpeciesFolder>(QStringList{"Ant", "ant", "bee"});
        m_settings = std::make_unique<Settings>(m_folder->path("settings.ini"));
        m_dataset = std::make_unique<DatasetDocument>();
        const AskForFiles ask = [this](QWidget* parent, const FileQuestion&, const auto& answer) {
            if (!m_answers.isEmpty())
                QMetaObject::invokeMethod(
                    parent, [answer, paths = m_answers] { answer(paths); }, Qt::QueuedConnection);
        };
        m_page = std::make_unique<DatasetPage>(*m_dataset, *m_settings, ask);
        m_page->resize(1200, 700);
        m_page->show();
        m_answers.clear();
    }

    void cleanup()
    {
        m_page.reset();
        m_dataset.reset();
    }

    void anEmptyPageOffersWhatToOpen()
    {
        QVERIFY(button("Open a folder…"));
        m_answers = QStringList{m_folder->path()};
        QTest::mouseClick(button("Open a folder…"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!m_dataset->isEmpty(), patience);
        QCOMPARE(m_settings->text(Setting::LastFolder), m_folder->path());
    }

    void aDroppedFolderIsOpened()
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(m_folder->path())});
        drop(*m_page, data);
        QVERIFY(settle());
        QCOMPARE(m_dataset->state().classNames.size(), std::size_t{3});
    }

    void aTableWhoseHeadingsTellNothingAsks()
    {
        SpeciesFolder folder({"p"}, 2);
        folder.add("t.csv", QByteArray("nr,was,wo\n1,Wren,p_0.png\n2,Robin,p_1.png\n"));
        QSignalSpy failed(m_page.get(), &DatasetPage::failed);
        m_page->files()->open({toPath(folder.path("t.csv"))});
        QTRY_VERIFY_WITH_TIMEOUT(m_page->findChild<ColumnsDialog*>(), patience);
        QVERIFY(settle());
        QVERIFY(m_dataset->isEmpty() && failed.isEmpty());
        auto* dialog = m_page->findChild<ColumnsDialog*>();
        QTest::keyClick(dialog, Qt::Key_Escape); // and nothing has happened
        QTRY_VERIFY_WITH_TIMEOUT(!m_page->findChild<ColumnsDialog*>(), patience);
        QVERIFY(m_dataset->isEmpty());
        m_page->files()->open({toPath(folder.path("t.csv"))});
        QTRY_VERIFY_WITH_TIMEOUT(m_page->findChild<ColumnsDialog*>(), patience);
        dialog = m_page->findChild<ColumnsDialog*>();
        QPushButton* open = buttonOf(*dialog, "Open");
        QVERIFY(open->isEnabled());
        auto* species = comboOf(*dialog, "Column of the species");
        species->setCurrentText("wo"); // which is that of the pictures
        QVERIFY(!open->isEnabled());
        species->setCurrentText("was");
        QTest::mouseClick(open, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(m_dataset->state().classNames.size(), std::size_t{2}, patience);
        QVERIFY(settle());
        QVERIFY2(failed.isEmpty(),
                 qPrintable(failed.isEmpty() ? QString() : failed.first().first().value<Failure>().detail));
    }

    void aFolderWithItsSavedDataSetAsks_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<std::size_t>("classes");
        QTest::newRow("cancel") << "Cancel" << std::size_t{0};
        QTest::newRow("the saved one") << "Open it" << std::size_t{2};
        QTest::newRow("anew") << "Begin anew" << std::size_t{3};
    }

    void aFolderWithItsSavedDataSetAsks()
    {
        QFETCH(const QString, answer);
        QFETCH(const std::size_t, classes);
        {
            DatasetDocument decided;
            decided.openSources({toPath(m_folder->path())});
            QTRY_VERIFY_WITH_TIMEOUT(!decided.isEmpty() && decided.work() == DatasetDocument::Work::None, patience);
            QVERIFY(decided.apply(MergeClasses{{"ant"}, "Ant"}));
            QVERIFY(decided.save(toPath(m_folder->path("mine.ocellus-dataset"))));
        }
        m_page->files()->open({toPath(m_folder->path())});
        auto* question = m_page->findChild<QMessageBox*>();
        QVERIFY(question && question->text().contains("mine.ocellus-dataset"));
        QVERIFY(m_dataset->isEmpty());
        QTest::mouseClick(buttonOf(*question, answer), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!m_page->findChild<QMessageBox*>(), patience);
        QVERIFY(settle());
        QCOMPARE(m_dataset->state().classNames.size(), classes);
        QCOMPARE(m_dataset->file().empty(), answer != "Open it");
    }

    void aProblemsWayOutIsAButton()
    {
        QVERIFY(open());
        ProblemCard* card = cardOf(ProblemKind::SimilarNames);
        QVERIFY(card);
        QTest::mouseClick(buttonOf(*card, "Merge"), Qt::LeftButton);
        QCOMPARE(m_dataset->state().classNames.size(), std::size_t{2});
        QTest::keyClick(m_page->classes()->view(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_dataset->state().classNames.size(), std::size_t{3});
        QTest::keyClick(m_page->classes()->view(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(m_dataset->state().classNames.size(), std::size_t{2});
    }

    void copiesAreShownBesideWhatTheyAreCopiesOf()
    {
        m_folder->add("ant/ant_copy.png", SpeciesFolder::picture(1, 0));
        QVERIFY(open());
        ProblemCard* card = cardOf(ProblemKind::SameContent);
        QVERIFY(card);
        QTest::mouseClick(buttonOf(*card, "Show"), Qt::LeftButton);
        QCOMPARE(m_page->pictures()->shown().size(), std::size_t{2});
        QTest::mouseClick(button("Show all"), Qt::LeftButton);
        QCOMPARE(m_page->pictures()->shown().size(), std::size_t{37});
        QTest::mouseClick(buttonOf(*card, "Leave 1 out"), Qt::LeftButton);
        QVERIFY(!cardOf(ProblemKind::SameContent));
    }

    void chosenSpeciesAreShownAlone()
    {
        QVERIFY(open());
        const auto all = m_page->pictures()->shown().size();
        m_page->classes()->choose({"bee"});
        QCOMPARE(m_page->pictures()->shown().size(), std::size_t{12});
        m_page->classes()->choose({});
        QCOMPARE(m_page->pictures()->shown().size(), all);
    }

    void whatIsClickedLooksChosen()
    {
        QVERIFY(open());
        QListView* view = m_page->pictures()->section(DatasetSection::Train)->view();
        const auto grab = [view](int row) {
            return view->viewport()->grab(view->visualRect(view->model()->index(row, 0))).toImage();
        };
        const auto isFilled = [&](int row) {
            const QImage cell = grab(row);
            const QColor accent = view->palette().color(QPalette::Highlight);
            return cell.pixelColor(3, 3) == accent && cell.pixelColor(3, cell.height() - 4) == accent;
        };
        const auto isLoaded = [view](int row) {
            return !view->model()->index(row, 0).data(Qt::DecorationRole).value<QImage>().isNull();
        };
        int below = 1; // the first cell of the next row
        while (view->visualRect(view->model()->index(below, 0)).top() ==
               view->visualRect(view->model()->index(0, 0)).top())
            ++below;
        QTRY_VERIFY_WITH_TIMEOUT(isLoaded(0) && isLoaded(below), patience);
        const QImage before = grab(below);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(view->model()->index(0, 0)).center());
        QTRY_VERIFY(isFilled(0));
        QCOMPARE(grab(below), before);
    }

    void theChoiceFollowsANewName_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<std::size_t>("pictures");
        QTest::newRow("another species'") << "ant" << std::size_t{24};
        QTest::newRow("a new one") << "wasp" << std::size_t{12};
    }

    void theChoiceFollowsANewName()
    {
        QFETCH(const QString, name);
        QFETCH(const std::size_t, pictures);
        QVERIFY(open());
        m_page->classes()->choose({"bee"});
        QAbstractItemModel* model = m_page->classes()->view()->model();
        const QModelIndexList found = model->match(model->index(0, 0), Qt::DisplayRole, "bee", 1, Qt::MatchExactly);
        QCOMPARE(found.size(), 1);
        QVERIFY(model->setData(found.first(), name));
        QTRY_COMPARE(m_page->classes()->chosen(), std::set{name.toStdString()});
        QCOMPARE(m_page->pictures()->shown().size(), pictures);
        m_dataset->undo(); // the name is gone: all are shown, not none
        QVERIFY(!m_page->pictures()->shown().empty());
    }

    void keysOfTheListAreItsOwn_data()
    {
        QTest::addColumn<Qt::Key>("key");
        QTest::addColumn<bool>("isChosen");
        for (const Qt::Key key : {Qt::Key_F2, Qt::Key_Delete, Qt::Key_Return}) {
            QTest::addRow("%s, nothing chosen", qPrintable(QKeySequence(key).toString())) << key << false;
            QTest::addRow("%s", qPrintable(QKeySequence(key).toString())) << key << true;
        }
    }

    /// The window has commands of such keys.
    void keysOfTheListAreItsOwn()
    {
        QFETCH(const Qt::Key, key);
        QFETCH(const bool, isChosen);
        QVERIFY(open());
        QShortcut ofTheWindow(key, m_page.get());
        QSignalSpy taken(&ofTheWindow, &QShortcut::activated);
        QTableView* table = m_page->classes()->view();
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        table->setFocus();
        m_page->classes()->choose(isChosen ? std::set<std::string>{"bee"} : std::set<std::string>());
        QTest::keyClick(table, key);
        QCOMPARE(taken.count(), isChosen ? 0 : 1);
        QCOMPARE(m_dataset->state().classNames.size(), std::size_t(isChosen && key == Qt::Key_Delete ? 2 : 3));
        auto* editor = table->findChild<QLineEdit*>();
        QCOMPARE(editor != nullptr, isChosen && key == Qt::Key_F2);
        if (!editor)
            return;
        QTest::keyClicks(editor, "wasp");
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(m_page->classes()->chosen(), std::set<std::string>{"wasp"});
    }

    void theMenuOfTheListMerges()
    {
        QVERIFY(open());
        QTableView* table = m_page->classes()->view();
        emit table->customContextMenuRequested({5, 5}); // nothing is chosen
        QVERIFY(!m_page->classes()->findChild<QMenu*>());
        m_page->classes()->choose({"bee"});
        emit table->customContextMenuRequested({5, 5});
        QAction* target = nullptr;
        for (const QMenu* menu : m_page->classes()->findChildren<QMenu*>())
            for (QAction* action : menu->actions())
                if (action->text() == "ant")
                    target = action;
        QVERIFY(target);
        target->trigger();
        QCOMPARE(m_dataset->state().classNames, (std::vector<std::string>{"Ant", "ant"}));
        QCOMPARE(m_page->classes()->chosen(), std::set<std::string>{"ant"});
    }

    void tabGoesAsThePageIsRead()
    {
        QVERIFY(open());
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        ProblemCard* card = cardOf(ProblemKind::SimilarNames);
        QVERIFY(card);
        const std::vector<const QWidget*> places{m_page->findChild<QToolBar*>(), m_page->classes(), m_page->pictures(),
                                                 m_page->findChild<QTabWidget*>()->tabBar(), card};
        QTRY_VERIFY(card->isVisible());
        auto* bar = m_page->findChild<QToolBar*>();
        QWidget* first = bar->widgetForAction(bar->actions().first());
        first->setFocus();
        std::vector<const QWidget*> passed;
        int stops = 0;
        do {
            QWidget* now = QApplication::focusWidget();
            QVERIFY(now && !qobject_cast<const QScrollArea*>(now)); // which shows no focus
            for (const QWidget* place : places)
                if ((place == now || place->isAncestorOf(now)) && (passed.empty() || passed.back() != place))
                    passed.push_back(place);
            QTest::keyClick(now, Qt::Key_Tab);
        } while (QApplication::focusWidget() != first && ++stops < 200);
        QCOMPARE(passed, places);
    }

    void aNameWrittenAnewMerges()
    {
        QVERIFY(open());
        QTableView* table = m_page->classes()->view();
        QAbstractItemModel* model = table->model();
        int row = 0;
        while (model->index(row, 0).data().toString() != "bee")
            ++row;
        QVERIFY(model->setData(model->index(row, 0), "ant"));
        QTRY_COMPARE(m_dataset->state().classNames.size(), std::size_t{2});
        m_dataset->undo();
        QCOMPARE(m_dataset->state().classNames.size(), std::size_t{3});
    }

    void picturesMoveBetweenTrainingAndValidation()
    {
        QVERIFY(open());
        PictureSection* train = m_page->pictures()->section(DatasetSection::Train);
        PictureSection* val = m_page->pictures()->section(DatasetSection::Val);
        const int before = val->model()->rowCount();
        QVERIFY(before > 0);
        const int picture = train->model()->pictures().front();
        const std::unique_ptr<QMimeData> dragged(train->model()->mimeData({train->model()->index(0)}));
        drop(*val->view()->viewport(), *dragged);
        QCOMPARE(val->model()->rowCount(), before + 1);
        QVERIFY(val->model()->rowOf(picture) >= 0);
        // And back by the keyboard.
        val->view()->setFocus();
        val->view()->setCurrentIndex(val->model()->index(val->model()->rowOf(picture)));
        QTest::keyClick(val->view(), Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(val->model()->rowCount(), before);
    }

    void leftOutPicturesComeBack()
    {
        QVERIFY(open());
        PictureSection* train = m_page->pictures()->section(DatasetSection::Train);
        const int picture = train->model()->pictures().front();
        train->view()->setFocus();
        train->view()->setCurrentIndex(train->model()->index(0));
        QTest::keyClick(train->view(), Qt::Key_Delete);
        PictureSection* out = m_page->pictures()->section(DatasetSection::LeftOut);
        QVERIFY(out->isVisible());
        QCOMPARE(out->model()->pictures(), std::vector<int>{picture});
        m_page->pictures()->move({picture}, DatasetSection::Train);
        QVERIFY(!out->isVisible());
    }

    void oneDragDrawsABox()
    {
        QVERIFY(open());
        CropEditor* editor = m_page->cropEditor();
        emit m_page->pictures()->opened(0);
        QVERIFY(editor->isVisible());
        BoxCanvas* canvas = editor->canvas();
        QTRY_VERIFY_WITH_TIMEOUT(!canvas->pictureRect().isEmpty(), patience);
        const QRectF place = canvas->pictureRect();
        const auto at = [&](double x, double y) {
            return QPoint(qRound(place.left() + x * place.width()), qRound(place.top() + y * place.height()));
        };
        QTest::mousePress(canvas, Qt::LeftButton, {}, at(0.25, 0.25));
        QTest::mouseMove(canvas, at(0.5, 0.5));
        QTest::mouseRelease(canvas, Qt::LeftButton, {}, at(0.75, 0.75));
        const auto& box = m_dataset->state().members[0].box;
        QVERIFY(box);
        QVERIFY(std::abs(box->left - 10) <= 1 && std::abs(box->width - 20) <= 1);
        // A slip of the hand is none.
        QTest::mousePress(canvas, Qt::LeftButton, {}, at(0.5, 0.5));
        QTest::mouseRelease(canvas, Qt::LeftButton, {}, at(0.51, 0.51));
        QCOMPARE(m_dataset->state().members[0].box->left, box->left);
        QTest::keyClick(editor, Qt::Key_Delete);
        QVERIFY(!m_dataset->state().members[0].box);
        QTest::keyClick(editor, Qt::Key_Escape);
        QVERIFY(!editor->isVisible());
    }

    void nothingUnsavedIsLostWithoutAQuestion_data()
    {
        QTest::addColumn<QMessageBox::StandardButton>("answer");
        QTest::addColumn<bool>("opens");
        QTest::addColumn<bool>("saves");
        QTest::newRow("cancel") << QMessageBox::Cancel << false << false;
        QTest::newRow("discard") << QMessageBox::Discard << true << false;
        QTest::newRow("save") << QMessageBox::Save << true << true;
    }

    void nothingUnsavedIsLostWithoutAQuestion()
    {
        QFETCH(const QMessageBox::StandardButton, answer);
        QFETCH(const bool, opens);
        QFETCH(const bool, saves);
        QVERIFY(open());
        QVERIFY(m_dataset->apply(ExcludePictures{{0}, "by hand"}));
        const SpeciesFolder other({"cat", "dog"});
        const QString file = m_folder->path("mine.ocellus-dataset");
        m_answers = QStringList{file};
        m_page->files()->open({toPath(other.path())});
        auto* question = m_page->findChild<QMessageBox*>();
        QVERIFY(question);
        QVERIFY2(question->text().contains(m_dataset->name()), qPrintable(question->text()));
        m_page->files()->open({toPath(other.path())}); // once more: it is asked once
        QCOMPARE(m_page->findChildren<QMessageBox*>().size(), 1);
        QTest::mouseClick(question->button(answer), Qt::LeftButton);
        if (opens)
            QTRY_COMPARE_WITH_TIMEOUT(m_dataset->state().classNames.front(), std::string("cat"), patience);
        QVERIFY(settle());
        QCOMPARE(QFile::exists(file), saves);
        if (!opens)
            QVERIFY(m_dataset->isUnsaved());
    }

    void savingThatFailsLosesNothing()
    {
        QVERIFY(open());
        QVERIFY(m_dataset->apply(ExcludePictures{{0}, "by hand"}));
        m_answers = QStringList{m_folder->path("no/such/mine.ocellus-dataset")};
        QSignalSpy failed(m_page.get(), &DatasetPage::failed);
        QSignalSpy approved(m_page->files(), &DatasetFiles::closeApproved);
        QVERIFY(!m_page->files()->mayClose());
        QTest::mouseClick(m_page->findChild<QMessageBox*>()->button(QMessageBox::Save), Qt::LeftButton);
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(approved.count(), 0);
        QVERIFY(m_dataset->isUnsaved());
    }

    void aSmallerDataSetTakesThePlaceOfALarger_data()
    {
        QTest::addColumn<bool>("isInEditor");
        QTest::newRow("with pictures chosen") << false;
        QTest::newRow("with a picture in the editor") << true;
    }

    void aSmallerDataSetTakesThePlaceOfALarger()
    {
        QFETCH(const bool, isInEditor);
        QVERIFY(open());
        PictureSection* train = m_page->pictures()->section(DatasetSection::Train);
        if (isInEditor)
            emit m_page->pictures()->opened(35);
        else
            train->view()->selectAll();
        QCOMPARE(m_page->cropEditor()->isVisible(), isInEditor);
        const SpeciesFolder other({"cat", "dog"}, 4);
        m_page->files()->open({toPath(other.path())});
        QVERIFY(settle());
        QCOMPARE(m_dataset->state().classNames.front(), std::string("cat"));
        QVERIFY(train->chosen().empty());
        QVERIFY(!m_page->cropEditor()->isVisible());
    }

    void aNameWithADotGetsOurEnding_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("file");
        QTest::newRow("none") << "birds"
                              << "birds.ocellus-dataset";
        QTest::newRow("a dot") << "Birds v1.2"
                               << "Birds v1.2.ocellus-dataset";
        QTest::newRow("ours") << "birds.ocellus-dataset"
                              << "birds.ocellus-dataset";
    }

    void aNameWithADotGetsOurEnding()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, file);
        QVERIFY(open());
        m_answers = QStringList{m_folder->path(name)};
        m_page->files()->saveAs();
        QTRY_COMPARE(m_dataset->file(), toPath(m_folder->path(file)));
    }

private:
    bool settle()
    {
        return QTest::qWaitFor([this] { return m_dataset->work() == DatasetDocument::Work::None; }, patience);
    }

    bool open()
    {
        m_page->files()->open({toPath(m_folder->path())});
        return settle() && !m_dataset->isEmpty();
    }

    QPushButton* buttonOf(QWidget& parent, const QString& text)
    {
        for (auto* button : parent.findChildren<QPushButton*>())
            if (QString(button->text()).remove('&') == text)
                return button;
        return nullptr;
    }
    QComboBox* comboOf(QWidget& parent, const QString& name)
    {
        for (auto* choice : parent.findChildren<QComboBox*>())
            if (choice->accessibleName() == name)
                return choice;
        return nullptr;
    }
    QPushButton* button(const QString& text) { return buttonOf(*m_page, text); }

    ProblemCard* cardOf(ProblemKind kind)
    {
        const auto& problems = m_dataset->problems();
        const auto found = std::ranges::find(problems, kind, &DatasetProblem::kind);
        if (found == problems.end())
            return nullptr;
        for (auto* card : m_page->findChildren<ProblemCard*>())
            if (card->accessibleName() == QString::fromStdString(found->sentence))
                return card;
        return nullptr;
    }

    std::unique_ptr<SpeciesFolder> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<DatasetDocument> m_dataset;
    QStringList m_answers;
    std::unique_ptr<DatasetPage> m_page;
};

QTEST_MAIN(TestDatasetPage)
#include "test_dataset_page.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QFormLayout>
#include <QImage>
#include <QLabel>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

#include "core/engine/tree_answer.h"
#include "core/projection/projection_cache.h"
#include "tests/projection/training_folder.h"
#include "tests/support/button_with_text.h"
#include "tests/support/npy_bytes.h"
#include "tests/support/small_prototypes.h"
#include "tests/window/window_fixture.h"
#include "ui/engine/paths.h"
#include "ui/figures/prototype_patches.h"
#include "ui/panels/classes_panel.h"
#include "ui/panels/display_panel.h"
#include "ui/panels/intervention_panel.h"
#include "ui/tree/tree_panel.h"
#include "ui/tree/tree_view.h"
#include "ui/widgets/head_grid.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/linked_view.h"
#include "ui/window/central_view.h"
#include "ui/window/heads_page.h"
#include "ui/window/task_status.h"

using namespace ocellus;

namespace {

constexpr int Patience = 60'000;

} // namespace

/// The window with a ProtoPNet and a ProtoTree: what is shown of their prototypes, and of pictures that are bad.
class TestPrototypeWindow : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_fixture = std::make_unique<WindowFixture>();
        qputenv("XDG_CACHE_HOME", m_fixture->path("cache").toLocal8Bit()); // no search is known yet
        m_training.makePictures("train", 2);
        m_training.makePictures("other", 1);
        m_training.makePictures("two", 1);
        QVERIFY(QDir(m_training.file("two/c")).removeRecursively());
        m_training.makePictures("torn", 1);
        m_training.write("torn/b/bad.png", "no picture");
        for (const char* folder : {"bare", "tree", "pruned"})
            QVERIFY(QDir().mkpath(m_fixture->path(folder)));
        m_fixture->write("bare/10nopush.pth", QByteArray::fromStdString(test::wholeProtoPNet().file()));
        m_fixture->write("tree/model.pth", QByteArray::fromStdString(test::wholeProtoTree().file()));
        ModelConfig pruned = test::smallProtoPNet();
        pruned.prototypes->prototypes = 3;
        pruned.prototypes->classOf = {0, 0, 2};
        m_fixture->write("pruned/model.pth", QByteArray::fromStdString(test::wholeProtoPNet(pruned).file()));
    }

    void init()
    {
        QDir(m_fixture->path("cache")).removeRecursively();
        m_fixture->restart();
        m_fixture->window().resize(1366, 768);
    }

    void showsEachPatchOrWhyNot_data();
    void showsEachPatchOrWhyNot();
    void saysWhereThereAreNone_data();
    void saysWhereThereAreNone();
    void aClassWithoutPrototypesSaysSo();
    void anotherModelTakesThePatchesAway();
    void boxesAreAChoice();
    void cannotBeLimited();
    void beginsWithWhatGivesMost();
    void prototypesAreTakenAwayByHand();
    void anotherModelForgetsWhatWasTakenAway();
    void theTreeIsWalked();
    void theTreeIsExported_data();
    void theTreeIsExported();
    void nothingIsCalledAHead_data();
    void nothingIsCalledAHead();
    void nothingOfItIsSeenWithHeads();
    void refusesTrainingPictures_data();
    void refusesTrainingPictures();
    void aSearchIsStopped();
    void anotherModelStopsASearch();
    void theNewestSearchWins();
    void findsPatchesAndRemembersThem();
    void leavesOutPicturesThatCannotBeRead();
    void aChangedTrainingPictureSaysSo();
    void findsThePatchesOfNodes();

private:
    Document& document() { return m_fixture->document(); }
    LiveAnswer& answer() { return m_fixture->answer(); }
    CentralView& centre() { return m_fixture->window().centre(); }
    HeadsPage& heads() { return *centre().heads(); }

    QString words(const QString& name)
    {
        for (const QLabel* label : centre().findChildren<QLabel*>())
            if (label->accessibleName() == name)
                return label->isVisibleTo(&centre()) ? label->text() : QString();
        return {};
    }

    bool open(const QString& model)
    {
        const std::filesystem::path path = toPath(model);
        m_fixture->window().open({path, toPath(m_fixture->picture(0))});
        return QTest::qWaitFor(
            [&] {
                return !document().isModelOnItsWay() && document().model() && document().model()->path == path &&
                       answer().result().decoding && !answer().isStale() && !answer().isBusy();
            },
            Patience);
    }

    /// A ProtoPNet with a folder of pictures beside it, whose patches are `top` to `top` + 4 of their pictures.
    QString withPictures(const QString& folder, std::int64_t top)
    {
        const QString epoch = m_fixture->path(folder + "/img/epoch-10");
        QDir().mkpath(epoch);
        QFile table(epoch + "/bb10.npy");
        if (!table.open(QIODevice::WriteOnly) ||
            table.write(QByteArray::fromStdString(test::int64Npy(6, 6, {0, top, top + 4, top, top + 4, 0}))) < 0)
            qFatal("cannot write");
        QImage patch(4, 4, QImage::Format_RGB32), original(16, 16, QImage::Format_RGB32);
        patch.fill(Qt::red);
        original.fill(Qt::blue);
        for (int p = 0; p < 6; ++p)
            patch.save(epoch + QStringLiteral("/prototype-img%1.png").arg(p));
        for (int p = 0; p < 6; ++p)
            original.save(epoch + QStringLiteral("/prototype-img-original%1.png").arg(p));
        const QString path = m_fixture->path(folder + "/10_18push.pth");
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) ||
            file.write(QByteArray::fromStdString(test::wholeProtoPNet().file())) < 0)
            qFatal("cannot write");
        return path;
    }

    std::shared_ptr<const PrototypePatch> patch(int prototype)
    {
        return patchOf(answer().explanation().patches, prototype);
    }

    QPushButton* findButton() { return buttonWithText(heads(), "Find their patches…"); }

    /// By the button, as a user does.
    void findPatches(const QString& folder)
    {
        m_fixture->answers = {m_training.file(folder)};
        findButton()->click();
    }

    bool hasPatches() { return answer().explanation().patches && answer().explanation().patches->areThere; }

    test::TrainingFolder m_training;
    std::unique_ptr<WindowFixture> m_fixture;
};

void TestPrototypeWindow::showsEachPatchOrWhyNot_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<bool>("isOriginal");
    QTest::addColumn<int>("top");
    QTest::addColumn<bool>("patch");
    QTest::addColumn<bool>("original");
    QTest::addColumn<bool>("place");
    const QByteArray none, text("hello, this is text");
    QTest::newRow("a patch that is no picture") << text << false << 2 << false << false << false;
    QTest::newRow("a picture that is none") << text << true << 2 << true << false << false;
    QTest::newRow("a box beyond the picture") << none << true << 100 << true << true << false;
    QTest::newRow("all there") << none << true << 2 << true << true << true;
}

void TestPrototypeWindow::showsEachPatchOrWhyNot()
{
    QFETCH(const QByteArray, content);
    QFETCH(const bool, isOriginal);
    QFETCH(const int, top);
    const QString model =
        withPictures(QString("row%1").arg(top) + QString::number(qHash(content)) + QString::number(isOriginal), top);
    if (!content.isEmpty()) {
        const QString epoch = QFileInfo(model).path() + "/img/epoch-10/";
        QFile file(epoch + (isOriginal ? "prototype-img-original0.png" : "prototype-img0.png"));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(content) > 0);
    }
    QVERIFY(open(model));
    document().setCurrentClass(0);
    QTRY_VERIFY_WITH_TIMEOUT(patch(0) && patch(1), Patience);
    QTEST(!patch(0)->patch.isNull(), "patch");
    QTEST(!patch(0)->original.isNull(), "original");
    QTEST(!patch(0)->place.isEmpty(), "place");
    QCOMPARE(patch(0)->problem.contains("cannot be read"), patch(0)->patch.isNull());
    QVERIFY(!patch(1)->patch.isNull());
    QCOMPARE(words("About the prototypes").contains("put the folder"), false);
    QVERIFY(!m_fixture->window().grab().isNull());
    QCOMPARE(m_fixture->contradiction(), QString());
}

void TestPrototypeWindow::saysWhereThereAreNone_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<QStringList>("said");
    QTest::newRow("before the push") << "bare/10nopush.pth" << QStringList{"before its prototypes were pushed", "img"};
    QTest::newRow("pruned, none beside it") << "pruned/model.pth" << QStringList{"img/epoch-N", "put the folder img"};
    QTest::newRow("a tree") << "tree/model.pth" << QStringList{"put the folder upsampling_results"};
}

void TestPrototypeWindow::saysWhereThereAreNone()
{
    QFETCH(const QString, model);
    QFETCH(const QStringList, said);
    QVERIFY(open(m_fixture->path(model)));
    for (const QString& text : said)
        QTRY_VERIFY2_WITH_TIMEOUT(words("About the prototypes").contains(text),
                                  qPrintable(words("About the prototypes")), Patience);
}

void TestPrototypeWindow::aClassWithoutPrototypesSaysSo()
{
    QVERIFY(open(m_fixture->path("pruned/model.pth")));
    document().setCurrentClass(1);
    QTRY_COMPARE_WITH_TIMEOUT(heads().headGrid()->tiles().size(), std::size_t{1}, Patience);
    const auto described = [this] { return heads().headGrid()->tiles().front()->accessibleDescription(); };
    QTRY_VERIFY_WITH_TIMEOUT(described().contains("no prototype of its own"), Patience);
    document().setCurrentClass(2);
    QTRY_COMPARE_WITH_TIMEOUT(heads().headGrid()->tiles().size(), std::size_t{2}, Patience); // and the mean
    QTRY_VERIFY_WITH_TIMEOUT(words("About the prototypes").contains("of its logit"), Patience);
    QCOMPARE(m_fixture->contradiction(), QString());
}

void TestPrototypeWindow::anotherModelTakesThePatchesAway()
{
    const QString first = withPictures("first", 2);
    QVERIFY(open(first));
    QVERIFY(answer().explanation().patches && answer().explanation().patches->areThere);
    QVERIFY(open(m_fixture->checkpoint())); // whether they were read or not
    QVERIFY(!answer().explanation().patches);
    QVERIFY(m_fixture->settle());
    QVERIFY(!answer().explanation().patches);
    QVERIFY(words("About the prototypes").isEmpty());
    QVERIFY(open(first));
    document().setCurrentClass(0);
    QTRY_VERIFY_WITH_TIMEOUT(patch(0) && !patch(0)->patch.isNull(), Patience);
}

void TestPrototypeWindow::boxesAreAChoice()
{
    QVERIFY(open(m_fixture->path("pruned/model.pth")));
    document().setCurrentClass(0);
    auto* panel = m_fixture->window().findChild<DisplayPanel*>();
    const auto boxed = [this] { return tileMaps(answer().explanation()).front().box.has_value(); };
    QVERIFY(!boxed());
    QCheckBox* choice = nullptr;
    for (QCheckBox* box : panel->findChildren<QCheckBox*>())
        if (box->text().remove('&') == QStringLiteral("Boxes as published"))
            choice = box;
    QVERIFY(choice && !choice->isHidden());
    const auto source = [panel] {
        for (const QComboBox* box : panel->findChildren<QComboBox*>())
            if (box->accessibleName() == QStringLiteral("Source of the maps"))
                return box->currentText();
        return QString();
    };
    QCOMPARE(source(), QString("Prototypes"));
    choice->setChecked(true);
    QVERIFY(boxed());
    QVERIFY(m_fixture->settings().boolean(Setting::Boxes));
    QVERIFY(open(m_fixture->checkpoint()));
    QVERIFY(choice->isHidden() && !boxed());
    QCOMPARE(source(), QString("Heads"));
}

void TestPrototypeWindow::cannotBeLimited()
{
    QVERIFY(open(m_fixture->path("pruned/model.pth")));
    bool isSaid = false;
    for (const QLabel* label : m_fixture->window().findChild<ClassesPanel*>()->findChildren<QLabel*>())
        isSaid = isSaid || label->text().contains("what its prototypes find is the same for all of them");
    QVERIFY(isSaid);
    LimitChoice limit;
    limit.kind = LimitChoice::Kind::Zero;
    limit.active = {0};
    document().setLimit(limit);
    QVERIFY(m_fixture->settle());
    QVERIFY(answer().result().decoding);
    QVERIFY(!m_fixture->window().grab().isNull());
}

void TestPrototypeWindow::beginsWithWhatGivesMost()
{
    QVERIFY(open(m_fixture->path("bare/10nopush.pth")));
    const int first = answer().result().decoding->rankHeads(0, document().currentClass()).front();
    QCOMPARE(document().head(), first);
}

void TestPrototypeWindow::prototypesAreTakenAwayByHand()
{
    QVERIFY(open(m_fixture->path("bare/10nopush.pth")));
    document().setCurrentClass(1);
    QVERIFY(m_fixture->settle());
    auto* panel = m_fixture->window().findChild<InterventionPanel*>();
    const auto button = [panel]() -> QAbstractButton* {
        for (auto* each : panel->findChildren<QAbstractButton*>())
            if (each->accessibleName() == QStringLiteral("Without prototype 3"))
                return each;
        return nullptr;
    };
    QTRY_VERIFY_WITH_TIMEOUT(button(), Patience); // by the model's number: the class's second
    const auto before = answer().result().decoding;
    button()->click();
    QVERIFY(m_fixture->settle());
    const Explanation shown = answer().explanation();
    QCOMPARE(shown.intervention, QString("prototypes changed by hand: without prototype 3"));
    for (int c = 0; c < 3; ++c)
        QVERIFY(shown.decoding->logit(c) != before->logit(c)); // each has a weight for it
    QCOMPARE(shown.decoding->part(0, 1, 1)->contribution(), 0.0);
    bool isNoted = false;
    for (const QLabel* label : panel->findChildren<QLabel*>())
        isNoted = isNoted || label->text() == QStringLiteral("Prototypes changed by hand: without prototype 3.");
    QVERIFY(isNoted);
    QCOMPARE(m_fixture->contradiction(), QString());
    button()->click();
    QVERIFY(m_fixture->settle());
    QCOMPARE(answer().result().decoding->logits(), before->logits());
}

/// While the answer without it is still to come.
void TestPrototypeWindow::anotherModelForgetsWhatWasTakenAway()
{
    QVERIFY(open(m_fixture->path("bare/10nopush.pth")));
    document().setIntervention({document().currentClass(), {0}, {}, 0, 0});
    QVERIFY(open(m_fixture->checkpoint()));
    QVERIFY(document().intervention().empty());
    QVERIFY(m_fixture->settle());
    QVERIFY(answer().explanation().intervention.isEmpty());
    QCOMPARE(m_fixture->contradiction(), QString());
}

void TestPrototypeWindow::theTreeIsWalked()
{
    QVERIFY(open(m_fixture->path("tree/model.pth")));
    QTRY_VERIFY_WITH_TIMEOUT(heads().tree()->isVisibleTo(&centre()), Patience);
    QVERIFY(heads().headGrid()->isHidden());
    QVERIFY(words("What the tree says").contains("Greedy"));
    TreeView& view = *heads().tree()->view();
    view.chooseNode(0);
    QTest::keyClick(&view, Qt::Key_End);
    QTest::keyClick(&view, Qt::Key_Up);
    const TreeAnswer& tree = *answer().result().decoding->tree();
    const int last = static_cast<int>(tree.path.size()) - 2; // of the branches
    QCOMPARE(document().head(), last);
    const CellGeometry geometry = answer().explanation().geometry;
    const int cell = tree.nodes[static_cast<std::size_t>(view.chosenNode())].cell;
    const Point place = geometry.centre({cell / geometry.columns(), cell % geometry.columns()});
    QCOMPARE(m_fixture->window().view().crosshair(), std::optional(QPointF(place.x, place.y)));
    QVERIFY(open(m_fixture->checkpoint()));
    QTRY_VERIFY_WITH_TIMEOUT(heads().tree()->isHidden() && !heads().headGrid()->isHidden(), Patience);
}

void TestPrototypeWindow::theTreeIsExported_data()
{
    QTest::addColumn<int>("command");
    QTest::addColumn<QString>("ending");
    QTest::addColumn<QString>("says");
    QTest::newRow("figure") << static_cast<int>(Command::ExportFigure) << "tree.svg"
                            << "the marked way";
    QTest::newRow("table") << static_cast<int>(Command::ExportMapsCsv) << "tree-maps.csv"
                           << "on_marked_way";
}

void TestPrototypeWindow::theTreeIsExported()
{
    QFETCH(const int, command);
    QFETCH(const QString, ending);
    QFETCH(const QString, says);
    QVERIFY(open(m_fixture->path("tree/model.pth")));
    QTRY_VERIFY_WITH_TIMEOUT(heads().tree()->isVisibleTo(&centre()), Patience);
    const auto exported = [&] {
        const QString path = m_fixture->path("exported-" + ending);
        QFile::remove(path);
        m_fixture->answers = {path};
        m_fixture->action(static_cast<Command>(command))->trigger();
        QFile file(path);
        return QTest::qWaitFor([&] { return file.exists() && m_fixture->message().contains("Wrote"); }, Patience) &&
                       file.open(QIODevice::ReadOnly)
                   ? QString::fromUtf8(file.readAll())
                   : QString();
    };
    QVERIFY(exported().contains(says));
    const QString proposed = m_fixture->proposed.last();
    QVERIFY2(proposed.contains("-tree") && !proposed.contains("layer"), qPrintable(proposed));
    heads().findChild<QTabBar*>()->setCurrentIndex(1);
    const QString tiles = exported();
    QVERIFY(!tiles.isEmpty() && !tiles.contains(says));
    QVERIFY(m_fixture->proposed.last() != proposed);
}

void TestPrototypeWindow::nothingIsCalledAHead_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("calls");
    QTest::newRow("prototypes") << "bare/10nopush.pth"
                                << "The class's prototype 1";
    QTest::newRow("nodes") << "tree/model.pth"
                           << "Node 1 of the way";
}

/// Whatever is written anywhere in the window, shown now or in a menu, a page or a panel.
void TestPrototypeWindow::nothingIsCalledAHead()
{
    QFETCH(const QString, model);
    QFETCH(const QString, calls);
    QVERIFY(open(m_fixture->path(model)));
    for (QAction* page : centre().pageActions())
        page->trigger();
    QStringList texts;
    for (const QAction* action : m_fixture->window().findChildren<QAction*>())
        if (action->isVisible())
            texts << action->text() << action->toolTip() << action->statusTip();
    for (const QWidget* widget : m_fixture->window().findChildren<QWidget*>()) {
        const auto isIn = [](const QWidget* part, const char* panel) {
            while (part && !part->inherits(panel))
                part = part->parentWidget();
            return part != nullptr;
        };
        // What is changed by hand is told in its own words, and the settings are of other models.
        if (isIn(widget, "ocellus::InterventionPanel") || isIn(widget, "ocellus::ModelSettingsForm"))
            continue;
        const QWidget* hidden = widget;
        while (hidden && !hidden->isHidden())
            hidden = hidden->parentWidget();
        const QLayout* around = hidden && hidden->parentWidget() ? hidden->parentWidget()->layout() : nullptr;
        if (around && (qobject_cast<const QFormLayout*>(around) || around->findChild<QFormLayout*>()))
            continue; // a row of a form that this model has not
        texts << widget->accessibleName() << widget->toolTip();
        if (const auto* label = qobject_cast<const QLabel*>(widget))
            texts << label->text();
        if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
            texts << button->text();
        if (const auto* combo = qobject_cast<const QComboBox*>(widget))
            for (int item = 0; item < combo->count(); ++item)
                if (combo->model()->index(item, 0).flags() & Qt::ItemIsEnabled) // else it is of other models
                    texts << combo->itemText(item);
    }
    texts.removeDuplicates();
    QStringList wrong;
    for (QString& text : texts)
        if (text.remove('&').contains(
                QRegularExpression("\\b(heads?|attention)\\b", QRegularExpression::CaseInsensitiveOption)))
            wrong << text;
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join('\n')));
    QVERIFY2(texts.contains(calls), qPrintable(texts.join(QChar(10))));
}

void TestPrototypeWindow::nothingOfItIsSeenWithHeads()
{
    QVERIFY(open(m_fixture->checkpoint()));
    QVERIFY(heads().tree()->isHidden());
    QVERIFY(words("About the prototypes").isEmpty());
    const std::size_t tiles = WindowFixture::Heads + 1;
    QTRY_COMPARE_WITH_TIMEOUT(heads().headGrid()->tiles().size(), tiles, Patience);
    for (const MapTile* tile : heads().headGrid()->tiles())
        QCOMPARE(tile->pictureArea().width(), tile->width() - 4.0); // no room is kept for patches
}

void TestPrototypeWindow::refusesTrainingPictures_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("said");
    QTest::newRow("not there") << "nowhere"
                               << "nowhere";
    QTest::newRow("no class folder fits") << "two"
                                          << "expected 3 folders";
}

void TestPrototypeWindow::refusesTrainingPictures()
{
    QFETCH(const QString, folder);
    QFETCH(const QString, said);
    QVERIFY(open(m_fixture->path("bare/10nopush.pth")));
    QTRY_VERIFY_WITH_TIMEOUT(findButton() && findButton()->isVisibleTo(&heads()), Patience);
    findPatches(folder);
    QTRY_VERIFY2_WITH_TIMEOUT(m_fixture->message().contains(said), qPrintable(m_fixture->message()), Patience);
    QTRY_VERIFY_WITH_TIMEOUT(findButton()->isVisibleTo(&heads()), Patience);
    QVERIFY(heads().patchTask()->isHidden() && !hasPatches());
}

void TestPrototypeWindow::aSearchIsStopped()
{
    m_training.makePictures("many", 200);
    QVERIFY(open(m_fixture->path("bare/10nopush.pth")));
    QTRY_VERIFY_WITH_TIMEOUT(findButton()->isVisibleTo(&heads()), Patience);
    findPatches("many");
    QTRY_VERIFY_WITH_TIMEOUT(!heads().patchTask()->isHidden() && findButton()->isHidden(), Patience);
    QSignalSpy stopped(heads().patchTask(), &TaskStatus::cancelRequested);
    auto* stop = heads().patchTask()->findChild<QToolButton*>();
    QVERIFY(stop && stop->accessibleName().contains("many"));
    stop->click();
    QCOMPARE(stopped.size(), 1);
    QVERIFY(heads().patchTask()->isHidden() && findButton()->isVisibleTo(&heads()));
    QVERIFY(m_fixture->settle());
    QVERIFY(!hasPatches());
    findPatches("train"); // another one can begin
    QTRY_VERIFY_WITH_TIMEOUT(hasPatches(), Patience);
}

void TestPrototypeWindow::anotherModelStopsASearch()
{
    QVERIFY(open(m_fixture->path("bare/10nopush.pth")));
    QTRY_VERIFY_WITH_TIMEOUT(findButton()->isVisibleTo(&heads()), Patience);
    findPatches("many");
    QTRY_VERIFY_WITH_TIMEOUT(!heads().patchTask()->isHidden(), Patience);
    QVERIFY(open(m_fixture->checkpoint()));
    QVERIFY(heads().patchTask()->isHidden() && findButton()->isHidden());
    QVERIFY(!m_fixture->action(Command::FindPatches)->isVisible());
    QVERIFY(m_fixture->settle());
    QVERIFY(!answer().explanation().patches);
    QVERIFY(open(m_fixture->path("pruned/model.pth"))); // has prototypes too, and none of the other's patches
    QTRY_VERIFY_WITH_TIMEOUT(findButton()->isVisibleTo(&heads()), Patience);
    QVERIFY(!hasPatches());
}

void TestPrototypeWindow::theNewestSearchWins()
{
    QVERIFY(open(m_fixture->path("bare/10nopush.pth")));
    QTRY_VERIFY_WITH_TIMEOUT(findButton()->isVisibleTo(&heads()), Patience);
    findPatches("many");
    QTRY_VERIFY_WITH_TIMEOUT(!heads().patchTask()->isHidden(), Patience);
    m_fixture->answers = {m_training.file("other")};
    m_fixture->action(Command::FindPatches)->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(hasPatches(), Patience);
    QVERIFY2(words("About the prototypes").contains("of 3 picture(s) in"), qPrintable(words("About the prototypes")));
    QVERIFY(m_fixture->settle());
    QVERIFY(words("About the prototypes").contains("of 3 picture(s) in"));
}

void TestPrototypeWindow::findsPatchesAndRemembersThem()
{
    QVERIFY(open(m_fixture->path("bare/10nopush.pth")));
    document().setCurrentClass(1);
    QTRY_VERIFY_WITH_TIMEOUT(findButton()->isVisibleTo(&heads()), Patience);
    findPatches("train");
    const auto isShown = [this] {
        return patch(2) && patch(3) && !patch(2)->patch.isNull() && !patch(3)->patch.isNull();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isShown(), Patience);
    QVERIFY(patch(2)->isNearest && patch(2)->from.startsWith("b/") && !patch(2)->place.isEmpty());
    const QString said = words("About the prototypes");
    for (const char* text : {"of 6 picture(s) in", "median similarity", "None is the prototype itself"})
        QVERIFY2(said.contains(text), qPrintable(said));
    QVERIFY(!said.contains("put the folder"));
    QVERIFY(findButton()->isHidden() && heads().patchTask()->isHidden());
    QVERIFY(m_fixture->action(Command::FindPatches)->isEnabled()); // another folder can be searched
    QTRY_VERIFY_WITH_TIMEOUT(heads().headGrid()->tiles().front()->accessibleDescription().contains("b/"), Patience);
    QVERIFY(!m_fixture->window().grab().isNull());
    QCOMPARE(m_fixture->contradiction(), QString());

    m_fixture->restart();
    QVERIFY(open(m_fixture->path("bare/10nopush.pth")));
    document().setCurrentClass(1);
    QTRY_VERIFY_WITH_TIMEOUT(isShown(), Patience);
    QVERIFY(words("About the prototypes").contains("of 6 picture(s) in"));
    QVERIFY(open(m_fixture->path("pruned/model.pth")));
    QVERIFY(m_fixture->settle());
    QVERIFY(!hasPatches());
}

void TestPrototypeWindow::leavesOutPicturesThatCannotBeRead()
{
    QVERIFY(open(m_fixture->path("bare/10nopush.pth")));
    QTRY_VERIFY_WITH_TIMEOUT(findButton()->isVisibleTo(&heads()), Patience);
    findPatches("torn");
    QTRY_VERIFY_WITH_TIMEOUT(words("About the prototypes").contains("1 picture(s) could not be read"), Patience);
}

void TestPrototypeWindow::aChangedTrainingPictureSaysSo()
{
    m_training.makePictures("changing", 1);
    QVERIFY(open(m_fixture->path("bare/10nopush.pth")));
    document().setCurrentClass(0);
    QTRY_VERIFY_WITH_TIMEOUT(findButton()->isVisibleTo(&heads()), Patience);
    findPatches("changing");
    QTRY_VERIFY_WITH_TIMEOUT(patch(0) && !patch(0)->patch.isNull(), Patience);
    m_training.makePicture("changing/a/0.png", 77);
    m_fixture->restart();
    QVERIFY(open(m_fixture->path("bare/10nopush.pth")));
    document().setCurrentClass(0);
    QTRY_VERIFY_WITH_TIMEOUT(patch(0) && patch(0)->problem.contains("has changed"), Patience);
}

void TestPrototypeWindow::findsThePatchesOfNodes()
{
    QVERIFY(open(m_fixture->path("tree/model.pth")));
    QTRY_VERIFY_WITH_TIMEOUT(findButton()->isVisibleTo(&heads()), Patience);
    findPatches("train");
    QTRY_VERIFY_WITH_TIMEOUT(patch(2) && !patch(2)->patch.isNull(), Patience); // of node 0
    QVERIFY(!m_fixture->window().grab().isNull());
}

QTEST_MAIN(TestPrototypeWindow)
#include "test_prototype_window.moc"

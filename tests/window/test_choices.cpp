// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>
#include <vector>

#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

#include "core/analysis/unusualness.h"
#include "tests/support/formula_checkpoint.h"
#include "tests/window/window_fixture.h"
#include "ui/engine/paths.h"
#include "ui/panels/classes_panel.h"
#include "ui/widgets/head_grid.h"
#include "ui/widgets/yielding_text.h"
#include "ui/window/central_view.h"
#include "ui/window/status_readout.h"

using namespace ocellus;

/// What the user chooses, by key and by call: what reaches the model and what must not.
class TestChoices : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_fixture = std::make_unique<WindowFixture>(); }

    void init()
    {
        m_fixture->restart();
        QVERIFY(m_fixture->openAll());
    }

    void ignoresWhatIsOutOfRange()
    {
        Document& document = m_fixture->document();
        const int shown = document.currentClass();
        for (const int nonsense : {-1, WindowFixture::Classes, 1'000'000})
            document.setCurrentClass(nonsense);
        QCOMPARE(document.currentClass(), shown);
        const int head = document.head();
        for (const int nonsense : {-1, WindowFixture::Heads + 1})
            document.setHead(nonsense);
        QCOMPARE(document.head(), head);
        document.setLayer(99);
        QCOMPARE(document.display().layer, WindowFixture::Layers - 1);
        document.setLayer(-1);
        QCOMPARE(document.display().layer, 0);
        const int picture = document.currentPicture();
        for (const int nonsense : {-1, 99})
            document.setCurrentPicture(nonsense);
        QCOMPARE(document.currentPicture(), picture);
        document.removePicture(-1);
        document.removePicture(99);
        QCOMPARE(document.pictures().rowCount(), static_cast<int>(WindowFixture::Pictures));
    }

    /// The words below the table of classes, for a picture whatever it shows.
    void tellsHowUnusualAPictureIs()
    {
        QVERIFY(m_fixture->finishPredictions());
        QVERIFY2(foot().contains("not known") && foot().contains("other listed ones 0 lie"), qPrintable(foot()));
        std::vector<std::filesystem::path> more;
        for (int i = 0; i < 40; ++i) {
            const QString folder = i % 2 == 0 ? "Ant" : "Kingfisher";
            QVERIFY(QDir(m_fixture->path("")).mkpath(folder));
            const QString path = m_fixture->path(folder + QString("/more%1.png").arg(i));
            QImage image(60, 40, QImage::Format_RGB32);
            image.fill(QColor::fromHsv(9 * i, 200, 250 - 5 * i));
            QVERIFY(image.save(path));
            more.push_back(toPath(path));
        }
        m_fixture->window().open(more);
        QTRY_COMPARE(m_fixture->document().pictures().rowCount(), WindowFixture::Pictures + 40);
        QVERIFY(m_fixture->finishPredictions());
        m_fixture->document().setCurrentPicture(0);
        QTRY_VERIFY(!m_fixture->answer().isStale());
        // However many there are: none of them is known to be of the model's classes.
        QTRY_VERIFY2(foot().contains("not known"), qPrintable(foot()));
        const auto& known = m_fixture->window().pictures().known();
        const double own = known.at(m_fixture->picture(0).toStdString()).energy;
        QCOMPARE(own, energy(m_fixture->answer().result().full->logits()));
        const auto lower = std::ranges::count_if(known, [own](const auto& entry) {
            return std::filesystem::path(entry.first).parent_path().filename() == "Ant" && entry.second.energy < own;
        });
        m_fixture->document().loadClassTable(toPath(m_fixture->write("names.txt", "Ant\nBee\nCat\nDog\nEmu\n")));
        QTRY_VERIFY2(foot().contains(QString("more unusual than %1 of the 20 other listed").arg(lower)),
                     qPrintable(foot()));
        m_fixture->document().setCurrentPicture(m_fixture->document().pictures().rowOf(more.front()));
        QTRY_VERIFY2(foot().contains("other listed ones 19 lie"), qPrintable(foot())); // not compared with itself
        // Of another model they say nothing.
        m_fixture->document().openCheckpoint(toPath(m_fixture->otherCheckpoint()));
        QTRY_COMPARE(m_fixture->document().classCount(), static_cast<int>(WindowFixture::OtherClasses));
        QVERIFY(m_fixture->finishPredictions());
        QTRY_VERIFY2(foot().contains("other listed ones 0 lie"), qPrintable(foot()));
    }

    void aModelBringsWhatItWasValidatedOn()
    {
        const QString checkpoint = m_fixture->path("validated.safetensors");
        std::string kept = "[1000";
        for (int i = 1; i < 40; ++i)
            kept += i < 4 ? ",1000" : ",-1000";
        writeFormulaCheckpoint(toPath(checkpoint), smallConfig(WindowFixture::Classes),
                               {{"validation_energies", kept + "]"}});
        m_fixture->document().openCheckpoint(toPath(checkpoint));
        QTRY_VERIFY2(foot().contains("more unusual than 36 of 40 pictures that it was validated on"),
                     qPrintable(foot()));
        m_fixture->document().setLimit({LimitChoice::Kind::Zero, {1, 2}}); // the whole model's logits count
        QVERIFY(m_fixture->settle());
        QVERIFY2(foot().contains("more unusual than 36 of 40"), qPrintable(foot()));
    }

    void displayAndClassReachNoModel()
    {
        Document& document = m_fixture->document();
        const QSignalSpy requested(&m_fixture->window().controller(), &EngineController::requested);
        for (int i = 0; i < WindowFixture::Classes; ++i) {
            document.setCurrentClass(i);
            QCOMPARE(m_fixture->answer().explanation().classIndex, i);
        }
        for (int layer = 0; layer < WindowFixture::Layers; ++layer) {
            document.setLayer(layer);
            QCOMPARE(m_fixture->answer().explanation().layer, layer);
        }
        for (int head = 0; head <= WindowFixture::Heads; ++head)
            document.setHead(head);
        for (const Command command :
             {Command::Smooth, Command::Contour, Command::StretchEach, Command::LockRange, Command::SortTiles,
              Command::LayerUp, Command::LayerDown, Command::Fit, Command::ActualPixels, Command::Enlarge})
            m_fixture->action(command)->trigger();
        DisplayChoice display = document.display();
        display.style.colourMap = ColourMap::Magma;
        display.style.opacity = 0.25;
        document.setDisplay(display);
        QCOMPARE(requested.count(), 0);
        QVERIFY(!m_fixture->answer().explanation().stale);
    }

    void aSeenPictureIsNotComputedAgain()
    {
        Document& document = m_fixture->document();
        QVERIFY(m_fixture->finishPredictions());
        for (int row = 0; row < WindowFixture::Pictures; ++row) {
            document.setCurrentPicture(row);
            QVERIFY(m_fixture->settle());
        }
        const EngineCounters before = m_fixture->answer().result().counters;
        for (int row = 0; row < WindowFixture::Pictures; ++row) {
            document.setCurrentPicture(row);
            document.setCurrentClass(row);
            QVERIFY(m_fixture->settle());
        }
        QCOMPARE(m_fixture->answer().result().counters.encodes, before.encodes);
        QCOMPARE(m_fixture->answer().result().counters.decodes, before.decodes);
    }

    void aPictureStartsWithTheHeadThatShowsMost()
    {
        Document& document = m_fixture->document();
        QVERIFY(m_fixture->finishPredictions());
        std::set<int> strongest;
        for (int row = 0; row < WindowFixture::Pictures; ++row) {
            document.setCurrentPicture(row);
            QVERIFY(m_fixture->settle());
            QCOMPARE(document.head(), strongestHead());
            strongest.insert(document.head());
        }
        QVERIFY2(strongest != std::set{0}, "the model's pictures have to tell this from the first head");
        const int own = (document.head() + 1) % WindowFixture::Heads;
        document.setHead(own);
        for (int row = 0; row < WindowFixture::Pictures; ++row) {
            document.setCurrentPicture(row);
            QVERIFY(m_fixture->settle());
            QCOMPARE(document.head(), own);
        }
    }

    void aChoiceOfTheSuggestedHeadIsAChoice()
    {
        Document& document = m_fixture->document();
        const int head = document.head();
        document.setHead(head);
        document.suggestHead((head + 1) % WindowFixture::Heads);
        QCOMPARE(document.head(), head);
    }

    void keysChooseHeads_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("head");
        QTest::newRow("a head that is not there") << static_cast<int>(Qt::Key_9) << 2;
        QTest::newRow("2") << static_cast<int>(Qt::Key_2) << 1;
        QTest::newRow("4") << static_cast<int>(Qt::Key_4) << 3;
        QTest::newRow("the mean") << static_cast<int>(Qt::Key_0) << static_cast<int>(WindowFixture::Heads);
    }

    void keysChooseHeads()
    {
        QFETCH(const int, key);
        QFETCH(const int, head);
        m_fixture->document().setHead(2);
        press(static_cast<Qt::Key>(key));
        QCOMPARE(m_fixture->document().head(), head);
        QTRY_COMPARE(m_fixture->window().centre().headGrid()->selectedHead(), head);
    }

    void pageKeysChooseLayers()
    {
        Document& document = m_fixture->document();
        QCOMPARE(document.display().layer, WindowFixture::Layers - 1);
        press(Qt::Key_PageDown);
        QCOMPARE(document.display().layer, WindowFixture::Layers - 2);
        press(Qt::Key_PageUp);
        press(Qt::Key_PageUp);
        QCOMPARE(document.display().layer, WindowFixture::Layers - 1);
    }

    void hHidesTheMapsWhileHeld()
    {
        LinkedView& view = m_fixture->window().view();
        QTest::keyPress(&m_fixture->window(), Qt::Key_H);
        QVERIFY(!view.isOverlayVisible());
        QTest::keyRelease(&m_fixture->window(), Qt::Key_H);
        QVERIFY(view.isOverlayVisible());
    }

    void rSwitchesBetweenCellsAndSmooth()
    {
        QVERIFY(!m_fixture->document().display().style.smooth);
        press(Qt::Key_R);
        QVERIFY(m_fixture->document().display().style.smooth);
        press(Qt::Key_R);
        QVERIFY(!m_fixture->document().display().style.smooth);
    }

    void keysZoom()
    {
        LinkedView& view = m_fixture->window().view();
        press(Qt::Key_Z);
        QVERIFY(view.transform().zoom() != 1);
        press(Qt::Key_F);
        QCOMPARE(view.transform().zoom(), 1.0);
    }

    void typingInAFilterIsNoCommand()
    {
        m_fixture->action(Command::FindClass)->trigger();
        const int head = m_fixture->document().head();
        auto* filter = qobject_cast<QLineEdit*>(m_fixture->window().focusWidget());
        QVERIFY(filter);
        QTest::keyClicks(filter, "r2h");
        QCOMPARE(filter->text(), QString("r2h"));
        QVERIFY(!m_fixture->document().display().style.smooth);
        QCOMPARE(m_fixture->document().head(), head);
        QVERIFY(m_fixture->window().view().isOverlayVisible());
    }

    void everyShortcutIsUsedOnce()
    {
        QSet<QString> seen;
        for (const QAction* action : m_fixture->window().actions().all()) {
            QVERIFY2(!action->text().isEmpty(), qPrintable(action->objectName()));
            if (action->shortcut().isEmpty())
                continue;
            const QString keys = action->shortcut().toString();
            QVERIFY2(!seen.contains(keys), qPrintable(keys));
            seen << keys;
        }
        QVERIFY(seen.size() > 20);
    }

    void aNewPictureSelectsItsPrediction()
    {
        Document& document = m_fixture->document();
        document.setCurrentClass(0);
        document.setCurrentPicture(1);
        QVERIFY(m_fixture->settle());
        QCOMPARE(document.currentClass(), m_fixture->answer().result().decoding->classes()[static_cast<std::size_t>(
                                              m_fixture->answer().result().decoding->ranking().front())]);
        m_fixture->action(Command::FollowPrediction)->trigger();
        const int other = document.currentClass() == 0 ? 1 : 0;
        document.setCurrentClass(other);
        document.setCurrentPicture(2);
        QVERIFY(m_fixture->settle());
        QCOMPARE(document.currentClass(), other);
    }

    void theReadOutTellsWhatIsUnderTheMouse()
    {
        const Explanation shown = m_fixture->answer().explanation();
        const Cell cell{1, 2};
        m_fixture->document().setHead(0);
        m_fixture->window().view().hover(cell, {70.5, 33.2});
        const QString text = m_fixture->window().status().text();
        const auto index = static_cast<std::size_t>(cell.row * shown.geometry.columns() + cell.column);
        const float score = m_fixture->answer().result().decoding->scores(shown.layer, 0, shown.classIndex)[index];
        for (const QString& part : {QString("x 70, y 33"), QString("row 1, column 2"), QString("Head 1"),
                                    "score " + QString::number(static_cast<double>(score), 'f', 2)})
            QVERIFY2(text.contains(part), qPrintable(text));
        m_fixture->window().view().leave();
        QCOMPARE(m_fixture->window().status().text(), QString());
        m_fixture->window().view().hover({900, 900}, {1e6, 1e6});
        QCOMPARE(m_fixture->window().status().text(), QString());
    }

    void theReadOutFollowsWhatIsShown_data()
    {
        QTest::addColumn<QString>("change");
        for (const char* change : {"head", "class", "layer", "picture"})
            QTest::newRow(change) << change;
    }

    /// A mouse that rests must not leave another view's numbers in the window.
    void theReadOutFollowsWhatIsShown()
    {
        QFETCH(const QString, change);
        Document& document = m_fixture->document();
        LinkedView& view = m_fixture->window().view();
        document.setHead(0);
        document.setCurrentClass(1);
        view.hover({1, 2}, {70.5, 33.2});
        const QString before = m_fixture->window().status().text();
        if (change == "head")
            document.setHead(1);
        else if (change == "class")
            document.setCurrentClass(2);
        else if (change == "layer")
            document.setLayer(0);
        else
            document.setCurrentPicture(1);
        QVERIFY(m_fixture->settle());
        const QString after = m_fixture->window().status().text();
        QVERIFY(after != before);
        view.leave();
        QCOMPARE(m_fixture->window().status().text(), QString());
        view.hover({1, 2}, {70.5, 33.2});
        // In a picture of another size the mouse points at another place.
        QVERIFY2(after == m_fixture->window().status().text() || (change == "picture" && after.isEmpty()),
                 qPrintable(after));
    }

    void removingThePictureShowsTheNext()
    {
        Document& document = m_fixture->document();
        document.removePicture(0);
        QVERIFY(m_fixture->settle());
        QCOMPARE(m_fixture->answer().explanation().pictureName, QString("picture1.png"));
        while (document.pictures().rowCount() > 0)
            document.removePicture(0);
        QVERIFY(m_fixture->settle());
        QCOMPARE(document.currentPicture(), -1);
        QVERIFY(m_fixture->answer().explanation().isEmpty());
    }

    void staleTilesSaySo()
    {
        Document& document = m_fixture->document();
        QVERIFY(!m_fixture->answer().explanation().stale);
        document.setCurrentPicture(3);
        QVERIFY(m_fixture->answer().explanation().stale);
        QCOMPARE(m_fixture->answer().explanation().pictureName, QString("picture0.png"));
        QVERIFY(m_fixture->settle());
        QVERIFY(!m_fixture->answer().explanation().stale);
        QCOMPARE(m_fixture->answer().explanation().pictureName, QString("picture3.png"));
    }

    void cancelKeepsThePictureAndTellsTheWayOn()
    {
        Document& document = m_fixture->document();
        QVERIFY(m_fixture->finishPredictions());
        QVERIFY(!m_fixture->action(Command::Cancel)->isEnabled());
        document.setCurrentPicture(2);
        QVERIFY(m_fixture->action(Command::Cancel)->isEnabled());
        m_fixture->action(Command::Cancel)->trigger();
        QVERIFY(!m_fixture->answer().isBusy());
        QCOMPARE(document.currentPicture(), 2);
        QVERIFY(m_fixture->answer().explanation().isEmpty()); // rather than the maps of another picture
        QVERIFY(m_fixture->answer().isStale());
        QVERIFY(m_fixture->action(Command::AskAgain)->isEnabled());
        m_fixture->action(Command::AskAgain)->trigger();
        QVERIFY(m_fixture->settle());
        QCOMPARE(m_fixture->answer().explanation().pictureName, QString("picture2.png"));
        QVERIFY(!m_fixture->action(Command::AskAgain)->isEnabled());
        document.openCheckpoint(toPath(m_fixture->otherCheckpoint()));
        m_fixture->answer().cancel();
        QCOMPARE(document.classCount(), static_cast<int>(WindowFixture::Classes));
        document.setCurrentPicture(1);
        QVERIFY(m_fixture->settle());
        QCOMPARE(m_fixture->answer().explanation().pictureName, QString("picture1.png"));
        QCOMPARE(m_fixture->answer().result().decoding->extent().classes, static_cast<int>(WindowFixture::Classes));
    }

    void aModelsOwnSizeIsTakenUnlessTheUserWantsAnother()
    {
        Document& document = m_fixture->document();
        ModelConfig config = smallConfig(WindowFixture::Classes);
        config.backboneWidth = 16;
        config.head = HeadKind::PerClass;
        const auto path = toPath(m_fixture->path("own-size.safetensors"));
        writeFormulaCheckpoint(path, config, {{"image_size", "fixed:80"}});
        QCOMPARE(m_fixture->answer().wantedKey().preprocess.fixedSide, 0);
        document.openCheckpoint(path);
        QVERIFY(m_fixture->settle());
        QCOMPARE(m_fixture->answer().wantedKey().preprocess.fixedSide, 80);
        QCOMPARE(m_fixture->answer().result().inputSize, (Size{80, 80}));
        QCOMPARE(m_fixture->answer().result().decoding->extent().rows, 3);

        m_fixture->settings().setValue(Setting::ModelsOwnSize, false);
        QVERIFY(m_fixture->settle());
        QCOMPARE(m_fixture->answer().result().inputSize.height, 64);
        m_fixture->settings().setValue(Setting::FixedSide, 48);
        QVERIFY(m_fixture->settle());
        QCOMPARE(m_fixture->answer().result().inputSize, (Size{48, 48}));
    }

    void anotherModelStartsAfresh()
    {
        Document& document = m_fixture->document();
        document.setLimit({LimitChoice::Kind::Drop, {0, 1}});
        QVERIFY(m_fixture->settle());
        document.openCheckpoint(toPath(m_fixture->otherCheckpoint()));
        QVERIFY(m_fixture->settle());
        QCOMPARE(document.classCount(), static_cast<int>(WindowFixture::OtherClasses));
        QCOMPARE(document.limit(), LimitChoice());
        QCOMPARE(m_fixture->answer().result().decoding->extent().classes,
                 static_cast<int>(WindowFixture::OtherClasses));
        QCOMPARE(m_fixture->answer().explanation().limit, QString());
    }

    void allPicturesGetAPrediction()
    {
        QVERIFY(m_fixture->finishPredictions());
        PictureListModel& pictures = m_fixture->document().pictures();
        for (int row = 0; row < pictures.rowCount(); ++row)
            QCOMPARE(pictures.state(row), PictureListModel::State::Done);
    }

private:
    QString foot() const
    {
        QStringList texts;
        const auto* panel = m_fixture->window().findChild<ClassesPanel*>();
        for (const QLabel* label : panel->findChildren<QLabel*>())
            texts << label->text();
        for (const YieldingText* text : panel->findChildren<YieldingText*>())
            texts << text->text();
        return texts.join('\n');
    }

    /// Of what is shown: the head with the highest attention in one cell.
    int strongestHead()
    {
        const Explanation shown = m_fixture->answer().explanation();
        std::vector<float> peaks;
        for (int head = 0; head < WindowFixture::Heads; ++head)
            peaks.push_back(std::ranges::max(shown.decoding->attention(shown.layer, head, shown.classIndex)));
        return static_cast<int>(std::ranges::max_element(peaks) - peaks.begin());
    }

    void press(Qt::Key key) { QTest::keyClick(&m_fixture->window(), key); }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestChoices)
#include "test_choices.moc"

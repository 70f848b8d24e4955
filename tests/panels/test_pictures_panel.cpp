// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QAction>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QToolButton>
#include <QtTest>

#include "tests/panels/decodings.h"
#include "ui/models/picture_filter_proxy.h"
#include "ui/models/picture_list_model.h"
#include "ui/panels/pictures_panel.h"
#include "ui/widgets/view_notice.h"

using namespace ocellus;

namespace {

struct Fixture {
    explicit Fixture(int pictures = 5)
    {
        std::vector<ImageFile> files;
        for (int i = 0; i < pictures; ++i) {
            const std::string name = "wren" + std::to_string(i) + ".jpg";
            files.push_back({"/birds/Wren/" + name, "Wren/" + name, "Wren"});
        }
        model.setClassTable(fourBirds());
        model.setPictures(files);
        panel.resize(260, 400);
        panel.show();
        // Shortcuts belong to the active window.
        panel.activateWindow();
        active = QTest::qWaitForWindowActive(&panel);
        view->setFocus();
    }

    int lastChosen() const { return chosen.last().first().toInt(); }

    bool active = false;
    PictureListModel model;
    PicturesPanel panel{&model};
    QListView* view = panel.findChild<QListView*>();
    QLineEdit* filter = panel.findChild<QLineEdit*>();
    QSignalSpy chosen{&panel, &PicturesPanel::pictureChosen};
};

QAbstractButton* button(const QWidget& panel, const QString& part)
{
    for (QAbstractButton* candidate : panel.findChildren<QAbstractButton*>())
        if (candidate->text().remove('&').contains(part))
            return candidate;
    return nullptr;
}

} // namespace

class TestPicturesPanel : public QObject {
    Q_OBJECT

private slots:
    void emptyPanelOffersToOpen()
    {
        Fixture f(0);
        QSignalSpy pictures(&f.panel, &PicturesPanel::openPicturesRequested);
        QSignalSpy folder(&f.panel, &PicturesPanel::openFolderRequested);
        QVERIFY(!f.view->isVisible());
        button(f.panel, "pictures")->click();
        button(f.panel, "folder")->click();
        QCOMPARE(pictures.size(), 1);
        QCOMPARE(folder.size(), 1);
        f.panel.chooseNextMisclassified();
        f.panel.setCurrent(3);
        QCOMPARE(f.panel.current(), -1);
        QCOMPARE(f.chosen.size(), 0);
        f.model.addPictures({{"/birds/a.jpg", "a.jpg", ""}});
        QVERIFY(f.view->isVisible());
        f.model.removePicture(0);
        QVERIFY(!f.view->isVisible());
    }

    void onlyLocalFilesAreDropped_data()
    {
        QTest::addColumn<QList<QUrl>>("urls");
        QTest::addColumn<QStringList>("paths");
        QTest::newRow("nothing") << QList<QUrl>() << QStringList();
        QTest::newRow("from the web") << QList<QUrl>{QUrl("https://example.org/a.jpg")} << QStringList();
        QTest::newRow("mixed") << QList<QUrl>{QUrl("https://example.org/a.jpg"), QUrl::fromLocalFile("/b/\u00fc.jpg")}
                               << QStringList("/b/\u00fc.jpg");
        QTest::newRow("file and folder") << QList<QUrl>{QUrl::fromLocalFile("/b/a.jpg"), QUrl::fromLocalFile("/c")}
                                         << QStringList({"/b/a.jpg", "/c"});
    }

    void onlyLocalFilesAreDropped()
    {
        QFETCH(QList<QUrl>, urls);
        QFETCH(QStringList, paths);
        Fixture f;
        QSignalSpy dropped(&f.panel, &PicturesPanel::pathsDropped);
        QMimeData data;
        data.setUrls(urls);
        QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        enter.ignore();
        QApplication::sendEvent(&f.panel, &enter);
        QCOMPARE(enter.isAccepted(), !paths.isEmpty());
        QDropEvent drop({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&f.panel, &drop);
        QCOMPARE(dropped.size(), paths.isEmpty() ? 0 : 1);
        if (!paths.isEmpty())
            QCOMPARE(dropped.first().first().toStringList(), paths);
    }

    void keysChoose()
    {
        Fixture f;
        f.panel.setCurrent(1);
        QCOMPARE(f.chosen.size(), 0);
        QTest::keyClick(f.view, Qt::Key_Down);
        QCOMPARE(f.lastChosen(), 2);
        QTest::keyClick(f.view, Qt::Key_End);
        QCOMPARE(f.lastChosen(), 4);
    }

    void removalFollowsTheRow()
    {
        Fixture f;
        QVERIFY(f.active);
        QSignalSpy removed(&f.panel, &PicturesPanel::removalRequested);
        f.panel.setCurrent(3);
        QTest::keyClick(f.view, Qt::Key_Delete);
        QCOMPARE(removed.size(), 1);
        QCOMPARE(removed.first().first().toInt(), 3);
        f.model.removePicture(0);
        QCOMPARE(f.panel.current(), 2);
        f.model.removePicture(2);
        QCOMPARE(f.panel.current(), -1);
        QCOMPARE(f.chosen.size(), 0);
        QTest::keyClick(f.view, Qt::Key_Delete);
        QCOMPARE(removed.size(), 1);
    }

    void nextMisclassifiedKeepsToWhatIsShown()
    {
        Fixture f;
        QAbstractButton* next = button(f.panel, "Next");
        QVERIFY(!next->isEnabled());
        for (const int row : {1, 3, 4})
            f.model.setPrediction(row, {2, "Robin", 0.5});
        QVERIFY(next->isEnabled());
        next->click();
        QCOMPARE(f.lastChosen(), 1);
        f.filter->setText("4");
        QCOMPARE(f.panel.current(), 1);
        next->click();
        QCOMPARE(f.lastChosen(), 4);
        next->click();
        QCOMPARE(f.chosen.size(), 2);
        f.filter->setText("no such picture");
        next->click();
        QCOMPARE(f.chosen.size(), 2);
        QCOMPARE(f.panel.current(), 4);
    }

    void anEmptyListSaysWhyAndLeadsOut_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<int>("answered"); // -1: it failed
        QTest::addColumn<bool>("onlyWrong");
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("said");
        QTest::newRow("no class's folder") << "Misc" << 2 << true << ""
                                           << "Not known: none of these pictures";
        QTest::newRow("no folder") << "" << 2 << true << ""
                                   << "Not known: none of these pictures";
        QTest::newRow("no class's folder, and words") << "Misc" << 2 << true << "wren"
                                                      << "Not known";
        QTest::newRow("waiting") << "Wren" << 1 << true << ""
                                 << "None so far: 1 of 2 picture(s)";
        QTest::newRow("failed") << "Wren" << -1 << true << ""
                                << "1 could not be classified";
        QTest::newRow("all as their folder says") << "Wren" << 2 << true << ""
                                                  << "each of 2 picture(s)";
        QTest::newRow("words") << "Wren" << 0 << false << " no  such "
                               << "\u201cno such\u201d";
        QTest::newRow("nothing hidden") << "Wren" << 2 << false << "wren"
                                        << "";
    }

    void anEmptyListSaysWhyAndLeadsOut()
    {
        QFETCH(QString, folder);
        QFETCH(int, answered);
        QFETCH(bool, onlyWrong);
        QFETCH(QString, words);
        QFETCH(QString, said);
        Fixture f(0);
        f.model.setPictures({{"/a/wren1.jpg", "", folder.toStdString()}, {"/a/wren2.jpg", "", folder.toStdString()}});
        button(f.panel, "Only")->setChecked(onlyWrong);
        f.filter->setText(words);
        for (int row = 0; row < std::abs(answered); ++row)
            f.model.setPrediction(row, {1, "Wren", 0.5});
        if (answered < 0) {
            f.model.setPrediction(0, {1, "Wren", 0.5});
            f.model.setError(1, "damaged");
        }
        auto* notice = f.panel.findChild<ViewNotice*>();
        QVERIFY2(notice->text().contains(said), qPrintable(notice->text()));
        QCOMPARE(notice->isVisible(), !said.isEmpty());
        if (said.isEmpty())
            return;
        button(f.panel, "Show all")->click();
        QVERIFY(!notice->isVisible());
        QCOMPARE(f.view->model()->rowCount(), 2);
        QVERIFY(!button(f.panel, "Only")->isChecked());
        QVERIFY(f.filter->text().isEmpty());
    }

    /// What was not misclassified a moment ago is now.
    void theReasonGoesWithTheFirstMisclassified()
    {
        Fixture f;
        button(f.panel, "Only")->setChecked(true);
        auto* notice = f.panel.findChild<ViewNotice*>();
        QVERIFY(notice->text().contains("5 of 5 picture(s)"));
        QVERIFY(button(f.panel, "Next")->toolTip().startsWith("None so far"));
        f.model.setPrediction(3, {2, "Robin", 0.5});
        QVERIFY(!notice->isVisible());
        QVERIFY(button(f.panel, "Next")->toolTip().startsWith("Goes to"));
        f.model.setClassTable({});
        QVERIFY(notice->isVisible());
        QVERIFY2(notice->text().contains("Not known"), qPrintable(notice->text()));
    }

    void pageBoxAsksForAnotherPage()
    {
        Fixture f;
        auto* box = f.panel.findChild<QSpinBox*>();
        QSignalSpy asked(&f.panel, &PicturesPanel::pageRequested);
        f.panel.setCurrent(1);
        QVERIFY(!box->isVisible());
        PictureFacts facts;
        facts.pages = 3;
        f.model.setFacts(1, facts);
        QVERIFY(box->isVisible());
        QCOMPARE(box->text(), QString("Page 1 of 3"));
        f.panel.setCurrent(2);
        QVERIFY(!box->isVisible());
        f.panel.setCurrent(1);
        QCOMPARE(asked.size(), 0);
        box->setValue(3);
        QCOMPARE(asked, (QList<QVariantList>{{1, 3}}));
    }

    /// The file names of what is shown, in its order.
    static QStringList shown(const Fixture& f)
    {
        QStringList names;
        for (int row = 0; row < f.view->model()->rowCount(); ++row)
            names << f.view->model()->index(row, 0).data(PictureListModel::PathRole).toString().section('/', -1);
        return names;
    }

    void keysGoAlongTheFilmstrip()
    {
        Fixture f;
        f.panel.setListing({.isStrip = true});
        f.panel.resize(600, 200);
        f.panel.setCurrent(1);
        QCOMPARE(f.chosen.size(), 0);
        QTest::keyClick(f.view, Qt::Key_Right);
        QCOMPARE(f.lastChosen(), 2);
        QTest::keyClick(f.view, Qt::Key_End);
        QCOMPARE(f.lastChosen(), 4);
        QTest::keyClick(f.view, Qt::Key_Left);
        QCOMPARE(f.lastChosen(), 3);
    }

    /// Beside two docks on a screen of 1366 pixels.
    void aFilmstripAsksForLittleWidth()
    {
        Fixture f(300);
        f.model.setPrediction(0, {2, "Robin", 0.5});
        f.panel.setListing({.isStrip = true});
        const int strip = f.panel.minimumSizeHint().width();
        QVERIFY2(strip < 600, qPrintable(QString::number(strip)));
        f.panel.setListing({.isStrip = false});
        const int list = f.panel.minimumSizeHint().width();
        QVERIFY2(list < 300, qPrintable(QString::number(list)));
    }

    void wheelMovesTheFilmstrip()
    {
        Fixture f(60);
        f.panel.setListing({.isStrip = true});
        f.panel.resize(600, 200);
        QTRY_VERIFY(f.view->horizontalScrollBar()->maximum() > 0);
        const QPointF place(50, 50);
        QWheelEvent wheel(place, f.view->viewport()->mapToGlobal(place), {}, {0, -240}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(f.view->viewport(), &wheel);
        QVERIFY(f.view->horizontalScrollBar()->value() > 0);
    }

    void aHigherStripHasLargerThumbnails()
    {
        Fixture f;
        f.panel.setListing({.isStrip = true});
        f.panel.resize(600, 20);
        const int least = f.view->visualRect(f.view->model()->index(0, 0)).height();
        f.panel.resize(600, 300);
        QTRY_VERIFY(f.view->visualRect(f.view->model()->index(0, 0)).height() > least);
        const QRect first = f.view->visualRect(f.view->model()->index(0, 0));
        QVERIFY(first.height() <= f.view->viewport()->height());
        QCOMPARE(f.view->visualRect(f.view->model()->index(1, 0)).top(), first.top());
    }

    void listingIsToldOnceAndSetQuietly()
    {
        Fixture f;
        QSignalSpy told(&f.panel, &PicturesPanel::listingChanged);
        f.panel.setListing({true, PictureOrder::Confidence, true});
        QCOMPARE(told.size(), 0);
        f.panel.setListing({.isStrip = false});
        f.panel.setCurrent(2);
        for (QAction* action : f.panel.listingActions())
            if (!action->isChecked())
                action->trigger();
        QCOMPARE(told.size(), 6); // filmstrip, four other orders, groups
        QCOMPARE(f.panel.listing(), (PictureListing{true, PictureOrder::Confidence, true}));
        f.panel.listingActions().first()->trigger();
        QVERIFY(!f.panel.listing().isStrip);
        QCOMPARE(f.panel.current(), 2);
        QCOMPARE(f.chosen.size(), 0);
    }

    void ordersOfPictures_data()
    {
        QTest::addColumn<PictureOrder>("order");
        QTest::addColumn<bool>("grouped");
        QTest::addColumn<QStringList>("names");
        QTest::newRow("opened") << PictureOrder::Opened << false << QStringList{"10.jpg", "9.jpg", "1.jpg", "2.jpg"};
        QTest::newRow("file") << PictureOrder::File << false << QStringList{"1.jpg", "2.jpg", "9.jpg", "10.jpg"};
        QTest::newRow("folder") << PictureOrder::Folder << false << QStringList{"1.jpg", "9.jpg", "2.jpg", "10.jpg"};
        QTest::newRow("prediction") << PictureOrder::Prediction << false
                                    << QStringList{"2.jpg", "9.jpg", "10.jpg", "1.jpg"};
        QTest::newRow("confidence") << PictureOrder::Confidence << false
                                    << QStringList{"9.jpg", "10.jpg", "2.jpg", "1.jpg"};
        QTest::newRow("opened, grouped") << PictureOrder::Opened << true
                                         << QStringList{"9.jpg", "1.jpg", "10.jpg", "2.jpg"};
        QTest::newRow("confidence, grouped")
            << PictureOrder::Confidence << true << QStringList{"9.jpg", "1.jpg", "10.jpg", "2.jpg"};
    }

    void ordersOfPictures()
    {
        QFETCH(PictureOrder, order);
        QFETCH(bool, grouped);
        QFETCH(QStringList, names);
        Fixture f(0);
        f.model.setPictures({{"/b/10.jpg", "", ""}, {"/a/9.jpg", "", ""}, {"/a/1.jpg", "", ""}, {"/b/2.jpg", "", ""}});
        f.panel.setListing({false, order, grouped});
        f.panel.setCurrent(3);
        // They come while the order is on; 1.jpg is still waiting.
        f.model.setPrediction(0, {1, "Wren", 0.5});
        f.model.setPrediction(1, {2, "Robin", 0.25});
        f.model.setPrediction(3, {2, "Robin", 0.75});
        QCOMPARE(shown(f), names);
        QCOMPARE(f.panel.current(), 3);
        QCOMPARE(f.chosen.size(), 0);
        QStringList titles;
        for (int row = 0; row < 4; ++row)
            titles << f.view->model()->index(row, 0).data(PictureFilterProxy::GroupTitleRole).toString();
        QCOMPARE(titles, grouped ? QStringList({"a", "", "b", ""}) : QStringList({"", "", "", ""}));
        QVERIFY(!f.view->grab().isNull());
    }

    void neighboursFollowTheOrder()
    {
        Fixture f(0);
        f.panel.chooseNeighbour(1);
        f.model.setPictures({{"/b/10.jpg", "", ""}, {"/a/9.jpg", "", ""}, {"/a/1.jpg", "", ""}});
        f.panel.setListing({false, PictureOrder::File, false});
        f.panel.setCurrent(1);
        f.panel.chooseNeighbour(1);
        QCOMPARE(f.lastChosen(), 0);
        f.panel.chooseNeighbour(1); // the last
        QCOMPARE(f.chosen.size(), 1);
        f.panel.setCurrent(2);
        f.panel.chooseNeighbour(-1); // the first
        QCOMPARE(f.chosen.size(), 1);
        f.filter->setText("9.jpg");
        f.panel.chooseNeighbour(1);
        QCOMPARE(f.lastChosen(), 1);
    }

    void everyStateIsDrawn_data()
    {
        QTest::addColumn<bool>("strip");
        QTest::newRow("list") << false;
        QTest::newRow("filmstrip") << true;
    }

    void everyStateIsDrawn()
    {
        QFETCH(bool, strip);
        Fixture f;
        f.panel.setListing({.isStrip = strip});
        f.panel.resize(1200, 300);
        f.model.setPrediction(0, {1, "Wren", 0.97});
        f.model.setPrediction(1, {2, "Robin", 0.5});
        f.model.setError(2, QString(5000, 'x'));
        f.model.setThumbnail(3, QImage(3000, 1, QImage::Format_RGB32));
        f.panel.setCurrent(1);
        const QImage before = f.view->grab().toImage();
        f.model.setPrediction(0, {2, "Robin", 0.97});
        const QImage wrong = f.view->grab().toImage();
        QVERIFY(wrong != before);
        f.model.setEdited(0, true);
        const QImage edited = f.view->grab().toImage();
        QVERIFY(edited != wrong);
        f.model.setEdited(0, true, {1, "Wren", 0.5});
        QVERIFY(f.view->grab().toImage() != edited);
        f.model.setEdited(0, false);
        QVERIFY(f.view->grab().toImage() == wrong);
    }

    void everyControlHasANameAndTheFocus()
    {
        Fixture f;
        for (const bool isStrip : {true, false}) {
            f.panel.setListing({.isStrip = isStrip});
            for (const QWidget* widget : f.panel.findChildren<QWidget*>()) {
                const auto* tool = qobject_cast<const QToolButton*>(widget);
                if (!tool || !tool->isVisible() || tool->objectName().startsWith("qt_") ||
                    tool->parentWidget() == f.filter)
                    continue;
                QVERIFY(!tool->accessibleName().isEmpty() || !tool->text().isEmpty());
                QVERIFY(tool->focusPolicy() & Qt::TabFocus);
            }
        }
    }
};

QTEST_MAIN(TestPicturesPanel)
#include "test_pictures_panel.moc"

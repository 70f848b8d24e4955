// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QtTest>

#include "tests/panels/decodings.h"
#include "ui/models/picture_list_model.h"
#include "ui/panels/pictures_panel.h"

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

QPushButton* button(const QWidget& panel, const QString& part)
{
    for (QPushButton* candidate : panel.findChildren<QPushButton*>())
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
        QPushButton* next = button(f.panel, "Next");
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

    void everyStateIsDrawn()
    {
        Fixture f;
        f.model.setPrediction(0, {1, "Wren", 0.97});
        f.model.setPrediction(1, {2, "Robin", 0.5});
        f.model.setError(2, QString(5000, 'x'));
        f.model.setThumbnail(3, QImage(3000, 1, QImage::Format_RGB32));
        f.panel.setCurrent(1);
        const QImage before = f.view->grab().toImage();
        f.model.setPrediction(0, {2, "Robin", 0.97});
        QVERIFY(f.view->grab().toImage() != before);
    }
};

QTEST_MAIN(TestPicturesPanel)
#include "test_pictures_panel.moc"

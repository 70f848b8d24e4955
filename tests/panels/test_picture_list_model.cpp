// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

#include "tests/panels/decodings.h"
#include "ui/models/picture_filter_proxy.h"
#include "ui/models/picture_list_model.h"

using namespace ocellus;

namespace {

using Verdict = PictureListModel::Verdict;

ImageFile file(const std::string& folder, const std::string& name)
{
    const std::filesystem::path relative = std::filesystem::path(folder) / name;
    return {std::filesystem::path("/pictures") / relative, relative, folder};
}

PictureFacts damaged()
{
    PictureFacts facts;
    facts.damage = "cut off";
    facts.pages = 3;
    return facts;
}

/// Two wrens, a robin and one in a folder that is no class.
std::vector<ImageFile> fourFiles()
{
    return {file("002.Wren", "a.jpg"), file("002.Wren", "b.jpg"), file("robin", "c.jpg"), file("holiday", "d.jpg")};
}

} // namespace

class TestPictureListModel : public QObject {
    Q_OBJECT

private slots:
    /// Thirty pictures can be called 0001.jpg; names follow what comes and goes.
    void repeatedNamesHaveTheirFolder()
    {
        PictureListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto name = [&model](int row) { return model.index(row).data().toString(); };
        model.setPictures({file("wren", "1.jpg"), file("robin", "2.jpg")});
        QCOMPARE(name(0), QString("1.jpg"));
        model.addPictures({file("robin", "1.jpg")});
        QCOMPARE(name(0), QString("wren/1.jpg"));
        QCOMPARE(name(2), QString("robin/1.jpg"));
        QCOMPARE(model.index(2).data(PictureListModel::FolderRole).toString(), QString("robin"));
        QVERIFY(model.index(0).data(Qt::AccessibleTextRole).toString().startsWith("wren/1.jpg"));
        QCOMPARE(model.distinctName("/pictures/jay/1.jpg"), QString("jay/1.jpg"));
        QSignalSpy spy(&model, &PictureListModel::dataChanged);
        model.removePicture(0);
        QCOMPARE(spy.size(), 1);
        QCOMPARE(name(1), QString("1.jpg"));
        model.insertPicture(0, file("wren", "1.jpg"));
        QCOMPARE(name(2), QString("robin/1.jpg"));
        model.clear();
        QCOMPARE(model.distinctName("/pictures/jay/1.jpg"), QString("1.jpg"));
    }

    void editedPicturesSayWhatTheyAreTakenFor()
    {
        PictureListModel model;
        model.setClassTable(fourBirds());
        model.setPictures(fourFiles());
        const auto told = [&model] { return model.index(0).data(Qt::AccessibleTextRole).toString(); };
        const auto edited = [&model](int role) { return model.index(0).data(role); };
        model.setPrediction(0, {1, "Wren", 0.9});
        QVERIFY(!edited(PictureListModel::EditedRole).toBool());
        model.setEdited(0, true);
        QVERIFY(edited(PictureListModel::EditedRole).toBool());
        QVERIFY(edited(PictureListModel::EditedPredictionRole).toString().isEmpty());
        QVERIFY(told().endsWith("edited: not asked yet"));
        model.setEdited(0, true, {2, "Robin", 0.75});
        QCOMPARE(edited(PictureListModel::EditedPredictionRole).toString(), QString("Robin"));
        QVERIFY(told().contains("edited: predicted Robin, probability 0.75"));
        // The verdict is on the file as it is.
        QCOMPARE(model.verdict(0), Verdict::Correct);
        model.setEdited(0, false, {2, "Robin", 0.75});
        QVERIFY(edited(PictureListModel::EditedPredictionRole).toString().isEmpty());
        model.setEdited(0, true, {2, "Robin", 0.75});
        model.clearPredictions(); // of another model: the edits are still there
        QVERIFY(edited(PictureListModel::EditedRole).toBool());
        QVERIFY(edited(PictureListModel::EditedPredictionRole).toString().isEmpty());
    }

    void rowsOutsideAreIgnored_data()
    {
        QTest::addColumn<int>("row");
        QTest::newRow("before") << -1;
        QTest::newRow("behind") << 4;
        QTest::newRow("far") << 1'000'000;
    }

    void rowsOutsideAreIgnored()
    {
        QFETCH(int, row);
        PictureListModel model;
        model.setPictures(fourFiles());
        QSignalSpy spy(&model, &PictureListModel::dataChanged);
        model.setThumbnail(row, QImage(4, 4, QImage::Format_RGB32));
        model.setPrediction(row, {1, "Wren", 0.5});
        model.setError(row, "cut short");
        model.setFacts(row, damaged());
        model.setEdited(row, true, {1, "Wren", 0.5});
        model.removePicture(row);
        QCOMPARE(spy.size(), 0);
        QCOMPARE(model.rowCount(), 4);
        QVERIFY(model.path(row).empty());
        QCOMPARE(model.verdict(row), Verdict::Unknown);
        QCOMPARE(model.state(row), PictureListModel::State::Waiting);
        QCOMPARE(model.nextMisclassified(row), -1);
    }

    void tellsWhatTheFileIs()
    {
        PictureListModel model;
        model.setPictures(fourFiles());
        QSignalSpy spy(&model, &PictureListModel::dataChanged);
        model.setFacts(1, damaged());
        QCOMPARE(spy.size(), 1);
        const QModelIndex row = model.index(1);
        const QString remark = "damaged, part of it is filled in: cut off";
        QVERIFY2(row.data(Qt::ToolTipRole).toString().endsWith('\n' + remark + "\npage 1 of 3"),
                 qPrintable(row.data(Qt::ToolTipRole).toString()));
        QVERIFY(row.data(Qt::AccessibleTextRole).toString().contains(remark));
        QCOMPARE(row.data(PictureListModel::DoubtfulRole).toString(), QString("damaged file"));
        QCOMPARE(model.index(0).data(PictureListModel::DoubtfulRole).toString(), QString());
    }

    void emptyListHasNothingNext()
    {
        PictureListModel model;
        QCOMPARE(model.nextMisclassified(-1), -1);
        QCOMPARE(model.addPictures({}), -1);
        QCOMPARE(model.rowOf("/pictures/a.jpg"), -1);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void picturesAreListedOnce()
    {
        PictureListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const ImageFile one = file("robin", "c.jpg");
        model.setPictures({one, one});
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.addPictures({one}), 0);
        QCOMPARE(model.addPictures({file("x", "new.jpg"), one, file("x", "new.jpg")}), 1);
        QCOMPARE(model.rowCount(), 2);
        model.removePicture(0);
        QCOMPARE(model.rowOf(one.path), -1);
        QCOMPARE(model.rowOf(file("x", "new.jpg").path), 0);
    }

    void verdictNeedsFolderNamedAsClass_data()
    {
        QTest::addColumn<int>("row");
        QTest::addColumn<int>("predicted");
        QTest::addColumn<Verdict>("verdict");
        QTest::newRow("right") << 0 << 1 << Verdict::Correct;
        QTest::newRow("wrong") << 1 << 2 << Verdict::Wrong;
        QTest::newRow("case of letters") << 2 << 2 << Verdict::Correct;
        QTest::newRow("folder is no class") << 3 << 1 << Verdict::Unknown;
        QTest::newRow("class out of range") << 0 << 99 << Verdict::Wrong;
    }

    void verdictNeedsFolderNamedAsClass()
    {
        QFETCH(int, row);
        QFETCH(int, predicted);
        QFETCH(Verdict, verdict);
        PictureListModel model;
        model.setPictures(fourFiles());
        QCOMPARE(model.verdict(row), Verdict::Unknown);
        model.setPrediction(row, {predicted, "any", 0.5});
        QCOMPARE(model.verdict(row), Verdict::Unknown);
        model.setClassTable(fourBirds());
        QCOMPARE(model.verdict(row), verdict);
        model.setError(row, "cut short");
        QCOMPARE(model.verdict(row), Verdict::Unknown);
        QCOMPARE(model.index(row).data(PictureListModel::ErrorRole).toString(), QString("cut short"));
    }

    void groundTruthIsTheClassOrTheFolder()
    {
        PictureListModel model;
        model.setPictures(fourFiles());
        const auto truth = [&](int row) { return model.index(row).data(PictureListModel::GroundTruthRole).toString(); };
        QCOMPARE(truth(0), QString("Wren"));
        model.setClassTable(fourBirds());
        QCOMPARE(truth(2), QString("Robin"));
        QCOMPARE(truth(3), QString("holiday"));
        model.setPictures({file("", "e.jpg")});
        QVERIFY(truth(0).isEmpty());
    }

    void nextMisclassifiedGoesAround()
    {
        PictureListModel model;
        model.setClassTable(fourBirds());
        model.setPictures(fourFiles());
        model.setPrediction(0, {0, "Finch", 0.9});
        model.setPrediction(1, {1, "Wren", 0.9});
        model.setPrediction(2, {1, "Wren", 0.9});
        QCOMPARE(model.nextMisclassified(-1), 0);
        QCOMPARE(model.nextMisclassified(0), 2);
        QCOMPARE(model.nextMisclassified(2), 0);
        model.setPrediction(0, {1, "Wren", 0.9});
        QCOMPARE(model.nextMisclassified(2), 2);
        model.clearPredictions();
        QCOMPARE(model.nextMisclassified(0), -1);
    }

    void thumbnailsAreAskedForOnce()
    {
        PictureListModel model;
        model.setPictures(fourFiles());
        QSignalSpy spy(&model, &PictureListModel::thumbnailWanted);
        QVERIFY(!model.index(2).data(Qt::DecorationRole).isValid());
        QVERIFY(!model.index(2).data(Qt::DecorationRole).isValid());
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.first().first().toInt(), 2);
        model.setThumbnail(2, QImage(4, 3, QImage::Format_RGB32));
        QCOMPARE(model.index(2).data(Qt::DecorationRole).value<QImage>().size(), QSize(4, 3));
        QCOMPARE(spy.size(), 1);
    }

    void filtersByTextAndVerdict()
    {
        PictureListModel model;
        model.setClassTable(fourBirds());
        model.setPictures(fourFiles());
        model.setPrediction(0, {3, "Heron", 0.9});
        model.setPrediction(1, {1, "Wren", 0.9});
        PictureFilterProxy proxy;
        QAbstractItemModelTester tester(&proxy, QAbstractItemModelTester::FailureReportingMode::QtTest);
        proxy.setSourceModel(&model);
        proxy.setFilterText("wren");
        QCOMPARE(proxy.rowCount(), 2);
        proxy.setFilterText("wren HERON");
        QCOMPARE(proxy.rowCount(), 1);
        proxy.setFilterText("[");
        QCOMPARE(proxy.rowCount(), 0);
        proxy.setFilterText({});
        proxy.setOnlyMisclassified(true);
        QCOMPARE(proxy.rowCount(), 1);
        model.setPrediction(0, {1, "Wren", 0.9});
        QCOMPARE(proxy.rowCount(), 0);
    }
};

QTEST_GUILESS_MAIN(TestPictureListModel)
#include "test_picture_list_model.moc"

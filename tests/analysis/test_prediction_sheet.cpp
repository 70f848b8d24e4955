// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/evaluation/prediction_sheet.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

PredictionSheet smallSheet()
{
    PredictionSheet sheet;
    sheet.folder = "/new";
    sheet.checkpoint = "/m.pth";
    sheet.source = {"Ocellus 9", "m.pth", std::string(64, 'a'), "2026-01-02"};
    sheet.table.entries = {{"001.Black_tern", "Chlidonias niger"}, {"Wren", ""}};
    sheet.planned = 4;
    for (int i = 0; i < 3; ++i) {
        PredictedPicture picture;
        picture.path = "/new/" + std::to_string(i) + ".jpg";
        picture.prediction.picture = std::to_string(i) + ".jpg";
        picture.prediction.probability = 0.75;
        picture.prediction.second = 1;
        picture.prediction.isUnusual = i == 1;
        sheet.pictures.push_back(picture);
    }
    sheet.pictures[2].failure = "it is damaged";
    return sheet;
}

} // namespace

/// Tables of predictions with what a human says of them.
class TestPredictionSheet : public QObject {
    Q_OBJECT

private slots:
    void refusesOtherTexts_data();
    void refusesOtherTexts();
    void refusesNoName();
    void comesBackAsItWas();
    void tellsWhatAHumanSays();
    void trainsOnNothingUnchecked();
};

void TestPredictionSheet::refusesOtherTexts_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::newRow("no JSON") << QByteArray("{") << QByteArray("");
    QTest::newRow("another format") << QByteArray("ocellus predictions") << QByteArray("others");
    QTest::newRow("a class that is not there") << QByteArray("\"class\":0") << QByteArray("\"class\":2");
    QTest::newRow("no probability") << QByteArray("\"probability\":0.75,") << QByteArray("");
    QTest::newRow("a text for a number") << QByteArray("\"probability\":0.75") << QByteArray("\"probability\":\"x\"");
    QTest::newRow("an empty name") << QByteArray("[\"Wren\",\"\"]") << QByteArray("[]");
}

void TestPredictionSheet::refusesOtherTexts()
{
    QFETCH(const QByteArray, from);
    QFETCH(const QByteArray, to);
    QByteArray text = QByteArray::fromStdString(textOf(smallSheet()));
    const auto place = text.indexOf(from);
    QVERIFY(place >= 0);
    text.replace(place, from.size(), to);
    QString message;
    QCOMPARE(errorOf([&] { sheetIn(text.toStdString(), "kept.json"); }, &message), ErrorCode::Damaged);
    QVERIFY(message.contains("kept.json"));
}

void TestPredictionSheet::refusesNoName()
{
    PredictionSheet sheet = smallSheet();
    QCOMPARE(errorOf([&] { check(sheet.pictures[0], "  "); }), ErrorCode::BadArgument);
    QVERIFY(!sheet.pictures[0].isChecked());
    QCOMPARE(errorOf([&] { datasetOf(sheet); }), ErrorCode::NotFound);
}

void TestPredictionSheet::comesBackAsItWas()
{
    PredictionSheet sheet = smallSheet();
    check(sheet.pictures[0], "Quelea quelea");
    check(sheet.pictures[1], sheet.table, 0);
    const std::string text = textOf(sheet);
    const PredictionSheet back = sheetIn(text, "kept.json");
    QCOMPARE(textOf(back), text);
    QCOMPARE(csvOf(back), csvOf(sheet));
    QCOMPARE(back.checked(), std::size_t{2});
    QVERIFY(back.pictures[0].isCorrected() && !back.pictures[1].isCorrected());
    QVERIFY(!back.pictures[2].isNamed());
}

void TestPredictionSheet::tellsWhatAHumanSays()
{
    PredictionSheet sheet = smallSheet();
    check(sheet.pictures[0], sheet.table, 1);
    const QStringList lines = QString::fromStdString(csvOf(sheet)).split('\n');
    QCOMPARE(lines.size(), 5); // a header, two pictures, one that was not read, and an end
    QVERIFY2(lines[3].contains("not identified: ") && !lines[3].contains("verified"), qPrintable(lines[3]));
    QVERIFY2(lines[1].startsWith("0.jpg,Wren,,\"human, with Ocellus 9\",2026-01-02,verified,"), qPrintable(lines[1]));
    QVERIFY2(lines[1].contains("machine identification Chlidonias niger, probability 75.0 %"), qPrintable(lines[1]));
    QVERIFY2(lines[2].startsWith("1.jpg,Chlidonias niger,Black tern,Ocellus 9,2026-01-02,unverified,"),
             qPrintable(lines[2]));
    const std::vector<SortedPicture> sorted = sortingOf(sheet);
    QCOMPARE(sorted.size(), std::size_t{2});
    QCOMPARE(sorted[0].folder, std::string("Wren"));
    QCOMPARE(sorted[1].folder, std::string("unusual"));
}

void TestPredictionSheet::trainsOnNothingUnchecked()
{
    PredictionSheet sheet = smallSheet();
    check(sheet.pictures[1], sheet.table, 0);
    const Dataset set = datasetOf(sheet);
    QCOMPARE(set.pictures.size(), std::size_t{1});
    // Under the name that the model was trained with.
    QCOMPARE(set.pictures[0].className, std::string("001.Black_tern"));
}

QTEST_GUILESS_MAIN(TestPredictionSheet)
#include "test_prediction_sheet.moc"

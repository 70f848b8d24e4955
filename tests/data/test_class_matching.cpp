// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <QTemporaryDir>

#include "core/data/class_matching.h"
#include "core/data/labelled_pictures.h"
#include "core/data/part_points.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

ClassTable tableOf(const std::vector<std::string>& names)
{
    ClassTable table;
    table.source = "checkpoint";
    for (const std::string& name : names)
        table.entries.push_back({name, {}});
    return table;
}

const std::vector<std::string> birds{"001.Barn_Owl", "Gull", "Snow Bunting"};

} // namespace

Q_DECLARE_METATYPE(ErrorCode)

/// Names of folders and species against a model's classes, and the tables beside a data set.
class TestClassMatching : public QObject {
    Q_OBJECT

private slots:
    void init();
    void refusesNames_data();
    void refusesNames();
    void refusesFolders_data();
    void refusesFolders();
    void refusesTables_data();
    void refusesTables();
    void matchesNames();
    void listsPicturesOfClasses();
    void takesFoldersInOrder();
    void readsRings();
    void readsPartPoints();

private:
    std::filesystem::path path(const QString& name) const { return m_folder->filePath(name).toStdString(); }
    void write(const QString& name, const QByteArray& content) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestClassMatching::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestClassMatching::write(const QString& name, const QByteArray& content) const
{
    const QString file = m_folder->filePath(name);
    QVERIFY(QDir().mkpath(QFileInfo(file).path()));
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly) && out.write(content) == content.size());
}

void TestClassMatching::refusesNames_data()
{
    QTest::addColumn<std::vector<std::string>>("names");
    QTest::addColumn<std::vector<std::string>>("classes");
    QTest::addColumn<QString>("expected");
    using Names = std::vector<std::string>;
    QTest::newRow("unknown") << Names{"Gull", "Emu"} << birds << "1 of 2 fit none or several: Emu";
    QTest::newRow("many unknown") << Names{"a", "b", "c", "d", "e", "f", "g"} << birds << "a, b, c, d, e and 2 more";
    QTest::newRow("another case") << Names{"gull"} << birds << "fit none or several: gull";
    QTest::newRow("empty") << Names{""} << birds << "fit none";
    QTest::newRow("twice") << Names{"Gull", "Gull"} << birds << "Gull and Gull for the same";
    QTest::newRow("twice in two spellings") << Names{"Barn Owl", "001.Barn_Owl"} << birds << "for the same";
    QTest::newRow("ambiguous") << Names{"Owl"} << Names{"001.Owl", "002.Owl"} << "fit none or several: Owl";
}

void TestClassMatching::refusesNames()
{
    QFETCH(std::vector<std::string>, names);
    QFETCH(std::vector<std::string>, classes);
    QFETCH(QString, expected);
    QString message;
    QCOMPARE(errorOf([&] { classesOfNames(names, tableOf(classes), "data"); }, &message), ErrorCode::Mismatch);
    QVERIFY2(message.startsWith("data: ") && message.contains(expected), qPrintable(message));
}

void TestClassMatching::refusesFolders_data()
{
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("expected");
    QTest::newRow("nothing") << QStringList{} << ErrorCode::Damaged << "a sub-folder for each class";
    QTest::newRow("no picture") << QStringList{"Gull/notes.txt"} << ErrorCode::NotFound << "found none";
    QTest::newRow("train and val") << QStringList{"train/Gull/a.jpg", "val/Gull/a.jpg"} << ErrorCode::Damaged
                                   << "got train";
    QTest::newRow("picture outside") << QStringList{"Gull/a.jpg", "stray.jpg"} << ErrorCode::Mismatch << "stray.jpg";
    QTest::newRow("unknown class") << QStringList{"Gull/a.jpg", "Emu/a.jpg"} << ErrorCode::Mismatch << "Emu";
}

void TestClassMatching::refusesFolders()
{
    QFETCH(QStringList, files);
    QFETCH(ErrorCode, code);
    QFETCH(QString, expected);
    for (const QString& file : files)
        write(file, "");
    QString message;
    QCOMPARE(errorOf([&] { listLabelledPictures(path(""), tableOf(birds)); }, &message), code);
    QVERIFY2(message.contains(expected), qPrintable(message));
}

void TestClassMatching::refusesTables_data()
{
    QTest::addColumn<bool>("isRings");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("expected");
    const auto rings = [](const char* name, const QByteArray& content, ErrorCode code, const char* expected) {
        QTest::newRow(name) << true << content << code << expected;
    };
    const auto points = [](const char* name, const QByteArray& content, const char* expected) {
        QTest::newRow(name) << false << content << ErrorCode::Damaged << expected;
    };
    rings("rings: empty file", "", ErrorCode::Damaged, "one column species");
    rings("rings: no ring", "species,group\nGull,a\n", ErrorCode::Damaged, "one column ring");
    rings("rings: two of them", "species,ring,ring\nGull,a,b\n", ErrorCode::Damaged, "one column ring");
    rings("rings: no name", "species,ring\nGull,\n", ErrorCode::Damaged, "line 2: expected a species and its ring");
    rings("rings: fields", "species,ring\nGull,a,b\n", ErrorCode::Damaged, "line 2: expected 2 fields");
    rings("rings: quote", "species,ring\nGull,\"a\n", ErrorCode::Damaged, "line 2: expected every quote");
    rings("rings: unknown", "species,ring\nEmu,a\n", ErrorCode::Mismatch, "Emu");
    rings("rings: twice", "species,ring\nGull,a\nGull,b\n", ErrorCode::Mismatch, "for the same");
    rings("rings: bytes", "species,ring\nG\xFFull,a\n", ErrorCode::Damaged, "line 2: expected UTF-8");
    points("points: none", "file,part,x,y\n", "expected a part point a line");
    points("points: no place", "file,part,x\na,b,1\n", "one column y");
    points("points: words", "file,part,x,y\na,b,1,two\n", "line 2: expected x and y");
    points("points: infinite", "file,part,x,y\na,b,inf,2\n", "line 2: expected x and y");
    points("points: trailing", "file,part,x,y\na,b,1px,2\n", "line 2: expected x and y");
    points("points: no part", "file,part,x,y\na,,1,2\n", "line 2: expected a file and a part");
}

void TestClassMatching::refusesTables()
{
    QFETCH(bool, isRings);
    QFETCH(QByteArray, content);
    QFETCH(ErrorCode, code);
    QFETCH(QString, expected);
    write("table.csv", content);
    const auto read = [&] {
        if (isRings)
            readRings(path("table.csv"), tableOf(birds));
        else
            readPartPoints(path("table.csv"));
    };
    QString message;
    QCOMPARE(errorOf(read, &message), code);
    QVERIFY2(message.contains(expected), qPrintable(message));
    QCOMPARE(errorOf([&] { readPartPoints(path("absent.csv")); }), ErrorCode::NotFound);
}

void TestClassMatching::matchesNames()
{
    const std::vector<std::string> names{"Snow_Bunting", "Barn Owl", "Gull"};
    QCOMPARE(classesOfNames(names, tableOf(birds), "data"), (std::vector<int>{2, 0, 1}));
    // The same text comes before what only looks the same.
    QCOMPARE(classesOfNames({"002.Owl", "Owl"}, tableOf({"Owl", "002.Owl"}), "data"), (std::vector<int>{1, 0}));
}

void TestClassMatching::listsPicturesOfClasses()
{
    for (const char* name : {"Snow_Bunting/b.jpg", "Snow_Bunting/deep/a.png", "Gull/c.jpg", "Gull/notes.txt"})
        write(name, "");
    const std::vector<LabelledPicture> pictures = listLabelledPictures(path(""), tableOf(birds));
    QCOMPARE(pictures.size(), std::size_t{3});
    QCOMPARE(pictures[0].file.relative.generic_string(), std::string("Gull/c.jpg"));
    QCOMPARE(pictures[0].classIndex, 1);
    QCOMPARE(pictures[2].file.relative.generic_string(), std::string("Snow_Bunting/deep/a.png"));
    QCOMPARE(pictures[2].classIndex, 2);
}

void TestClassMatching::takesFoldersInOrder()
{
    for (const char* name : {"b/1.jpg", "a/1.jpg", "C/1.jpg"})
        write(name, "");
    const ClassTable table = classesInFolderOrder(path(""), 3);
    QCOMPARE(table.entries.front().name, std::string("C"));
    QString message;
    QCOMPARE(errorOf([&] { classesInFolderOrder(path(""), 4); }, &message), ErrorCode::Mismatch);
    QVERIFY2(message.contains("expected 4 folders") && message.contains("got 3"), qPrintable(message));
}

void TestClassMatching::readsRings()
{
    write("rings.csv", "ring,species,note\ntiger,Snow Bunting,\n\nother,Gull,x\ntiger,Barn Owl,\n");
    const auto rings = readRings(path("rings.csv"), tableOf({"001.Barn_Owl", "Gull", "Snow Bunting", "Emu"}));
    QCOMPARE(rings, (std::vector<std::vector<int>>{{0, 2}, {1}, {0, 2}, {}}));
}

void TestClassMatching::readsPartPoints()
{
    write("parts.csv", "file,part,x,y\nval/a.jpg,tail,1.5,2\nval/b.jpg,beak,0,-3e1\nval/a.jpg,beak,7,8\n");
    const PartPoints read = readPartPoints(path("parts.csv"));
    QCOMPARE(read.parts, (std::vector<std::string>{"beak", "tail"}));
    QCOMPARE(read.points.size(), std::size_t{2});
    const std::vector<PartPoint>& points = read.points.at("val/a.jpg");
    QCOMPARE(points.size(), std::size_t{2});
    QCOMPARE(points[0].part, std::size_t{1});
    QCOMPARE(points[0].place.x, 1.5);
    QCOMPARE(read.points.at("val/b.jpg").front().place.y, -30.0);
}

QTEST_APPLESS_MAIN(TestClassMatching)
#include "test_class_matching.moc"

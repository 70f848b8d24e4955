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
    void refusesOrderThatNamesContradict_data();
    void refusesOrderThatNamesContradict();
    void readsNumberedFolders();
    void agreesWithCheckpoint();
    void followsLinkedClasses();
    void readsDialects_data();
    void readsDialects();
    void placesPoints_data();
    void placesPoints();
    void doubtsPointsAtAnotherScale();
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
    QTest::newRow("another case") << Names{"gull"} << birds << "gull, which differs from Gull in upper and lower case";
    QTest::newRow("another case, with an umlaut")
        << Names{"ZAUNKÖNIG"} << Names{"Zaunkönig"} << "differs from Zaunkönig";
    QTest::newRow("empty") << Names{""} << birds << "fit none";
    QTest::newRow("twice") << Names{"Gull", "Gull"} << birds << "Gull and Gull for the same";
    QTest::newRow("twice in two spellings") << Names{"Barn Owl", "001.Barn_Owl"} << birds << "for the same";
    QTest::newRow("of two species") << Names{"Owl"} << Names{"Owl", "Owl"} << "fit none or several: Owl";
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
    QTest::newRow("only pictures outside")
        << QStringList{"Gull/notes.txt", "stray.jpg"} << ErrorCode::NotFound << "1 in no class's folder (stray.jpg)";
    QTest::newRow("one class, spelt with other bytes")
        << QStringList{"Gull/a.jpg", "Gull\u00A0/a.jpg"} << ErrorCode::Mismatch << "for the same";
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
    rings("rings: half of a UTF-16 pair", QByteArray("\xFF\xFEs\0\x00\xD8", 6), ErrorCode::Damaged,
          "line 1: expected UTF-8");
    rings("rings: half a letter of UTF-16", QByteArray("\xFF\xFEs\0r", 5), ErrorCode::Damaged,
          "line 1: expected UTF-8");
    rings("rings: bytes", "species,ring\nG\xFFull,a\n", ErrorCode::Damaged, "line 2: expected UTF-8");
    points("points: none", "file,part,x,y\n", "expected a part point a line");
    points("points: no place", "file,part,x\na,b,1\n", "one column y");
    points("points: words", "file,part,x,y\na,b,1,two\n", "line 2: expected x and y");
    points("points: infinite", "file,part,x,y\na,b,inf,2\n", "line 2: expected x and y");
    points("points: trailing", "file,part,x,y\na,b,1px,2\n", "line 2: expected x and y");
    points("points: thousands", "file,part,x,y\na,b,\"1,234\",2\n", "line 2: expected x and y");
    points("points: two decimal marks", "file;part;x;y\na;b;1,5;2\na;c;1.5;2\n", "line 3: expected x and y");
    points("points: strange visibility", "file,part,x,y,visible\na,b,1,2,7\n",
           "line 2: expected visible to be 0, 1 or 2");
    points("points: all invisible", "file,part,x,y,visible\na,b,1,2,0\n", "1 that are not visible");
    points("points: no size", "file,part,x,y,width,height\na,b,1,2,0,9\n", "line 2: expected the picture's width");
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
    // Two ways to write one name in Unicode, and blanks that no one sees.
    const QString composed = QString::fromUtf8("Zaunkönig");
    const std::string other = composed.normalized(QString::NormalizationForm_D).toStdString();
    QVERIFY(other != composed.toStdString());
    QCOMPARE(classesOfNames({other, " Gull\u00A0"}, tableOf({"Gull", composed.toStdString()}), "data"),
             (std::vector<int>{1, 0}));
    QCOMPARE(classesOfNames({"002.Owl", "Owl"}, tableOf({"Owl", "002.Owl"}), "data"), (std::vector<int>{1, 0}));
}

void TestClassMatching::listsPicturesOfClasses()
{
    for (const char* name : {"Snow_Bunting/b.jpg", "Snow_Bunting/deep/a.png", "Gull/c.jpg", "Gull/notes.txt"})
        write(name, "");
    write("stray.jpg", "");
    write("drafts/notes.txt", "");
    const LabelledListing listing = listLabelledPictures(path(""), tableOf(birds));
    const std::vector<LabelledPicture>& pictures = listing.pictures;
    QCOMPARE(listing.skipped.groups().at("in no class's folder").names, std::vector<std::string>{"stray.jpg"});
    QCOMPARE(listing.skipped.groups().at("folder without pictures").names, std::vector<std::string>{"drafts/"});
    QCOMPARE(listing.skipped.count(), std::size_t{4}); // two texts beside them
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
    QVERIFY(table.reading.find("byte order") != std::string::npos);
    QCOMPARE(table.entries.front().name, std::string("C"));
    QString message;
    QCOMPARE(errorOf([&] { classesInFolderOrder(path(""), 4); }, &message), ErrorCode::Mismatch);
    QVERIFY2(message.contains("expected 4 folders") && message.contains("got 3"), qPrintable(message));
}

void TestClassMatching::refusesOrderThatNamesContradict_data()
{
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<QString>("expected");
    QTest::newRow("numbers") << QStringList{"1/a.jpg", "2/a.jpg", "10/a.jpg"}
                             << "class 1 is 10 in byte order, as torchvision sorts them, and 2 in the order";
    QTest::newRow("numbers before names")
        << QStringList{"9.Owl/a.jpg", "10.Gull/a.jpg", "11.Emu/a.jpg"} << "class 0 is 10.Gull in byte order";
    QTest::newRow("one without number") << QStringList{"001.Owl/a.jpg", "002.Gull/a.jpg", "Emu/a.jpg"}
                                        << "Emu has no number";
    QTest::newRow("renamed beside train")
        << QStringList{"Owl/a.jpg",          "Gull/a.jpg",          "Zebra finch/a.jpg",
                       "../train/Owl/a.jpg", "../train/Gull/a.jpg", "../train/Finch/a.jpg"}
        << "train is not among them";
}

void TestClassMatching::refusesOrderThatNamesContradict()
{
    QFETCH(QStringList, files);
    QFETCH(QString, expected);
    for (const QString& file : files)
        write("set/" + file, "");
    QString message;
    QCOMPARE(errorOf([&] { classesInFolderOrder(path("set"), 3); }, &message), ErrorCode::Mismatch);
    QVERIFY2(message.contains(expected), qPrintable(message));
    QCOMPARE(classesInFolderOrder(path("set"), 3, FolderOrder::Bytes).count(), 3);
}

void TestClassMatching::readsNumberedFolders()
{
    for (const char* name : {"set/1/a.jpg", "set/2/a.jpg", "set/10/a.jpg"})
        write(name, "");
    const auto numbers = [&](FolderOrder order) {
        std::vector<std::string> names;
        for (const ClassTable::Entry& entry : classesInFolderOrder(path("set"), 3, order).entries)
            names.push_back(entry.name);
        return names;
    };
    QCOMPARE(numbers(FolderOrder::Bytes), (std::vector<std::string>{"1", "10", "2"}));
    QCOMPARE(numbers(FolderOrder::Natural), (std::vector<std::string>{"1", "2", "10"}));

    // A table of the folders' numbers: what class 1 is depends on how the model's classes were sorted.
    QByteArray names("{\"1\": \"class 1\"");
    for (int number = 2; number <= 10; ++number)
        names += QStringLiteral(", \"%1\": \"class %1\"").arg(number).toUtf8();
    write("names.json", names + "}");
    const ClassTable table = readClassTable(path("names.json"));
    QString message;
    QCOMPARE(errorOf([&] { withNumbersOfFolders(table, path("set")); }, &message), ErrorCode::Mismatch);
    QVERIFY2(message.contains("class 1 is folder 10 in byte order") && message.contains("folder 2 in the order"),
             qPrintable(message));
    const ClassTable natural = withNumbersOfFolders(table, path("set"), FolderOrder::Natural);
    QCOMPARE(natural.entries[1].name, std::string("class 2"));
    QCOMPARE(classesOfNames({"010", "2"}, natural, "data"), (std::vector<int>{9, 1}));
    const ClassTable bytes = withNumbersOfFolders(table, path("set"), FolderOrder::Bytes);
    QCOMPARE(bytes.entries[1].name, std::string("class 10"));
    QCOMPARE(classesOfNames({"10", "2"}, bytes, "data"), (std::vector<int>{1, 2}));
    // A checkpoint that knows its folders' numbers leaves no doubt.
    const ClassTable own = withNamesOfCheckpoint(table, {"1", "10", "2", "3", "4", "5", "6", "7", "8", "9"});
    QCOMPARE(own.entries[1].name, std::string("class 10"));
    QCOMPARE(own.entries[1].folder, std::string("10"));
}

void TestClassMatching::agreesWithCheckpoint()
{
    QString message;
    const auto code = errorOf([&] { withNamesOfCheckpoint(tableOf({"Owl", "Gull"}), {"001.Gull", "Owl"}); }, &message);
    QCOMPARE(code, ErrorCode::Mismatch);
    QVERIFY2(message.contains("\"Gull\" is class 0 of the checkpoint and class 1 of the table"), qPrintable(message));
    // Other names say nothing against the table; folders may have either.
    const ClassTable table = withNamesOfCheckpoint(tableOf({"Eule", "Möwe"}), {"Owl", "Gull"});
    QCOMPARE(classesOfNames({"Gull", "Eule"}, table, "data"), (std::vector<int>{1, 0}));
}

void TestClassMatching::followsLinkedClasses()
{
    write("elsewhere/a.jpg", "");
    write("set/Gull/b.jpg", "");
    QVERIFY(QFile::link(m_folder->filePath("elsewhere"), m_folder->filePath("set/Snow_Bunting")));
    const LabelledListing listing = listLabelledPictures(path("set"), tableOf(birds));
    QCOMPARE(listing.pictures.size(), std::size_t{2});
    QCOMPARE(listing.pictures[1].classIndex, 2);
    QVERIFY(listing.skipped.empty());
}

void TestClassMatching::readsDialects_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("note");
    const QByteArray text = "file;part;x;y\na.jpg;beak;1,5;2\n";
    QByteArray wide("\xFF\xFE", 2);
    QByteArray wideBig("\xFE\xFF", 2);
    for (const char letter : text) {
        wide.append(letter).append('\0');
        wideBig.append('\0').append(letter);
    }
    QTest::newRow("plain") << QByteArray("file,part,x,y\na.jpg,beak,1.5,2\n") << "";
    QTest::newRow("headings in another case") << QByteArray("File,Part,X,Y\r\na.jpg,beak,1.5,2\r\n") << "";
    QTest::newRow("other headings") << QByteArray("image_name,keypoint,x,y\na.jpg,beak,1.5,2\n") << "";
    QTest::newRow("semicolons") << QByteArray("file;part;x;y\na.jpg;beak;1.5;2\n") << "read with semicolons";
    QTest::newRow("decimal commas") << text << "read with semicolons, decimal commas";
    QTest::newRow("tabs") << QByteArray("file\tpart\tx\ty\na.jpg\tbeak\t1,5\t2\n") << "read with tabs, decimal commas";
    QTest::newRow("Excel's first line") << "sep=;\r\n" + text << "read with semicolons, decimal commas";
    QTest::newRow("UTF-16, little endian") << wide << "read with semicolons, UTF-16, decimal commas";
    QTest::newRow("UTF-16, big endian") << wideBig << "read with semicolons, UTF-16, decimal commas";
    QTest::newRow("old Macintosh") << QByteArray("file,part,x,y\ra.jpg,beak,1.5,2\r") << "";
    QTest::newRow("empty columns and lines") << QByteArray("file,part,x,y\na.jpg,beak,1.5,2,,\n,,,\n") << "";
    QTest::newRow("line end in quotes") << QByteArray("file,note,part,x,y\na.jpg,\"a\nb\",beak,1.5,2\n") << "";
    QTest::newRow("Windows paths") << QByteArray("file,part,x,y\n.\\a.jpg, beak ,1.5,2\n") << "";
}

void TestClassMatching::readsDialects()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, note);
    write("parts.csv", content);
    const PartPoints read = readPartPoints(path("parts.csv"));
    QCOMPARE(read.parts, (std::vector<std::string>{"beak"}));
    QCOMPARE(read.inPixels("a.jpg", {9, 9}).at(0).place.x, 1.5);
    QCOMPARE(QString::fromStdString(read.notes.empty() ? "" : read.notes.front()), note);
}

void TestClassMatching::placesPoints_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<double>("x");
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("note");
    const QByteArray header = "file,part,x,y\n";
    QTest::newRow("pixels") << header + "a,beak,40,30\na,tail,0.5,3\n" << 40.0 << 2 << "";
    QTest::newRow("shares") << header + "a,beak,0.5,0.25\na,tail,1,0\n"
                            << 50.0 << 2 << "shares of the width and height";
    QTest::newRow("origin") << header + "a,beak,40,30\na,tail,0,0\n" << 40.0 << 1 << "1 of 2 points left out";
    QTest::newRow("minus one") << header + "a,beak,40,30\na,tail,-1,-1\n" << 40.0 << 1 << "1 of 2 points left out";
    QTest::newRow("nowhere") << header + "a,beak,40,30\na,tail,,\na,eye,nan,NaN\n"
                             << 40.0 << 1 << "2 of 3 points left out";
    QTest::newRow("visible column") << QByteArray(
                                           "file,part,x,y,Visible\na,beak,40,30,1\na,tail,50,30,0\na,eye,0,0,1\n")
                                    << 40.0 << 2 << "1 of 3 points left out as not visible";
    QTest::newRow("COCO") << QByteArray("file,part,x,y,v,visibility\na,beak,40,30,,2\na,tail,5,3,,1\na,eye,0,0,,0\n")
                          << 40.0 << 1 << "2 of 3 points left out";
    QTest::newRow("another size") << QByteArray("file,part,x,y,width,height\na,beak,400,300,1000,500\n") << 40.0 << 1
                                  << "scaled from the width and height";
}

void TestClassMatching::placesPoints()
{
    QFETCH(QByteArray, content);
    QFETCH(double, x);
    QFETCH(int, count);
    QFETCH(QString, note);
    write("parts.csv", content);
    const PartPoints read = readPartPoints(path("parts.csv"));
    const std::vector<PartPoint> points = read.inPixels("a", {100, 50});
    QCOMPARE(points.size(), static_cast<std::size_t>(count));
    QCOMPARE(points.front().place.x, x);
    QString notes;
    for (const std::string& said : read.notes)
        notes += QString::fromStdString(said) + "\n";
    QVERIFY2(note.isEmpty() ? notes.isEmpty() : notes.contains(note), qPrintable(notes));
}

void TestClassMatching::doubtsPointsAtAnotherScale()
{
    QByteArray lines("file,part,x,y\n");
    std::map<std::string, Size> sizes;
    for (int i = 0; i < 8; ++i) {
        lines += QStringLiteral("%1,beak,90,40\n").arg(i).toUtf8();
        sizes[std::to_string(i)] = {200, 200};
    }
    write("parts.csv", lines);
    const PartPoints read = readPartPoints(path("parts.csv"));
    QString message;
    QCOMPARE(errorOf([&] { read.inPixels("3", {80, 80}); }, &message), ErrorCode::Mismatch);
    QVERIFY2(message.contains("picture's 80x80 pixels, got beak at (90, 40)"), qPrintable(message));
    const std::string doubt = doubtAboutScale(read, sizes);
    QVERIFY2(doubt.find("all points of 8 pictures lie in the upper left quarter") == 0, doubt.c_str());
    sizes["3"] = {120, 120};
    QVERIFY(doubtAboutScale(read, sizes).empty());
}

void TestClassMatching::readsRings()
{
    write("rings.csv", "ring,species,note\ntiger,Snow Bunting,\n\nother,Gull,x\ntiger,Barn Owl,\n");
    const auto rings = readRings(path("rings.csv"), tableOf({"001.Barn_Owl", "Gull", "Snow Bunting", "Emu"}));
    QCOMPARE(rings.ofClass, (std::vector<std::vector<int>>{{0, 2}, {1}, {0, 2}, {}}));
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

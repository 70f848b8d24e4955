// SPDX-License-Identifier: GPL-3.0-or-later
#include <functional>
#include <optional>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include "core/base/error.h"
#include "core/data/class_table.h"
#include "tests/support/error_of.h"

using namespace ocellus;

Q_DECLARE_METATYPE(ocellus::ErrorCode)

namespace {

QByteArray utf16(const char* text)
{
    QByteArray bytes("\xFF\xFE", 2);
    for (const QChar letter : QString::fromUtf8(text))
        bytes.append(static_cast<char>(letter.unicode() & 0xFF)).append(static_cast<char>(letter.unicode() >> 8));
    return bytes;
}

} // namespace

/// Class tables of every form, and all that could put a name on the wrong class.
class TestClassTable : public QObject {
    Q_OBJECT

private slots:
    void refuses_data();
    void refuses();
    void refusesPaths_data();
    void refusesPaths();
    void refusesFolders_data();
    void refusesFolders();
    void refusesAnotherCount();
    void refusesNamesOfACheckpoint_data();
    void refusesNamesOfACheckpoint();
    void takesNamesOfACheckpoint();
    void reads_data();
    void reads();
    void readsFolderInByteOrder();
    void keepsLatinNames();
    void displayNames_data();
    void displayNames();
    void numbers();

private:
    std::filesystem::path write(const QString& name, const QByteArray& content)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(file.fileName()));
        return file.fileName().toStdString();
    }

    static QStringList namesOf(const ClassTable& table)
    {
        QStringList names;
        for (const ClassTable::Entry& entry : table.entries)
            names << QString::fromStdString(entry.name);
        return names;
    }

    QTemporaryDir m_folder;
};

void TestClassTable::refuses_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, const char* file, const QByteArray& content, const char* words) {
        QTest::newRow(name) << QString(file) << content << QString(words);
    };
    row("empty", "t.txt", "", "expected classes, got none");
    row("blank", "t.txt", "\n\r\n  \n", "expected classes, got none");
    row("UTF-16 without its mark", "t.txt", QByteArray("R\0o\0", 4), "line 1: expected UTF-8");
    row("half of a UTF-16 pair", "t.txt", QByteArray("\xFF\xFER\0\x00\xD8", 6), "line 1: expected UTF-8");
    row("Latin-1", "t.txt", "Robin\nZaunk\xF6nig\n", "line 2: expected UTF-8");
    row("overlong UTF-8", "t.txt", "Robin\n\xC0\xAF", "line 2: expected UTF-8");
    row("cut UTF-8", "t.txt", "Robin\nZaunk\xC3", "line 2: expected UTF-8");
    row("surrogate", "t.txt", "\xED\xA0\x80", "line 1: expected UTF-8");
    row("zero byte", "t.txt", QByteArray("Robin\nW\0ren", 11), "line 2: expected UTF-8");
    row("control character", "t.txt", "Robin\nWr\x1B[31men", "line 2: expected a name, got control");
    row("endless name", "t.txt", "Robin\n" + QByteArray(1001, 'x'), "line 2: expected a name of at most 1000");

    row("gap line", "t.txt", "Robin\n\nWren\n", "line 2: expected a name, got an empty line");
    row("same name", "t.txt", "Robin\nWren\nRobin\n", "line 3: \"Robin\" was given before, in line 1");
    row("same name on the screen", "t.txt", "House_Wren\nHouse Wren\n", "line 2: \"House Wren\" was given before");
    row("same name in another case", "t.txt", "Wren\nwren\n", "\"wren\" differs from \"Wren\" in line 1 in upper and");
    row("same name in other bytes", "t.txt", "Zaunk\xC3\xB6nig\nZaunko\xCC\x88nig\n", "forms C and D");
    row("mixed, name first", "t.txt", "Robin\n1 Wren\n", "line 2: expected a name without index");
    row("mixed, index first", "t.txt", "0 Robin\nWren\n", "line 2: expected an index and a name");
    row("index without name", "t.txt", "0 Robin\n1 \n", "line 2: expected an index and a name");
    row("numbers only", "t.txt", "0\n1\n", "line 1: expected a name, got only the number 0");
    row("index from 2", "t.txt", "2 Robin\n3 Wren\n", "line 1: expected indices from 0 or from 1, got 2");
    row("gap", "t.txt", "0 Robin\n1 Wren\n3 Crow\n", "line 3: expected 3 indices without a gap");
    row("gap, 1-based", "t.txt", "1 Robin\n2 Wren\n4 Crow\n", "line 3: expected 3 indices without a gap");
    row("index twice", "t.txt", "0 Robin\n1 Wren\n1 Crow\n", "line 3: index 1 was given before, in line 2");
    row("names that start with numbers", "t.txt", "7 spotted ladybird\n22 spotted ladybird\n", "got 7 as the smallest");
    row("index with a colon", "t.txt", "1: Wren\n0: Robin\n", "line 1: expected \"name\" or \"index name\"");
    row("index with a comma", "t.txt", "1,Wren\n0,Robin\n", "line 1: expected \"name\" or \"index name\"");
    row("index behind the name", "t.txt", "Wren 1\nRobin 0\n", "indices behind the names");

    row("JSON cut", "t.json", "[\"Robin\", \"Wr", "expected JSON");
    row("JSON number", "t.json", "200", "expected a JSON list or map");
    row("JSON deep", "t.json", QByteArray(100'000, '['), "inside another");
    row("JSON list of numbers", "t.json", "[\"Robin\", 7]", "entry 2: expected a name, got number");
    row("JSON nested", "t.json", R"({"classes": ["Robin"]})", "inside another");
    row("JSON key twice", "t.json", R"({"0": "Robin", "1": "Wren", "1": "Crow"})", "key \"1\" was given before");
    row("JSON two texts", "t.json", R"({"Robin": "Wren"})", "expected an index and a name, got two texts");
    row("JSON negative", "t.json", R"({"Robin": -1})", "expected an index and a name");
    row("JSON fraction", "t.json", R"({"Robin": 0.5})", "expected an index and a name");
    row("JSON index twice", "t.json", R"({"Robin": 0, "Wren": 0})", "index 0 was given before");
    row("JSON gap", "t.json", R"({"0": "Robin", "2": "Wren"})", "without a gap");
    row("JSON empty", "t.json", "{}", "expected classes, got none");
    row("JSON empty name", "t.json", R"(["Robin", " "])", "entry 2: expected a name, got nothing");

    row("CSV without header", "t.csv", "0,Robin\n1,Wren\n", "line 1: expected a header");
    row("CSV header only", "t.csv", "index,name\n", "expected classes, got none");
    row("CSV two names", "t.csv", "name,english\nRobin,Wren\n", "got two for the same");
    row("CSV short row", "t.csv", "index,name\n0,Robin\n1\n", "line 3: expected 2 fields as in the header, got 1");
    row("CSV long row", "t.csv", "name,latin\nRobin,Erithacus,rubecula\n", "line 2: expected 2 fields");
    row("CSV open quote", "t.csv", "index,name\n0,\"Robin\n", "line 2: expected every quote");
    row("CSV text after a quote", "t.csv", "index,name\n0,\"Robin\" x\n", "line 2: expected every quote");
    row("CSV taxon numbers", "t.csv", "id,name\n14850,Robin\n7513,Wren\n", "line 3: expected indices from 0 or from 1");
    row("CSV index no number", "t.csv", "index,name\nzero,Robin\n", "line 2: expected an index, got \"zero\"");
    row("CSV empty name", "t.csv", "index,name\n0,\n", "line 2: expected a name, got nothing");
    row("pandas: two indices", "t.csv", "Unnamed: 0,class_id,name\n1,0,Robin\n0,1,Wren\n",
        "class 0 is \"Robin\" by the column class_id and \"Wren\" by the column Unnamed: 0");
    row("pandas: two nameless indices", "t.csv", ",Unnamed: 0,name\n1,0,Robin\n0,1,Wren\n", "got two: class 0 is");
    row("a column that may be an index", "t.csv", "rank,name\n2,Robin\n1,Wren\n",
        "class 0 is \"Wren\" by the column rank and \"Robin\" by the order of the lines");
    row("two promised indices", "t.csv", "index,class_id,name\n0,1,Robin\n1,0,Wren\n", "got two: class 0 is");
    row("broken index beside line numbers", "t.csv", ",class_id,name\n0,3,Robin\n1,1,Wren\n", "without a gap");
    row("CSV gap line", "t.csv", "name,latin\nRobin,a\n\nWren,b\n", "line 3: expected a class, got an empty line");
}

void TestClassTable::refuses()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, content);
    QFETCH(QString, words);
    const auto path = write(file, content);
    QString message;
    const auto code = errorOf([&] { readClassTable(path); }, &message);
    QVERIFY2(code == ErrorCode::Damaged, qPrintable(message));
    QVERIFY2(message.contains(words), qPrintable(message));
    QVERIFY2(message.startsWith(QString::fromStdString(path.string())), qPrintable(message));
}

void TestClassTable::refusesPaths_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("missing") << m_folder.filePath("missing.txt") << ErrorCode::NotFound;
    QTest::newRow("device") << "/dev/zero" << ErrorCode::Unreadable;
    QFile large(m_folder.filePath("large.txt"));
    QVERIFY(large.open(QIODevice::WriteOnly) && large.resize((16 << 20) + 1));
    QTest::newRow("too large") << large.fileName() << ErrorCode::TooLarge;
    QByteArray lines;
    for (int i = 0; i <= 100'000; ++i)
        lines += "class " + QByteArray::number(i) + " of many\n";
    QTest::newRow("too many") << QString::fromStdString(write("many.txt", lines).string()) << ErrorCode::TooLarge;
}

void TestClassTable::refusesPaths()
{
    QFETCH(QString, path);
    QFETCH(ErrorCode, code);
    QVERIFY(errorOf([&] { readClassTable(path.toStdString()); }) == code);
}

void TestClassTable::refusesFolders_data()
{
    QTest::addColumn<QStringList>("folders");
    QTest::addColumn<QString>("words");
    QTest::newRow("no sub-folder") << QStringList{} << "expected a sub-folder for each class, got none";
    QTest::newRow("the splits") << QStringList{"train", "val"} << "got train";
    QTest::newRow("hidden") << QStringList{"Robin", ".cache"} << "hidden folder .cache";
    QTest::newRow("of the system") << QStringList{"Robin", "@eaDir"} << "the system folder @eaDir";
    QTest::newRow("number among names") << QStringList{"Robin", "7"} << "only the number 7";
    QTest::newRow("same on the screen") << QStringList{"House_Wren", "House Wren"} << "was given before";
}

void TestClassTable::refusesFolders()
{
    QFETCH(QStringList, folders);
    QFETCH(QString, words);
    const QTemporaryDir root;
    for (const QString& folder : folders)
        QVERIFY(QDir(root.path()).mkdir(folder));
    QString message;
    QVERIFY(errorOf([&] { readClassTable(root.path().toStdString()); }, &message) == ErrorCode::Damaged);
    QVERIFY2(message.contains(words), qPrintable(message));
}

void TestClassTable::refusesAnotherCount()
{
    const ClassTable table = readClassTable(write("two.txt", "Robin\nWren\n"));
    QString message;
    QVERIFY(errorOf([&] { requireCount(table, 200); }, &message) == ErrorCode::Mismatch);
    QVERIFY2(message.contains("expected 200 classes, got 2"), qPrintable(message));
    QVERIFY(!errorOf([&] { requireCount(table, 2); }));
}

void TestClassTable::refusesNamesOfACheckpoint_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<int>("classes");
    QTest::addColumn<QString>("expected");
    QTest::newRow("twice") << QStringList{"Robin", "Wren", "Robin"} << 3 << "class 2: \"Robin\" was given before";
    QTest::newRow("twice on the screen") << QStringList{"001.Robin", "002.Robin"} << 2 << "was given before";
    QTest::newRow("empty") << QStringList{"Robin", ""} << 2 << "class 1: expected a name";
    QTest::newRow("number among names") << QStringList{"Robin", "0"} << 2 << "only the number 0";
    QTest::newRow("control character") << QStringList{"Rob\nin", "Wren"} << 2 << "control characters";
    QTest::newRow("other count") << QStringList{"Robin", "Wren"} << 3 << "expected 3 classes, got 2";
}

void TestClassTable::refusesNamesOfACheckpoint()
{
    QFETCH(const QStringList, names);
    QFETCH(const int, classes);
    QFETCH(const QString, expected);
    std::vector<std::string> list;
    for (const QString& name : names)
        list.push_back(name.toStdString());
    QString message;
    QVERIFY(errorOf([&] { classesOfCheckpoint(list, classes); }, &message));
    QVERIFY2(message.contains(expected), qPrintable(message));
}

void TestClassTable::takesNamesOfACheckpoint()
{
    const ClassTable table = classesOfCheckpoint({"001.Winter_Wren", "Robin"}, 2);
    QCOMPARE(table.entries[0].name, std::string("Winter Wren"));
    QCOMPARE(table.source, std::string("checkpoint"));
    QCOMPARE(classesOfCheckpoint({}, 2).entries[1].name, std::string("1"));
    QCOMPARE(classesOfCheckpoint({"1", "10", "2"}, 3).entries[1].name, std::string("10"));
}

void TestClassTable::reads_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("base");
    const auto row = [](const char* name, const char* file, const QByteArray& content, int base) {
        QTest::newRow(name) << QString(file) << content << base;
    };
    // All of them say: Robin, House Wren, Zaunkönig.
    row("names", "t.txt", "Robin\nHouse Wren\nZaunkönig\n", 0);
    row("no last line end", "t.txt", "Robin\nHouse Wren\nZaunkönig", 0);
    row("CRLF, BOM, blank end", "t.txt", "\xEF\xBB\xBFRobin\r\nHouse Wren\r\nZaunkönig\r\n\r\n", 0);
    row("0-based, any order", "t.txt", "2\tZaunkönig\n0 Robin\n1  House_Wren\n", 0);
    row("1-based as in CUB", "classes.txt", "1 001.Robin\n2 002.House_Wren\n3 003.Zaunkönig\n", 1);
    row("JSON list", "t.json", R"(["Robin", "House Wren", "Zaunkönig"])", 0);
    row("JSON list by content", "t.txt", R"(["Robin", "House Wren", "Zaunk\u00f6nig"])", 0);
    row("JSON index to name", "t.json", R"({"0": "Robin", "2": "Zaunkönig", "1": "House Wren"})", 0);
    row("JSON index to name, 1-based", "t.json", R"({"1": "Robin", "3": "Zaunkönig", "2": "House Wren"})", 1);
    row("JSON name to index", "t.json", R"({"Zaunkönig": 2, "House Wren": 1, "Robin": 0})", 0);
    row("CSV", "t.csv", "index,name\n2,Zaunkönig\n0,Robin\n1,House Wren\n", 0);
    row("CSV, 1-based id", "t.csv", "id,English name\n1,Robin\n2,House Wren\n3,Zaunkönig\n", 1);
    row("CSV without index", "t.csv", "Name,Family\nRobin,a\nHouse Wren,b\nZaunkönig,\n", 0);
    row("CSV of one column", "t.csv", "name\r\nRobin\r\nHouse Wren\r\nZaunkönig\r\n", 0);
    row("CSV quoted", "t.csv", "\"name\",\"notes\"\n\"Robin\",\"a \"\"b\"\",\nc\"\nHouse Wren,\"\"\nZaunkönig,x\n", 0);
    row("semicolons", "t.csv", "name;latin\nRobin;a\nHouse Wren;b\nZaunkönig;c\n", 0);
    row("tabs by content", "t.txt", "index\tname\n1\tHouse Wren\n0\tRobin\n2\tZaunkönig\n", 0);
    row("pandas: shuffled index without heading", "t.csv", ",name\n2,Zaunkönig\n0,Robin\n1,House Wren\n", 0);
    row("pandas: read and written twice", "t.csv", "Unnamed: 0,name\n3,Zaunkönig\n1,Robin\n2,House Wren\n", 1);
    row("pandas: index behind", "t.csv", "name,Unnamed: 1\nZaunkönig,2\nRobin,0\nHouse Wren,1\n", 0);
    row("pandas: numbers with a point", "t.csv", "class_id,name\n2.0,Zaunkönig\n0.0,Robin\n1.0,House Wren\n", 0);
    row("line numbers beside an index", "t.csv", ",class_id,class_name\n0,2,Zaunkönig\n1,0,Robin\n2,1,House Wren\n", 0);
    row("taxa beside pandas' index", "t.csv", ",id,name\n2,14850,Zaunkönig\n0,7,Robin\n1,9,House Wren\n", 0);
    row("rank in the order of lines", "t.csv", "rank,name\n1,Robin\n2,House Wren\n3,Zaunkönig\n", 0);
    row("sep=", "t.csv", "sep=;\r\nname;latin\r\nRobin;a\r\nHouse Wren;b\r\nZaunkönig;c\r\n", 0);
    row("class_id and class_name", "t.csv", "Class_Name;Class_ID\nZaunkönig;2\nRobin;0\nHouse Wren;1\n", 0);
    row("UTF-16", "t.txt", utf16("Robin\nHouse Wren\nZaunkönig\n"), 0);
    row("UTF-16 from Excel", "t.csv", utf16("index\tname\n1\tHouse Wren\n0\tRobin\n2\tZaunkönig\n"), 0);
    row("decomposed letters, blanks", "t.txt", "Robin\u00A0\nHouse Wren \nZaunko\u0308nig\n", 0);
    row("Latin names only", "t.csv", "index,scientific_name\n0,Robin\n1,House_Wren\n2,Zaunkönig\n", 0);
}

void TestClassTable::reads()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, content);
    QFETCH(int, base);
    const auto path = write(file, content);
    const ClassTable table = readClassTable(path);
    QCOMPARE(namesOf(table), QStringList({"Robin", "House Wren", QString::fromUtf8("Zaunkönig")}));
    QCOMPARE(table.base, base);
    QCOMPARE(table.source, path.string());
}

void TestClassTable::readsFolderInByteOrder()
{
    const QTemporaryDir root;
    for (const char* folder : {"c", "B", "a_b", "a", "Ä", "10.Wren", "9.Robin"})
        QVERIFY(QDir(root.path()).mkdir(QString::fromUtf8(folder)));
    QFile file(root.filePath("readme.txt"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    // Python: sorted(["c", "B", "a_b", "a", "Ä", "10.Wren", "9.Robin"])
    QCOMPARE(namesOf(readClassTable(root.path().toStdString())),
             QStringList({"Wren", "Robin", "B", "a", "a b", "c", QString::fromUtf8("Ä")}));
}

void TestClassTable::keepsLatinNames()
{
    const ClassTable table = readClassTable(
        write("latin.csv", "index,common,latin\n0,Robin,Erithacus rubecula\n1,Robin,Turdus migratorius\n"));
    QCOMPARE(table.entries.at(0).latin, std::string("Erithacus rubecula"));
    QCOMPARE(table.entries.at(1).latin, std::string("Turdus migratorius"));
    QCOMPARE(table.entries.at(1).name, std::string("Robin"));
}

void TestClassTable::displayNames_data()
{
    QTest::addColumn<QString>("raw");
    QTest::addColumn<QString>("shown");
    QTest::newRow("empty") << ""
                           << "";
    QTest::newRow("number only") << "001."
                                 << "001.";
    QTest::newRow("decimal") << "3.5_mm"
                             << "3.5 mm";
    QTest::newRow("CUB") << "001.Black_footed_Albatross"
                         << "Black footed Albatross";
    QTest::newRow("plain") << "Painted Bunting"
                           << "Painted Bunting";
    QTest::newRow("number in the name") << "7_spot_ladybird"
                                        << "7 spot ladybird";
}

void TestClassTable::displayNames()
{
    QFETCH(QString, raw);
    QFETCH(QString, shown);
    QCOMPARE(QString::fromStdString(displayName(raw.toStdString())), shown);
}

void TestClassTable::numbers()
{
    QCOMPARE(namesOf(numberedClasses(3)), QStringList({"0", "1", "2"}));
    QCOMPARE(numberedClasses(0).count(), 0);
}

QTEST_APPLESS_MAIN(TestClassTable)
#include "test_class_table.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <nlohmann/json.hpp>

#include "core/projection/projection_cache.h"
#include "core/projection/prototype_projection.h"
#include "core/projection/search_records.h"
#include "tests/projection/training_folder.h"
#include "tests/support/error_of.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

SearchedPicture onePicture()
{
    return {"abc", 1, {24, 20}, 4, {{3, 1.25, 7, {{2, 6, 1, 5}, {16, 16}}}}};
}

PrototypeProjection oneProjection()
{
    PrototypeProjection projection;
    projection.key = "key";
    projection.folder = "/pictures/train";
    projection.pictures = 12;
    projection.unreadable = {"b/bad.png: cut short"};
    projection.largestSimilarity = 9.25;
    projection.without = {4};
    projection.found.push_back(
        {3, 1, "b/1.png", 5, "abc", 1, 3, 1.25, 0.4, true, {{2, 6, 1, 5}, {16, 16}}, {1, 2, 8, 6}, {0, 0, 20, 18}});
    return projection;
}

} // namespace

/// The files of a search and of a projection: what is refused, and that what is written is read.
class TestProjectionFiles : public QObject {
    Q_OBJECT

private slots:
    void refusesRecords_data();
    void refusesRecords();
    void refusesProjections_data();
    void refusesProjections();
    void cannotBeWritten();
    void readsWhatItWrites();
    void liesWhereTheSystemWants();

private:
    TrainingFolder m_folder;
};

void TestProjectionFiles::refusesRecords_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("said");
    const auto row = [](const char* name, const QByteArray& pictures, const char* said) {
        QTest::newRow(name) << R"({"ocellus_search": 1, "key": "key", "pictures": [)" + pictures + "]}"
                            << QString(said);
    };
    QTest::newRow("no JSON") << QByteArray("x") << "expected JSON";
    QTest::newRow("a list") << QByteArray("[]") << "expected an object";
    QTest::newRow("another schema") << QByteArray(R"({"ocellus_search": 2, "key": "key", "pictures": []})")
                                    << "ocellus_search";
    QTest::newRow("of another model") << QByteArray(R"({"ocellus_search": 1, "key": "other", "pictures": []})")
                                      << "expected a search of key";
    row("a picture without a size", R"({"sha256": "a", "class": 0, "columns": 4, "found": []})", "\"size\"");
    row("a size of one", R"({"sha256": "a", "class": 0, "size": [3], "columns": 4, "found": []})",
        "width and a height");
    row("no columns", R"({"sha256": "a", "class": 0, "size": [3, 3], "columns": 0, "found": []})", "columns");
    const QByteArray before = R"({"sha256": "a", "class": 0, "size": [3, 3], "columns": 4, "found": [)";
    row("a patch of eight numbers", before + "[0, 1.5, 0, 0, 1, 0, 1, 4]]}", "9 numbers of a patch");
    row("a box that ends before it begins", before + "[0, 1.5, 0, 2, 1, 0, 1, 4, 4]]}", "bottom");
    row("a box beyond the map", before + "[0, 1.5, 0, 0, 5, 0, 1, 4, 4]]}", "bottom");
    row("a negative prototype", before + "[-1, 1.5, 0, 0, 1, 0, 1, 4, 4]]}", "prototype");
}

void TestProjectionFiles::refusesRecords()
{
    QFETCH(const QByteArray, content);
    QFETCH(const QString, said);
    SearchRecords records("key");
    records.insert(onePicture());
    QString message;
    QVERIFY(errorOf([&] { records.read(m_folder.write("bad.json", content.toStdString())); }, &message));
    QVERIFY2(message.contains(said), qPrintable(message));
    QCOMPARE(records.size(), std::size_t{1});
}

void TestProjectionFiles::refusesProjections_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("said");
    QTest::newRow("a path that leads away") << "picture" << QByteArray(R"("../../etc/passwd")") << "below the folder";
    QTest::newRow("a whole path") << "picture" << QByteArray(R"("/etc/passwd")") << "below the folder";
    QTest::newRow("a box without an extent") << "box" << QByteArray("[1, 2, 0, 3]") << "box";
    QTest::newRow("a box of three") << "box" << QByteArray("[1, 2, 3]") << "four numbers";
    QTest::newRow("beyond the map") << "published" << QByteArray("[8, 8, 9, 9]") << "within stretched";
    QTest::newRow("no number") << "similarity" << QByteArray("null") << "similarity";
    QTest::newRow("a class below 0") << "class" << QByteArray("-1") << "class";
    QTest::newRow("another key") << "surprise" << QByteArray("1") << "keys";
}

void TestProjectionFiles::refusesProjections()
{
    QFETCH(const QString, key);
    QFETCH(const QByteArray, value);
    QFETCH(const QString, said);
    const std::filesystem::path path = m_folder.path("projection.json");
    writeProjection(path, oneProjection());
    QFile file(m_folder.file("projection.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    nlohmann::json whole = nlohmann::json::parse(file.readAll().toStdString());
    whole["prototypes"][0][key.toStdString()] = nlohmann::json::parse(value.toStdString());
    QString message;
    QVERIFY(errorOf([&] { readProjection(m_folder.write("bad.json", whole.dump())); }, &message));
    QVERIFY2(message.contains(said), qPrintable(message));
}

void TestProjectionFiles::cannotBeWritten()
{
    m_folder.write("file", "in the way");
    QCOMPARE(errorOf([&] { writeProjection(m_folder.path("file/projection.json"), oneProjection()); }),
             std::optional(ErrorCode::Unreadable));
    QCOMPARE(errorOf([&] { SearchRecords("key").write(m_folder.path("file/search.json")); }),
             std::optional(ErrorCode::Unreadable));
}

void TestProjectionFiles::readsWhatItWrites()
{
    const std::filesystem::path path = m_folder.path("new/projection.json");
    writeProjection(path, oneProjection());
    QVERIFY(readProjection(path) == oneProjection());
    SearchRecords records("key");
    records.insert(onePicture());
    SearchedPicture elsewhere = onePicture();
    elsewhere.classIndex = 2;
    records.insert(elsewhere);
    records.write(m_folder.path("new/search.json"));
    SearchRecords read("key");
    read.read(m_folder.path("new/search.json"));
    QCOMPARE(read.size(), std::size_t{2});
    QVERIFY(read.find("abc", 1) && *read.find("abc", 1) == onePicture());
    QVERIFY(!read.find("abc", 0) && !read.find("abd", 1));
}

void TestProjectionFiles::liesWhereTheSystemWants()
{
    qputenv("XDG_CACHE_HOME", "/somewhere");
    QVERIFY(projectionCache() == "/somewhere/ocellus/prototypes");
    qputenv("XDG_CACHE_HOME", "relative");
    qputenv("HOME", "/home/somebody");
    QVERIFY(projectionCache() == "/home/somebody/.cache/ocellus/prototypes");
    qunsetenv("XDG_CACHE_HOME");
    qunsetenv("HOME");
    QVERIFY(projectionCache().empty());
}

QTEST_GUILESS_MAIN(TestProjectionFiles)
#include "test_projection_files.moc"

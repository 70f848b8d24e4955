// SPDX-License-Identifier: GPL-3.0-or-later
#include <vector>

#include <QtTest>

#include "core/data/distinct_name.h"

using namespace ocellus;

/// Thirty pictures can be called 0001.jpg.
class TestDistinctName : public QObject {
    Q_OBJECT

private slots:
    void tellsApart_data();
    void tellsApart();
    void namesAllAtOnce_data();
    void namesAllAtOnce();
};

void TestDistinctName::tellsApart_data()
{
    QTest::addColumn<QByteArray>("picture");
    QTest::addColumn<QByteArrayList>("among");
    QTest::addColumn<QByteArray>("name");
    const auto row = [](const char* what, const char* picture, const QByteArrayList& among, const char* name) {
        QTest::newRow(what) << QByteArray(picture) << among << QByteArray(name);
    };
    row("nothing", "", {}, "");
    row("twice the same", "/a/1.jpg", {"/a/1.jpg", "/a/1.jpg"}, "1.jpg");
    row("at the root", "/1.jpg", {"/1.jpg", "/a/1.jpg"}, "1.jpg");
    row("without folders", "1.jpg", {"1.jpg", "a/1.jpg"}, "1.jpg");
    row("ends alike", "/a/1.jpg", {"/a/1.jpg", "/a/21.jpg"}, "1.jpg");
    row("folder ends alike", "/x/moth/1.jpg", {"/x/moth/1.jpg", "/x/hawkmoth/1.jpg"}, "moth/1.jpg");
    row("two folders", "/x/a/b/1.jpg", {"/x/a/b/1.jpg", "/y/c/b/1.jpg"}, "a/b/1.jpg");
    row("down to the root", "/b/1.jpg", {"/b/1.jpg", "/x/b/1.jpg"}, "b/1.jpg");
    row("the only one of its name", "/a/2.jpg", {"/a/1.jpg", "/b/1.jpg", "/a/2.jpg"}, "2.jpg");
}

void TestDistinctName::tellsApart()
{
    QFETCH(const QByteArray, picture);
    QFETCH(const QByteArrayList, among);
    QFETCH(const QByteArray, name);
    const std::vector<std::string_view> paths(among.begin(), among.end());
    QCOMPARE(QByteArray::fromStdString(distinctName(picture.toStdString(), paths)), name);
}

void TestDistinctName::namesAllAtOnce_data()
{
    QTest::addColumn<QByteArrayList>("paths");
    QTest::newRow("none") << QByteArrayList();
    QTest::newRow("empty path") << QByteArrayList{"", ""};
    QTest::newRow("twice the same") << QByteArrayList{"/a/1.jpg", "/a/1.jpg", "/b/1.jpg"};
    QTest::newRow("at the root") << QByteArrayList{"/1.jpg", "/a/1.jpg", "/b/a/1.jpg"};
    QTest::newRow("without folders") << QByteArrayList{"1.jpg", "a/1.jpg", "b/1.jpg"};
    QTest::newRow("mixed") << QByteArrayList{"/x/a/b/1.jpg",  "/y/c/b/1.jpg",      "/b/1.jpg",   "/x/a/2.jpg",
                                             "/x/moth/1.jpg", "/x/hawkmoth/1.jpg", "/x/a/21.jpg"};
}

void TestDistinctName::namesAllAtOnce()
{
    QFETCH(const QByteArrayList, paths);
    const std::vector<std::string_view> among(paths.begin(), paths.end());
    std::vector<std::string> expected;
    for (const std::string_view path : among)
        expected.push_back(distinctName(path, among));
    QCOMPARE(distinctNames(among), expected);
}

QTEST_GUILESS_MAIN(TestDistinctName)
#include "test_distinct_name.moc"

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

QTEST_GUILESS_MAIN(TestDistinctName)
#include "test_distinct_name.moc"

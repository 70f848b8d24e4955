// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/error.h"
#include "core/explain/faithfulness_table.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

std::vector<FaithfulnessRow> rowsOf(const std::string& picture, double better)
{
    return {{picture, 1, 1, 0.9, "mean", 0.5 + better, 0.2}, {picture, 1, 1, 0.9, "reversed mean", 0.1, 0.7},
            {picture, 1, 1, 0.9, "gradcam", 0.4, 0.3},       {picture, 1, 1, 0.9, "random 1", 0.2, 0.4},
            {picture, 1, 1, 0.9, "random 2", 0.4, 0.6},      {picture, 1, 1, 0.9, "centre", 0.3, 0.3}};
}

} // namespace

class TestFaithfulnessTable : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void refusesFilesOfOthers_data();
    void refusesFilesOfOthers();
    void refusesHalfPictures();
    void cutsAwayHalfPictures_data();
    void cutsAwayHalfPictures();
    void sumsUp();
    void takesShards();

private:
    std::filesystem::path path(const char* name = "t.csv") const { return m_folder->filePath(name).toStdString(); }
    QByteArray content() const
    {
        QFile file(m_folder->filePath("t.csv"));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void write(const QByteArray& text) const
    {
        QFile file(m_folder->filePath("t.csv"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestFaithfulnessTable::refusesFilesOfOthers_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray header = "picture,class,judged_class,probability,order,insertion,deletion\n";
    QTest::newRow("another table") << QByteArray("picture,class\na,1\n");
    QTest::newRow("too few fields") << header + "a,1,1,0.5,mean,0.1\n";
    QTest::newRow("no number") << header + "a,1,1,0.5,mean,0.1,x\n";
    QTest::newRow("half a number") << header + "a,1,1,0.5z,mean,0.1,0.2\n";
    QTest::newRow("open quote") << header + "\"a,1,1,0.5,mean,0.1,0.2\n";
}

void TestFaithfulnessTable::refusesFilesOfOthers()
{
    QFETCH(QByteArray, text);
    write(text);
    QCOMPARE(errorOf([&] { FaithfulnessTable table(path()); }), std::optional(ErrorCode::Damaged));
    QCOMPARE(content(), text);
}

void TestFaithfulnessTable::refusesHalfPictures()
{
    FaithfulnessTable table(path());
    std::vector<FaithfulnessRow> rows = rowsOf("a", 0);
    rows.pop_back();
    QCOMPARE(errorOf([&] { table.add(rows); }), std::optional(ErrorCode::BadArgument));
    QCOMPARE(errorOf([&] { table.add({}); }), std::optional(ErrorCode::BadArgument));
    QCOMPARE(content().count('\n'), 1);
}

void TestFaithfulnessTable::cutsAwayHalfPictures_data()
{
    QTest::addColumn<int>("bytes");
    for (const int bytes : {1, 2, 30, 60, 150})
        QTest::newRow(qPrintable(QString::number(bytes))) << bytes;
}

void TestFaithfulnessTable::cutsAwayHalfPictures()
{
    QFETCH(int, bytes);
    {
        FaithfulnessTable table(path());
        table.add(rowsOf("a, with \"quotes\"", 0));
        table.add({{"left", 0, 2, 0.3, FaithfulnessTable::leftOut}});
    }
    const QByteArray whole = content();
    {
        FaithfulnessTable table(path());
        table.add(rowsOf("b", 0));
    }
    write(content().chopped(bytes));
    FaithfulnessTable table(path());
    QVERIFY(table.has("a, with \"quotes\"") && table.has("left") && !table.has("b"));
    QCOMPARE(table.measured(), 1);
    QCOMPARE(content(), whole);
    table.add(rowsOf("b", 0));
    QCOMPARE(FaithfulnessTable(path()).rows(), table.rows());
}

void TestFaithfulnessTable::sumsUp()
{
    FaithfulnessTable table(path());
    QVERIFY(table.summaries(0).empty());
    table.add(rowsOf("a", 0));
    table.add({{"left", 0, 2, 0.3, FaithfulnessTable::leftOut}});
    table.add(rowsOf("b", 0.2));
    const auto summaries = table.summaries(0);
    QCOMPARE(summaries.size(), std::size_t{5});
    QCOMPARE(summaries[0].order, std::string("mean"));
    QCOMPARE(summaries[0].insertion.mean, 0.6);
    QCOMPARE(summaries[0].insertion.n, std::size_t{2});
    QCOMPARE(summaries[3].order, std::string("random"));
    QVERIFY(qAbs(summaries[3].insertion.mean - 0.3) < 1e-12);
    QVERIFY(!summaries[0].isNull && summaries[1].isNull && !summaries[2].isNull && summaries[3].isNull &&
            summaries[4].isNull);
    QCOMPARE(table.measured(), 2);
    QCOMPARE(table.leftOutCount(), 1);
    const auto differences = table.differences(0);
    QCOMPARE(differences.size(), std::size_t{1 + 2 * 2});
    QVERIFY(differences[1].first == "mean" && differences[1].second == "random");
    QVERIFY(qAbs(differences[1].insertion.mean - 0.3) < 1e-12);
    QVERIFY(differences[4].first == "gradcam" && differences[4].second == "centre");
    QVERIFY(differences[0].first == "mean" && differences[0].second == "gradcam");
    QVERIFY(qAbs(differences[0].insertion.mean - 0.2) < 1e-12 && qAbs(differences[0].deletion.mean + 0.1) < 1e-12);
}

void TestFaithfulnessTable::takesShards()
{
    FaithfulnessTable first(path("1.csv"));
    first.add(rowsOf("a", 0));
    first.add(rowsOf("b", 0.2));
    FaithfulnessTable table(path());
    table.add(rowsOf("b", 0.1));
    table.merge(path("1.csv"));
    QCOMPARE(table.measured(), 2);
    QVERIFY(table.has("a"));
    QCOMPARE(table.summaries(0)[0].insertion.mean, 0.55);
    QCOMPARE(FaithfulnessTable(path()).measured(), 1);
}

QTEST_APPLESS_MAIN(TestFaithfulnessTable)
#include "test_faithfulness_table.moc"

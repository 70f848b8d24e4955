// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include "core/analysis/confused_pairs.h"
#include "core/base/error.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

const QByteArray header = "first,first_name,second,second_name,pictures,first_as_second,second_as_first\n";

} // namespace

/// What an evaluation says about classes that were taken for each other.
class TestConfusedPairs : public QObject {
    Q_OBJECT

private slots:
    void badFiles_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("empty") << QByteArray() << ErrorCode::Damaged;
        QTest::newRow("another table") << QByteArray("rank,class\n1,2\n") << ErrorCode::Damaged;
        QTest::newRow("a word for a number") << header + "0,a,one,b,3,2,1\n" << ErrorCode::Damaged;
        QTest::newRow("half a number") << header + "0,a,1.5,b,3,2,1\n" << ErrorCode::Damaged;
        QTest::newRow("below zero") << header + "0,a,1,b,3,-2,1\n" << ErrorCode::Damaged;
        QTest::newRow("too large") << header + "0,a,1,b,3,99999999999,1\n" << ErrorCode::Damaged;
        QTest::newRow("another model's class") << header + "0,a,5,b,3,2,1\n" << ErrorCode::Mismatch;
        QTest::newRow("a field too few") << header + "0,a,1,b,3,2\n" << ErrorCode::Damaged;
    }

    void badFiles()
    {
        QFETCH(QByteArray, content);
        QFETCH(ErrorCode, code);
        QString message;
        QVERIFY(errorOf([&] { read(content); }, &message) == code);
        QVERIFY(message.startsWith(QString::fromStdString(m_path)));
    }

    void missingFile()
    {
        QVERIFY(errorOf([] { readConfusedPairs("/nowhere/confused_pairs.csv", 5); }) == ErrorCode::NotFound);
    }

    void readsWhatAnEvaluationWrites()
    {
        const auto pairs = read(header + "0,\"A, b\",2,C,5,4,1\n1,B,2,C,2,0,2\n");
        QCOMPARE(pairs.size(), 2u);
        QCOMPARE(pairs[0], (ConfusedPair{0, 2, 4, 1}));
        QCOMPARE(pairs[1], (ConfusedPair{1, 2, 0, 2}));
    }

    void mostOftenFirst()
    {
        const std::vector<ConfusedPair> pairs{{0, 1, 1, 0}, {0, 2, 2, 3}, {1, 2, 9, 9}, {0, 3, 0, 1}, {0, 0, 8, 8}};
        QCOMPARE(mostConfused(pairs, 0, 5), (std::vector{2, 1, 3}));
        QCOMPARE(mostConfused(pairs, 0, 1), std::vector{2});
        QCOMPARE(mostConfused(pairs, 3, 5), std::vector{0});
        QVERIFY(mostConfused(pairs, 4, 5).empty());
        QVERIFY(mostConfused(pairs, 0, 0).empty());
    }

private:
    std::vector<ConfusedPair> read(const QByteArray& content)
    {
        QFile file(m_folder.filePath("confused_pairs.csv"));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write a test file");
        file.close();
        m_path = file.fileName().toStdString();
        return readConfusedPairs(m_path, 5);
    }

    QTemporaryDir m_folder;
    std::string m_path;
};

QTEST_APPLESS_MAIN(TestConfusedPairs)
#include "test_confused_pairs.moc"

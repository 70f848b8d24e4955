// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <QTemporaryDir>

#include "core/data/class_selection.h"
#include "tests/support/error_of.h"

using namespace ocellus;

Q_DECLARE_METATYPE(ErrorCode)

/// Classes chosen by a text file or a taxon.
class TestClassSelection : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        write("birds.csv", "index,name,latin,family\n0,Wren,Troglodytes troglodytes,Troglodytidae\n"
                           "1,Herring Gull,Larus argentatus,Laridae\n2,Common Gull,Larus canus,Laridae\n"
                           "3,Common Tern,Sterna hirundo,Laridae\n");
        m_table = readClassTable(path("birds.csv"));
    }

    void refusesFiles_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("said");
        QTest::newRow("empty") << QByteArray() << ErrorCode::Damaged << "got none";
        QTest::newRow("comments alone") << QByteArray("# a\n\n  \n") << ErrorCode::Damaged << "got none";
        QTest::newRow("unknown") << QByteArray("Wren\nZebra\n") << ErrorCode::Mismatch << "line 2";
        QTest::newRow("index behind the last") << QByteArray("4\n") << ErrorCode::Mismatch << "0 to 3";
        QTest::newRow("negative") << QByteArray("-1\n") << ErrorCode::Mismatch << "\"-1\"";
        QTest::newRow("no text") << QByteArray("Wren\n\0\n", 7) << ErrorCode::Damaged << "list.txt";
    }

    void refusesFiles()
    {
        QFETCH(const QByteArray, content);
        QFETCH(const ErrorCode, code);
        QFETCH(const QString, said);
        write("list.txt", content);
        QString message;
        QCOMPARE(errorOf([&] { classesOfFile(path("list.txt"), m_table); }, &message), std::optional(code));
        QVERIFY2(message.contains(said), qPrintable(message));
    }

    void readsFiles_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<std::vector<int>>("expected");
        QTest::newRow("names and indices") << QByteArray("Common Gull\r\n0\r\n") << std::vector<int>{2, 0};
        QTest::newRow("as folders are called")
            << QByteArray("003.Common_Gull\nherring_gull\n") << std::vector<int>{2, 1};
        QTest::newRow("Latin, no line end") << QByteArray("Larus canus") << std::vector<int>{2};
        QTest::newRow("each once") << QByteArray("Wren\n0\n# more\nTroglodytes troglodytes\n") << std::vector<int>{0};
    }

    void readsFiles()
    {
        QFETCH(const QByteArray, content);
        QFETCH(const std::vector<int>, expected);
        write("list.txt", content);
        QCOMPARE(classesOfFile(path("list.txt"), m_table), expected);
    }

    void refusesNamesOfSeveral()
    {
        ClassTable table;
        table.entries = {{"Wren", "Troglodytes", "001.Wren"}, {"WREN", "Cistothorus", "002.WREN"}};
        write("list.txt", "wren\n");
        QString message;
        QCOMPARE(errorOf([&] { classesOfFile(path("list.txt"), table); }, &message), ErrorCode::Mismatch);
        QVERIFY2(message.contains("line 1") && message.contains("0 Wren, 1 WREN"), qPrintable(message));
        write("list.txt", "WREN\n1.Wren\n");
        QCOMPARE(classesOfFile(path("list.txt"), table), (std::vector<int>{1, 0}));
    }

    void refusesTaxa_data()
    {
        QTest::addColumn<QString>("taxon");
        QTest::newRow("nothing") << "";
        QTest::newRow("a species' second word") << "canus";
        QTest::newRow("part of a word") << "Lar";
        QTest::newRow("no such column") << "order=Passeriformes";
        QTest::newRow("no such value") << "family=Corvidae";
        QTest::newRow("no value") << "family=";
    }

    void refusesTaxa()
    {
        QFETCH(const QString, taxon);
        QVERIFY(errorOf([&] { classesOfTaxon(taxon.toStdString(), m_table); }));
    }

    void findsTaxa()
    {
        QCOMPARE(classesOfTaxon("larus", m_table), (std::vector<int>{1, 2}));
        QCOMPARE(classesOfTaxon("Family = laridae", m_table), (std::vector<int>{1, 2, 3}));
        // Without a column of Latin names those count that are Latin by their form.
        QCOMPARE(classesOfTaxon("larus", classesOfCheckpoint({"Larus canus", "Alca torda", "Larus argentatus"}, 3)),
                 (std::vector<int>{0, 2}));
    }

    /// The first word of an English name is no genus: "Red-headed_Woodpecker" is of none.
    void onlyLatinNamesHaveGenera_data()
    {
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<bool>("has");
        QTest::newRow("none") << QStringList() << false;
        QTest::newRow("numbers") << QStringList{"0", "1"} << false;
        QTest::newRow("one word") << QStringList{"Wren", "Gull"} << false;
        QTest::newRow("English") << QStringList{"Red-headed_Woodpecker", "Snow_Bunting", "Snow_Goose"} << false;
        QTest::newRow("English, small letters") << QStringList{"snow bunting", "snow goose"} << false;
        QTest::newRow("English, one capital")
            << QStringList{"Red-headed woodpecker", "Snow bunting", "Brewer's blackbird", "Snow goose"} << false;
        QTest::newRow("no two of a genus") << QStringList{"Alca torda", "Uria aalge"} << false;
        QTest::newRow("half of them") << QStringList{"Larus canus", "Larus fuscus", "Wren", "Gull"} << false;
        QTest::newRow("Latin") << QStringList{"Larus canus", "Larus_fuscus", "Polygonia c-album", "Larus sp."} << true;
        QTest::newRow("with authors") << QStringList{"Larus canus Linnaeus, 1758", "Larus fuscus L."} << true;
    }

    void onlyLatinNamesHaveGenera()
    {
        QFETCH(const QStringList, names);
        QFETCH(const bool, has);
        ClassTable table;
        for (const QString& name : names)
            table.entries.push_back({name.toStdString(), {}});
        QCOMPARE(hasGenera(table), has);
        if (has || names.isEmpty())
            return;
        QString message;
        const std::string taxon = names.first().split(' ').first().split('_').first().toStdString();
        QCOMPARE(errorOf([&] { classesOfTaxon(taxon, table); }, &message), std::optional(ErrorCode::BadArgument));
        QVERIFY2(message.contains("scientific names") && message.contains(names.first()), qPrintable(message));
    }

private:
    std::filesystem::path path(const QString& name) const { return m_folder.filePath(name).toStdString(); }

    void write(const QString& name, const QByteArray& content) const
    {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    QTemporaryDir m_folder;
    ClassTable m_table;
};

QTEST_APPLESS_MAIN(TestClassSelection)
#include "test_class_selection.moc"

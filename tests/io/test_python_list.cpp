// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/io/python_list.h"

using namespace ocellus;

/// Lists as Python prints them, which people write into metadata.
class TestPythonList : public QObject {
    Q_OBJECT

private slots:
    void refuses_data();
    void refuses();
    void reads_data();
    void reads();
};

void TestPythonList::refuses_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, const QString& text) { QTest::newRow(name) << text; };
    row("nothing", "");
    row("a text", "'Ant'");
    row("a number in it", "['Ant', 3]");
    row("a call", "[__import__('os').system('true')]");
    row("a name", "[Ant, Bee]");
    row("an f-string", "[f'{1}']");
    row("bytes", "[b'Ant']");
    row("a dictionary", "{0: 'Ant'}");
    row("lists in it", "[['Ant']]");
    row("no end", "['Ant', 'Bee'");
    row("a text without an end", "['Ant, 'Bee']");
    row("closed by the other bracket", "['Ant')");
    row("no comma", "['Ant' 'Bee']");
    row("two commas", "['Ant',, 'Bee']");
    row("something after it", "['Ant'] + ['Bee']");
    row("an escape without a letter", "['Ant\\");
    row("an unknown escape", "['\\N{BEE}']");
    row("a short code", "['\\x4']");
    row("no code", "['\\u12g4']");
    row("half a surrogate pair", "['\\ud83d']");
    row("a code beyond Unicode", "['\\U00110000']");
    row("longer than any", "['" + QString(5'000'000, 'a') + "']");
    row("brackets without an end", QString(1'000'000, '['));
}

void TestPythonList::refuses()
{
    QFETCH(QString, text);
    QVERIFY(!parsePythonList(text.toStdString()));
}

void TestPythonList::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("a list") << "['Ant', 'Bee']" << QStringList({"Ant", "Bee"});
    QTest::newRow("a tuple of one") << "('Ant',)" << QStringList("Ant");
    QTest::newRow("nothing in it") << " [ ] " << QStringList();
    QTest::newRow("both quotes") << R"(["Bee's", 'the "Ant"', 'it\'s'])"
                                 << QStringList({"Bee's", "the \"Ant\"", "it's"});
    QTest::newRow("lines") << "['Ant',\n 'Bee',\n]" << QStringList({"Ant", "Bee"});
    QTest::newRow("codes") << R"(['K\xe4fer', 'caf\u00e9', '\U0001f41d', 'a\tb\\'])"
                           << QStringList({"Käfer", "café", "🐝", "a\tb\\"});
    QTest::newRow("UTF-8") << "['Käfer']" << QStringList("Käfer");
    QTest::newRow("of Python 2") << "[u'Ant', u'Bee']" << QStringList({"Ant", "Bee"});
}

void TestPythonList::reads()
{
    QFETCH(QString, text);
    QFETCH(QStringList, names);
    const auto got = parsePythonList(text.toStdString());
    QVERIFY(got);
    QStringList texts;
    for (const std::string& name : *got)
        texts << QString::fromStdString(name);
    QCOMPARE(texts, names);
}

QTEST_GUILESS_MAIN(TestPythonList)
#include "test_python_list.moc"

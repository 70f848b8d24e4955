// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "ui/models/class_search.h"

using namespace ocellus;

class TestClassSearch : public QObject {
    Q_OBJECT

private slots:
    void finds_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QList<int>>("expected");
        const QList<int> all{0, 1, 2, 3, 4, 5};
        QTest::newRow("nothing typed") << "" << all;
        QTest::newRow("spaces") << "  " << all;
        QTest::newRow("signs alone") << ".*" << QList<int>();
        QTest::newRow("unknown") << "zebra" << QList<int>();
        QTest::newRow("one word of two unknown") << "black zebra" << QList<int>();
        QTest::newRow("common name, any case") << "ALBATROSS" << QList<int>{0, 1};
        QTest::newRow("Latin name") << "diomedea" << QList<int>{1};
        QTest::newRow("words in any order") << "albatross black" << QList<int>{0};
        QTest::newRow("part of a word") << "batro" << QList<int>{0, 1};
        QTest::newRow("with its hyphen") << "black-footed" << QList<int>{0};
        QTest::newRow("without its hyphen") << "black footed" << QList<int>{0};
        QTest::newRow("as a folder is called") << "001.Black_footed_Albatross" << QList<int>{0};
        QTest::newRow("number") << "17" << QList<int>{5};
        QTest::newRow("no error in short words") << "jey" << QList<int>();
        QTest::newRow("accent left out") << "ruppells" << QList<int>{2};
        QTest::newRow("accent taken apart") << QString::fromUtf8("ru\u0308ppells") << QList<int>{2};
        QTest::newRow("accent where there is none") << QString::fromUtf8("j\u00e4y") << QList<int>{3, 4};
        QTest::newRow("stroke left out") << "sorensen" << QList<int>{4};
        QTest::newRow("letter wrong") << "albatriss" << QList<int>{0, 1};
        QTest::newRow("letter missing") << "albtross" << QList<int>{0, 1};
        QTest::newRow("letter too many") << "albattross" << QList<int>{0, 1};
        QTest::newRow("letter too many at the end") << "albatrosss" << QList<int>{0, 1};
        QTest::newRow("letters changed places") << "albatorss" << QList<int>{0, 1};
        QTest::newRow("first letter wrong") << "elbatross" << QList<int>{0, 1};
        QTest::newRow("error before the word is finished") << "albtro" << QList<int>{0, 1};
        QTest::newRow("two errors") << "elbatriss" << QList<int>();
        QTest::newRow("no guessing where a word is known") << "jays" << QList<int>{4};
    }

    void finds()
    {
        QFETCH(const QString, query);
        QFETCH(const QList<int>, expected);
        ClassSearch search;
        search.setTexts({QStringLiteral("Black-footed Albatross Phoebastria nigripes 12"),
                         QStringLiteral("Wandering Albatross Diomedea exulans 13"),
                         QString::fromUtf8("R\u00fcppell's Vulture Gyps rueppelli 14"),
                         QStringLiteral("Jay Garrulus 15"), QString::fromUtf8("S\u00f8rensen's Jays 16"),
                         QStringLiteral("17")});
        const std::vector<bool> found = search.find(query);
        QList<int> indices;
        for (int i = 0; i < 6; ++i)
            if (found[static_cast<std::size_t>(i)])
                indices << i;
        QCOMPARE(indices, expected);
    }

    void findsNothingAmongNothing()
    {
        ClassSearch search;
        QVERIFY(search.find("wren").empty());
        search.setTexts({QString(), QStringLiteral("  ")});
        QCOMPARE(search.find("wren"), (std::vector<bool>{false, false}));
        QCOMPARE(search.find({}), (std::vector<bool>{true, true}));
    }
};

QTEST_GUILESS_MAIN(TestClassSearch)
#include "test_class_search.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "app/cli/query_parser.h"
#include "core/base/error.h"

using namespace ocellus;

namespace {

using Kind = QueryTerm::Kind;

ClassTable sparrows()
{
    ClassTable table;
    table.source = "birds.txt";
    table.entries = {{"House Sparrow", "Passer domesticus"},
                     {"Tree Sparrow", "Passer montanus"},
                     {"Finch, Zebra", "Taeniopygia"},
                     {"4", "Columba"},
                     {"Rock Dove", "Columba"}};
    return table;
}

/// Five classes, or the active ones of them, with the given logits and no maps.
Decoding decoding(const QuerySet& set, std::vector<float> logits)
{
    Decoding::Extent extent{1, 1, static_cast<int>(logits.size()), 1, 1, 5, 1};
    std::vector<int> queryOfClass(5, -1);
    for (int c = 0; c < 5; ++c)
        if (set.mode == LimitMode::All)
            queryOfClass[static_cast<std::size_t>(c)] = c;
    for (std::size_t q = 0; q < set.active.size(); ++q)
        queryOfClass[static_cast<std::size_t>(set.active[q])] = static_cast<int>(q);
    Decoding::Arrays arrays;
    arrays.outputs.resize(logits.size());
    arrays.logits = std::move(logits);
    return Decoding({}, set, extent, queryOfClass, std::move(arrays));
}

} // namespace

class TestQueryParser : public QObject {
    Q_OBJECT

private slots:
    void refusesBadQueries_data();
    void refusesBadQueries();
    void refusesWhatTheModelLacks_data();
    void refusesWhatTheModelLacks();
    void refusesBadIndices_data();
    void refusesBadIndices();
    void readsMixtures();
    void findsNames();
    void refusesTheCommonNameOfTwo();
    void ordersClassesAndFigures();
    void keepsToActiveClassesUnderDrop();
};

void TestQueryParser::refusesBadQueries_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("empty") << ""
                           << "expected top:K, all, class indices or names";
    QTest::newRow("blank") << "  "
                           << "expected top:K, all, class indices or names";
    QTest::newRow("two commas") << "3,,4"
                                << "expected top:K, all, class indices or names";
    QTest::newRow("comma at the end") << "3,"
                                      << "expected top:K, all, class indices or names";
    QTest::newRow("top without a number") << "top:"
                                          << "expected top:K with K from 1, got \"top:\"";
    QTest::newRow("top of none") << "top:0"
                                 << "expected top:K with K from 1";
    QTest::newRow("top below none") << "top:-3"
                                    << "expected top:K with K from 1";
    QTest::newRow("top of a word") << "top:many"
                                   << "expected top:K with K from 1";
    QTest::newRow("top of a fraction") << "top:2.5"
                                       << "expected top:K with K from 1";
    QTest::newRow("top beyond numbers") << "top:99999999999"
                                        << "expected top:K with K from 1";
    QTest::newRow("negative") << "-1"
                              << "expected a class index from 0, got \"-1\"";
    QTest::newRow("range") << "3-5"
                           << "expected a class index from 0, got \"3-5\"";
    QTest::newRow("number too large") << "99999999999"
                                      << "expected a class index from 0";
    QTest::newRow("open quote") << "\"Rock Dove"
                                << "expected a closing quote";
    QTest::newRow("empty name") << "\"\""
                                << "expected a name between two quotes";
    QTest::newRow("words behind the quote") << "\"Rock\" Dove"
                                            << "expected a name between two quotes";
}

void TestQueryParser::refusesBadQueries()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    try {
        parseQuery(text.toStdString());
        QFAIL("no error");
    } catch (const Error& error) {
        QCOMPARE(error.code(), ErrorCode::BadArgument);
        QVERIFY2(QString::fromUtf8(error.what()).contains(expected), error.what());
    }
}

void TestQueryParser::refusesWhatTheModelLacks_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("dropped");
    QTest::addColumn<QString>("expected");
    QTest::newRow("index one too high") << "5" << false << "expected class indices from 0 to 4, got \"5\"";
    QTest::newRow("second index too high") << "1,7" << false << "got \"7\"";
    QTest::newRow("unknown name") << "Ostrich" << false << "expected a name of the class table (birds.txt)";
    QTest::newRow("misspelt name") << "House Sparow" << false << "Close to it: \"House Sparrow\"";
    QTest::newRow("misspelt, as a folder") << "005.rock_dov" << false << "Close to it: \"Rock Dove\"";
    QTest::newRow("part of a name") << "Sparrow" << false << "\"House Sparrow\", \"Tree Sparrow\"";
    QTest::newRow("Latin name of two") << "Columba" << false << "Give its index: 3 4, 4 Rock Dove";
    QTest::newRow("Latin name of two, as a folder") << "columba" << false << "expected a name that only one class has";
    QTest::newRow("comma without quotes") << "Finch, Zebra" << false << "got \"Finch\"";
    QTest::newRow("inactive index under drop") << "0" << true << "expected active classes only";
    QTest::newRow("inactive name under drop") << "Rock Dove" << true << "expected active classes only";
}

void TestQueryParser::refusesWhatTheModelLacks()
{
    QFETCH(QString, text);
    QFETCH(bool, dropped);
    QFETCH(QString, expected);
    const QuerySet set = dropped ? QuerySet{LimitMode::Drop, {3, 1}} : QuerySet{};
    try {
        resolve(parseQuery(text.toStdString()), sparrows(), set);
        QFAIL("no error");
    } catch (const Error& error) {
        QCOMPARE(error.code(), ErrorCode::BadArgument);
        QVERIFY2(QString::fromUtf8(error.what()).contains(expected), error.what());
    }
}

void TestQueryParser::refusesBadIndices_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"", ",", "3,", "3,,4", "-1", "3-4", "\"a", "\"\"", "99999999999"})
        QTest::newRow(text) << text;
}

void TestQueryParser::refusesBadIndices()
{
    QFETCH(QString, text);
    try {
        parseClasses("--active", text.toStdString());
        QFAIL("no error");
    } catch (const Error& error) {
        QCOMPARE(error.code(), ErrorCode::BadArgument);
        QCOMPARE(error.subject(), std::string("--active"));
    }
}

void TestQueryParser::readsMixtures()
{
    const std::vector<QueryTerm> expected = {
        {Kind::Top, 5, {}},           {Kind::Index, 3, {}}, {Kind::Name, 0, "Finch, Zebra"},
        {Kind::Name, 0, "Rock Dove"}, {Kind::Name, 0, "4"}, {Kind::All, 0, {}}};
    QVERIFY(parseQuery("top:5, 3 ,\"Finch, Zebra\",Rock Dove,\"4\",all") == expected);
    QVERIFY(parseClasses("--active", "3, top:5,\"Finch, Zebra\"") ==
            (std::vector<QueryTerm>{{Kind::Index, 3, {}}, {Kind::Name, 0, "top:5"}, {Kind::Name, 0, "Finch, Zebra"}}));
}

void TestQueryParser::findsNames()
{
    const auto terms = resolve(parseQuery("Rock Dove,\"Finch, Zebra\",\"4\",4,Passer montanus,top:2"), sparrows(), {});
    const std::vector<QueryTerm> expected = {{Kind::Index, 4, {}}, {Kind::Index, 2, {}}, {Kind::Index, 3, {}},
                                             {Kind::Index, 4, {}}, {Kind::Index, 1, {}}, {Kind::Top, 2, {}}};
    QVERIFY(terms == expected);
    for (const char* name : {"Rock_Dove", "rock dove", "041.Rock_Dove", "\"1.ROCK_DOVE\""})
        QVERIFY2(resolve(parseQuery(name), sparrows(), {}) == (std::vector<QueryTerm>{{Kind::Index, 4, {}}}), name);
    QVERIFY(resolve({{Kind::Index, 1, {}}}, sparrows(), {LimitMode::Drop, {3, 1}}).size() == 1);
}

void TestQueryParser::refusesTheCommonNameOfTwo()
{
    ClassTable table;
    table.entries = {{"Robin", "Erithacus rubecula"}, {"Robin", "Turdus migratorius"}};
    QVERIFY_EXCEPTION_THROWN(resolve(parseQuery("Robin"), table, {}), Error);
    QVERIFY(resolve(parseQuery("Turdus migratorius"), table, {}) == (std::vector<QueryTerm>{{Kind::Index, 1, {}}}));
}

void TestQueryParser::ordersClassesAndFigures()
{
    const Decoding result = decoding({}, {0.f, 3.f, 1.f, 4.f, 2.f});
    const auto ask = [&](const char* text) { return queryClasses(parseQuery(text), result); };
    QCOMPARE(ask("top:2").classes, (std::vector<int>{3, 1}));
    QCOMPARE(ask("top:2").figures, (std::vector<int>{3, 1}));
    QCOMPARE(ask("top:99").classes, (std::vector<int>{3, 1, 4, 2, 0}));
    QCOMPARE(ask("all").classes, (std::vector<int>{0, 1, 2, 3, 4}));
    QCOMPARE(ask("all").figures, (std::vector<int>{3}));
    QCOMPARE(ask("1,top:2,1").classes, (std::vector<int>{1, 3}));
    QCOMPARE(ask("all,2").classes, (std::vector<int>{0, 1, 2, 3, 4}));
    QCOMPARE(ask("all,2").figures, (std::vector<int>{2}));
}

void TestQueryParser::keepsToActiveClassesUnderDrop()
{
    const Decoding result = decoding({LimitMode::Drop, {3, 1}}, {0.f, 1.f});
    QCOMPARE(queryClasses(parseQuery("all"), result).classes, (std::vector<int>{3, 1}));
    QCOMPARE(queryClasses(parseQuery("all"), result).figures, (std::vector<int>{1}));
    QCOMPARE(queryClasses(parseQuery("top:5"), result).classes, (std::vector<int>{1, 3}));
}

QTEST_APPLESS_MAIN(TestQueryParser)
#include "test_query_parser.moc"

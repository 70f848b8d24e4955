// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

#include "tests/panels/decodings.h"
#include "ui/models/class_filter_proxy.h"
#include "ui/models/class_list_model.h"

using namespace ocellus;

namespace {

QString cell(const QAbstractItemModel& model, int row, int column)
{
    return model.index(row, column).data().toString();
}

QStringList names(const QAbstractItemModel& model)
{
    QStringList list;
    for (int row = 0; row < model.rowCount(); ++row)
        list << cell(model, row, ClassListModel::Name);
    return list;
}

} // namespace

class TestClassListModel : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void nothingIsEmpty()
    {
        ClassListModel model;
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!model.hasNames());
        QVERIFY(model.className(0).isEmpty());
        QVERIFY(model.topClasses(5).isEmpty());
        QVERIFY(model.similarClasses(0, 5).isEmpty());
        QVERIFY(!model.setData({}, Qt::Checked, Qt::CheckStateRole));
        QVERIFY(!model.data({}, Qt::DisplayRole).isValid());
    }

    void tableMustFitDecoding_data()
    {
        QTest::addColumn<int>("entries");
        QTest::addColumn<bool>("named");
        QTest::newRow("none") << 0 << false;
        QTest::newRow("one too few") << 3 << false;
        QTest::newRow("one too many") << 5 << false;
        QTest::newRow("as many") << 4 << true;
    }

    void tableMustFitDecoding()
    {
        QFETCH(int, entries);
        QFETCH(bool, named);
        ClassTable table = makeTable({"Finch", "Wren", "Robin", "Heron", "Stork"});
        table.entries.resize(static_cast<std::size_t>(entries));
        ClassListModel model;
        model.setTable(table);
        model.setDecodings(fourLogits(), nullptr);
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(model.hasNames(), named);
        QCOMPARE(names(model),
                 named ? QStringList({"Finch", "Wren", "Robin", "Heron"}) : QStringList({"0", "1", "2", "3"}));
    }

    void wrongIndicesAreLeftOut()
    {
        ClassListModel model;
        model.setDecodings(fourLogits(), nullptr);
        const QList<int> wrong{2, -1, 4, 2, 0, std::numeric_limits<int>::max(), std::numeric_limits<int>::min()};
        model.setActive(wrong);
        model.setPinned(wrong);
        QCOMPARE(model.active(), QList<int>({2, 0}));
        QCOMPARE(model.pinned(), QList<int>({2, 0}));
        QVERIFY(!model.isPinned(-1));
        QVERIFY(!model.isPinned(4));
        QVERIFY(model.className(4).isEmpty());
        QVERIFY(model.similarClasses(-1, 3).isEmpty());
        QVERIFY(model.similarClasses(4, 3).isEmpty());
    }

    void marksWaitForRowsAndGoWithThem()
    {
        ClassListModel model;
        model.setActive({3, 9});
        model.setDecodings(fourLogits(), nullptr);
        QCOMPARE(model.active(), QList<int>({3}));
        model.setDecodings(nullptr, nullptr);
        QCOMPARE(model.active(), QList<int>({3}));
        model.setDecodings(makeDecoding(2, {1, 2}), nullptr);
        QVERIFY(model.active().isEmpty());
    }

    void notANumberHasNoPlaceInTheOrder()
    {
        const float nan = std::numeric_limits<float>::quiet_NaN();
        ClassListModel model;
        model.setTable(fourBirds());
        model.setDecodings(makeDecoding(4, {1, nan, 3, 2}), nullptr);
        ClassFilterProxy proxy(model);
        proxy.sort(ClassListModel::Logit, Qt::DescendingOrder);
        QCOMPARE(names(proxy), QStringList({"Robin", "Heron", "Finch", "Wren"}));
    }

    void showsNumbersAndChange()
    {
        ClassListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setTable(fourBirds());
        const auto full = fourLogits();
        model.setDecodings(full, full);
        QCOMPARE(cell(model, 1, ClassListModel::Rank), QString("1"));
        QCOMPARE(cell(model, 1, ClassListModel::Logit), QString("4.00"));
        QCOMPARE(cell(model, 1, ClassListModel::Probability), QString("0.644"));
        QCOMPARE(cell(model, 1, ClassListModel::Change), QString("\u2013"));

        model.setDecodings(makeDecoding(4, {2.5, 3.25, 3, 2}, {LimitMode::Zero, {0, 1}}), full);
        QCOMPARE(cell(model, 0, ClassListModel::Change), QString("+1.50"));
        QCOMPARE(cell(model, 1, ClassListModel::Change), QString("\u22120.75"));
        // What a zero vector gets is no change of the class.
        QCOMPARE(cell(model, 2, ClassListModel::Change), QString("\u2013"));
        QVERIFY(model.index(1, 0).data(Qt::ToolTipRole).toString().contains("rank 1, logit 4.00"));
    }

    void comparesWithTheUneditedPicture()
    {
        const float nan = std::numeric_limits<float>::quiet_NaN();
        ClassListModel model;
        model.setTable(fourBirds());
        const auto shown = fourLogits();
        model.setDecodings(shown, shown, shown);
        QVERIFY(!model.hasChanges(ClassListModel::Change));
        QVERIFY(!model.hasChanges(ClassListModel::EditChange));
        QVERIFY(!model.hasChanges(ClassListModel::Logit));
        model.setDecodings(shown, nullptr, makeDecoding(4, {-2, 4.5, nan, 2}));
        QVERIFY(model.hasChanges(ClassListModel::EditChange));
        QCOMPARE(cell(model, 0, ClassListModel::EditChange), QString("+3.00"));
        QCOMPARE(cell(model, 1, ClassListModel::EditChange), QString("\u22120.50"));
        QCOMPARE(cell(model, 2, ClassListModel::EditChange), QString("\u2013"));
        QCOMPARE(cell(model, 1, ClassListModel::Change), QString("\u2013"));
        QVERIFY(model.index(0, 0).data(Qt::ToolTipRole).toString().contains("Before the edits: rank"));
        QCOMPARE(model.bar(0).logit, 1.0f);
        QCOMPARE(model.bar(0).before, -2.0f);
        QVERIFY(!model.bar(0).full);
        QVERIFY(!model.bar(2).before);
        QVERIFY(!model.bar(-1).logit);
        QVERIFY(!model.bar(4).logit);
        QCOMPARE(model.barRange(), (Range{-2, 4.5}));
        // Another picture, without edits, is on its way: nothing of before is left.
        model.setDecodings(nullptr, nullptr);
        QVERIFY(!model.hasChanges(ClassListModel::EditChange));
        QCOMPARE(model.barRange(), (Range{0, 0}));
        QVERIFY(!model.bar(0).logit);
    }

    void excludedClassesComeLast_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<Qt::SortOrder>("order");
        QTest::addColumn<QStringList>("expected");
        // Finch 1 and Heron 2 take part; Wren 4 and Robin 3 are zero vectors.
        QTest::newRow("rank up") << int(ClassListModel::Rank) << Qt::AscendingOrder
                                 << QStringList({"Heron", "Finch", "Wren", "Robin"});
        QTest::newRow("rank down") << int(ClassListModel::Rank) << Qt::DescendingOrder
                                   << QStringList({"Finch", "Heron", "Wren", "Robin"});
        QTest::newRow("logit down") << int(ClassListModel::Logit) << Qt::DescendingOrder
                                    << QStringList({"Heron", "Finch", "Wren", "Robin"});
        QTest::newRow("name up") << int(ClassListModel::Name) << Qt::AscendingOrder
                                 << QStringList({"Finch", "Heron", "Robin", "Wren"});
        QTest::newRow("name down") << int(ClassListModel::Name) << Qt::DescendingOrder
                                   << QStringList({"Heron", "Finch", "Wren", "Robin"});
    }

    void excludedClassesComeLast()
    {
        QFETCH(int, column);
        QFETCH(Qt::SortOrder, order);
        QFETCH(QStringList, expected);
        ClassListModel model;
        model.setTable(fourBirds());
        model.setDecodings(makeDecoding(4, {1, 4, 3, 2}, {LimitMode::Zero, {0, 3}}), fourLogits());
        ClassFilterProxy proxy(model);
        proxy.sort(column, order);
        QCOMPARE(names(proxy), expected);
        QCOMPARE(cell(model, 3, ClassListModel::Rank), QString("1"));
        QCOMPARE(cell(model, 0, ClassListModel::Rank), QString("2"));
        QCOMPARE(cell(model, 1, ClassListModel::Rank), QString("\u2013"));
        QCOMPARE(cell(model, 1, ClassListModel::Logit), QString("4.00"));
        QVERIFY(model.isExcluded(1) && !model.isExcluded(0) && !model.isExcluded(-1) && !model.isExcluded(9));
        QVERIFY(model.index(1, ClassListModel::Name).data(Qt::AccessibleTextRole).toString().contains("excluded"));
        QCOMPARE(model.sharing(), 4);
        // The limit is gone again.
        model.setDecodings(fourLogits(), nullptr);
        QVERIFY(!model.isExcluded(1));
        QCOMPARE(cell(model, 1, ClassListModel::Rank), QString("1"));
    }

    void droppedClassesHaveNoNumbers()
    {
        ClassListModel model;
        model.setTable(fourBirds());
        model.setDecodings(makeDecoding(4, {1, 2}, {LimitMode::Drop, {3, 0}}), fourLogits());
        QCOMPARE(cell(model, 0, ClassListModel::Rank), QString("1"));
        QCOMPARE(cell(model, 3, ClassListModel::Rank), QString("2"));
        for (const int column : {ClassListModel::Rank, ClassListModel::Logit, ClassListModel::Probability})
            QCOMPARE(cell(model, 1, column), QString("\u2013"));
        QCOMPARE(model.topClasses(2), QList<int>({1, 2}));
        QCOMPARE(model.similarClasses(1, 2), QList<int>({2, 3}));
        model.setDecodings(makeDecoding(4, {1, 2}, {LimitMode::Drop, {3, 0}}), nullptr);
        QVERIFY(model.similarClasses(1, 2).isEmpty());
    }

    void checkingKeepsTheUsersOrder()
    {
        ClassListModel model;
        model.setDecodings(fourLogits(), nullptr);
        QSignalSpy spy(&model, &ClassListModel::activeChanged);
        model.setActive({1});
        QCOMPARE(spy.size(), 0);
        QVERIFY(model.setData(model.index(3, ClassListModel::Name), Qt::Checked, Qt::CheckStateRole));
        QVERIFY(model.setData(model.index(0, ClassListModel::Name), Qt::Checked, Qt::CheckStateRole));
        QVERIFY(model.setData(model.index(0, ClassListModel::Name), Qt::Checked, Qt::CheckStateRole));
        QVERIFY(!model.setData(model.index(0, ClassListModel::Rank), Qt::Checked, Qt::CheckStateRole));
        QCOMPARE(spy.size(), 2);
        QCOMPARE(spy.last().first().value<QList<int>>(), QList<int>({1, 3, 0}));
        QVERIFY(model.setData(model.index(1, ClassListModel::Name), Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(model.active(), QList<int>({3, 0}));
    }

    void filtersByWords_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("nothing") << "" << QStringList({"Wren", "Robin", "Heron", "Finch"});
        QTest::newRow("only spaces") << "   " << QStringList({"Wren", "Robin", "Heron", "Finch"});
        QTest::newRow("no match") << "zebra" << QStringList();
        QTest::newRow("no pattern") << ".*" << QStringList();
        QTest::newRow("case") << "ROBIN" << QStringList({"Robin"});
        QTest::newRow("Latin") << "troglo" << QStringList({"Wren"});
        QTest::newRow("index") << "3" << QStringList({"Heron"});
        QTest::newRow("two words") << "troglo wr" << QStringList({"Wren"});
        QTest::newRow("one of two") << "wren robin" << QStringList();
        QTest::newRow("a letter wrong") << "robun" << QStringList({"Robin"});
    }

    void filtersByWords()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, expected);
        ClassListModel model;
        model.setTable(fourBirds());
        model.setDecodings(fourLogits(), nullptr);
        ClassFilterProxy proxy(model);
        QAbstractItemModelTester tester(&proxy, QAbstractItemModelTester::FailureReportingMode::QtTest);
        proxy.sort(ClassListModel::Rank);
        proxy.setFilterText(text);
        QCOMPARE(names(proxy), expected);
    }

    /// Another table, or another number of classes, while a text is in the filter.
    void filtersTheNamesThatAreThere()
    {
        ClassListModel model;
        ClassFilterProxy proxy(model);
        QAbstractItemModelTester tester(&proxy, QAbstractItemModelTester::FailureReportingMode::QtTest);
        proxy.sort(ClassListModel::Rank);
        proxy.setFilterText("wren");
        QCOMPARE(names(proxy), QStringList());
        model.setTable(fourBirds());
        model.setDecodings(fourLogits(), nullptr);
        QCOMPARE(names(proxy), QStringList({"Wren"}));
        model.setTable(makeTable({"Jay", "Rook", "Grey wren", "Crow"}));
        QCOMPARE(names(proxy), QStringList({"Grey wren"}));
        model.setDecodings(makeDecoding(2, {1, 2}), nullptr); // the names fit no more
        QCOMPARE(names(proxy), QStringList());
        proxy.setFilterText("1");
        QCOMPARE(names(proxy), QStringList({"1"}));
    }

    void sortsWithPinnedFirstAndMissingLast_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<Qt::SortOrder>("order");
        QTest::addColumn<QStringList>("expected");
        // Logits: Finch 1, Robin 3, Heron 2; Wren was dropped, Finch is pinned.
        QTest::newRow("rank up") << int(ClassListModel::Rank) << Qt::AscendingOrder
                                 << QStringList({"Finch", "Robin", "Heron", "Wren"});
        QTest::newRow("rank down") << int(ClassListModel::Rank) << Qt::DescendingOrder
                                   << QStringList({"Finch", "Heron", "Robin", "Wren"});
        QTest::newRow("logit down") << int(ClassListModel::Logit) << Qt::DescendingOrder
                                    << QStringList({"Finch", "Robin", "Heron", "Wren"});
        QTest::newRow("name up") << int(ClassListModel::Name) << Qt::AscendingOrder
                                 << QStringList({"Finch", "Heron", "Robin", "Wren"});
        QTest::newRow("name down") << int(ClassListModel::Name) << Qt::DescendingOrder
                                   << QStringList({"Finch", "Wren", "Robin", "Heron"});
    }

    void sortsWithPinnedFirstAndMissingLast()
    {
        QFETCH(int, column);
        QFETCH(Qt::SortOrder, order);
        QFETCH(QStringList, expected);
        ClassListModel model;
        model.setTable(fourBirds());
        model.setDecodings(makeDecoding(4, {1, 3, 2}, {LimitMode::Drop, {0, 2, 3}}), nullptr);
        model.setPinned({0});
        ClassFilterProxy proxy(model);
        proxy.sort(column, order);
        QCOMPARE(names(proxy), expected);
    }

    void showsOnlyActiveAndPinned()
    {
        ClassListModel model;
        model.setTable(fourBirds());
        model.setDecodings(fourLogits(), nullptr);
        model.setActive({0});
        model.setPinned({3});
        ClassFilterProxy proxy(model);
        proxy.sort(ClassListModel::Rank);
        proxy.setOnlyActive(true);
        QCOMPARE(names(proxy), QStringList({"Heron", "Finch"}));
        model.setActive({1, 0});
        QCOMPARE(names(proxy), QStringList({"Heron", "Wren", "Finch"}));
    }
};

QTEST_MAIN(TestClassListModel)
#include "test_class_list_model.moc"

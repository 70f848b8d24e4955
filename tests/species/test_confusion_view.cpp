// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <QTest>

#include "ui/evaluation/confusion_view.h"

using namespace ocellus;

namespace {

/// Class c is named rightly ten times, and c % 3 + 1 times as the next one.
Evaluation evaluationOf(int classes)
{
    Evaluation evaluation;
    for (int c = 0; c < classes; ++c) {
        for (int i = 0; i < 10; ++i)
            evaluation.add({c, c, 0.9, 1, 0.1});
        for (int i = 0; i <= c % 3; ++i)
            evaluation.add({c, (c + 1) % classes, 0.5, 2, 1.0});
    }
    return evaluation;
}

ConfusionTable tableOf(int classes)
{
    QStringList names;
    std::vector<int> order;
    for (int c = 0; c < classes; ++c) {
        names += QStringLiteral("Class %1").arg(c);
        order.push_back(c);
    }
    return ConfusionTable(evaluationOf(classes), order, names);
}

} // namespace

/// The confusion matrix on the screen.
class TestConfusionView : public QObject {
    Q_OBJECT

private slots:
    void nothingIsShownOfNothing();
    void countsCells();
    void keysGoFromCellToCell();
    void aClickChoosesTheCellBelowIt_data();
    void aClickChoosesTheCellBelowIt();
    void theChosenCellStaysWithItsClasses();
    void paintsEveryCellInItsColour();
};

void TestConfusionView::nothingIsShownOfNothing()
{
    ConfusionView view;
    view.setTable({});
    view.resize(400, 300);
    view.show();
    QSignalSpy chosen(&view, &ConfusionView::cellChosen);
    for (const auto key : {Qt::Key_Right, Qt::Key_End, Qt::Key_N, Qt::Key_Plus, Qt::Key_0, Qt::Key_Return})
        QTest::keyClick(&view, key);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, {200, 150});
    QCOMPARE(chosen.count(), 0);
    QVERIFY(!view.grab().isNull());
}

void TestConfusionView::countsCells()
{
    const ConfusionTable table = tableOf(6);
    QCOMPARE(table.count(1, 1), 10);
    QCOMPARE(table.count(1, 2), 2);
    QCOMPARE(table.count(2, 1), 0);
    QCOMPARE(table.picturesOf(1), 12);
    QCOMPARE(table.text(1, 2), QString("Class 1 named as Class 2: 2 of 12 pictures (16.7 %)"));
    QCOMPARE(table.nextConfusion(-1, -1), (std::pair{2, 3}));
    QCOMPARE(table.nextConfusion(2, 3), (std::pair{5, 0}));
}

void TestConfusionView::keysGoFromCellToCell()
{
    ConfusionView view;
    view.setTable(tableOf(6));
    view.resize(400, 400);
    view.show();
    QSignalSpy chosen(&view, &ConfusionView::cellChosen), activated(&view, &ConfusionView::cellActivated);
    QTest::keyClick(&view, Qt::Key_N);
    QCOMPARE(chosen.last(), (QVariantList{2, 3}));
    QTest::keyClick(&view, Qt::Key_Up);
    QTest::keyClick(&view, Qt::Key_Left);
    QCOMPARE(chosen.last(), (QVariantList{1, 2}));
    QTest::keyClick(&view, Qt::Key_End);
    QCOMPARE(chosen.last(), (QVariantList{1, 5}));
    QTest::keyClick(&view, Qt::Key_Right); // there is none
    QCOMPARE(chosen.last(), (QVariantList{1, 5}));
    QVERIFY(view.accessibleDescription().contains("Class 1 named as Class 5"));
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(activated.count(), 1);
    const int side = view.cellSide();
    QTest::keyClick(&view, Qt::Key_Minus);
    QVERIFY(view.cellSide() < side);
    QTest::keyClick(&view, Qt::Key_0);
    QCOMPARE(view.cellSide(), side);
}

void TestConfusionView::aClickChoosesTheCellBelowIt_data()
{
    QTest::addColumn<int>("side");
    QTest::newRow("a pixel a cell") << 1;
    QTest::newRow("small cells") << 5;
    QTest::newRow("with names") << 14;
    QTest::newRow("with numbers") << 40;
}

void TestConfusionView::aClickChoosesTheCellBelowIt()
{
    QFETCH(const int, side);
    ConfusionView view;
    view.setTable(tableOf(60));
    view.resize(500, 400);
    view.show();
    view.setCellSide(side);
    view.choose(30, 31); // brings them into sight
    view.choose(29, 30);
    const QPoint inside = view.cellRect(30, 31).center();
    QVERIFY(view.viewport()->rect().contains(inside));
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, inside);
    QCOMPARE(view.row(), 30);
    QCOMPARE(view.column(), 31);
}

void TestConfusionView::theChosenCellStaysWithItsClasses()
{
    ConfusionView view;
    view.setTable(tableOf(6));
    view.choose(1, 2);
    QStringList names;
    for (int c = 0; c < 6; ++c)
        names += QString::number(c);
    view.setTable(ConfusionTable(evaluationOf(6), {5, 4, 3, 2, 1, 0}, names));
    QCOMPARE(view.row(), 4);
    QCOMPARE(view.column(), 3);
    view.setTable(ConfusionTable(evaluationOf(6), {5, 4, 3}, names)); // without its row
    QCOMPARE(view.row(), -1);
}

void TestConfusionView::paintsEveryCellInItsColour()
{
    ConfusionView view;
    view.setTable(tableOf(20));
    view.resize(300, 300);
    view.show();
    view.setCellSide(6); // neither names nor lines
    const QImage seen = view.viewport()->grab().toImage();
    for (int row = 0; row < 20; ++row)
        for (int column = 0; column < 20; ++column)
            QCOMPARE(seen.pixel(view.cellRect(row, column).center()), view.table().colourAt(row, column));
}

QTEST_MAIN(TestConfusionView)
#include "test_confusion_view.moc"

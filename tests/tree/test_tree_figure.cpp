// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSet>
#include <QTest>

#include "tests/figures/recording_device.h"
#include "tests/support/error_of.h"
#include "tests/support/synthetic_prototypes.h"
#include "ui/tree/tree_figure.h"

using namespace ocellus;
using namespace ocellus::test;

Q_DECLARE_METATYPE(ocellus::Explanation)

namespace {

QString speciesOf(int classIndex)
{
    return QStringLiteral("species %1").arg(classIndex);
}

QString textOf(const Explanation& explanation, double foldBelow = 0)
{
    const Figure figure = treeFigure(explanation, foldBelow, speciesOf);
    RecordingDevice device(figure.size);
    QPainter painter(&device);
    figure.paint(painter, 1);
    painter.end();
    QStringList texts;
    for (const Recorded::Text& text : device.recorded().texts)
        texts += text.text;
    return texts.join(' ');
}

/// A tree that asks so often, one answer to the left each time.
TreeAnswer chain(int branches)
{
    TreeAnswer tree;
    for (int branch = 0; branch < branches; ++branch) {
        tree.nodes.push_back({2 * branch, 1, 2 * branch + 1, 2 * branch + 2, 0, 0.9, 1, -1, 0});
        tree.nodes.push_back({2 * branch + 1, 0.5, -1, -1, -1, 0, -1, 0, 1});
    }
    tree.nodes.push_back({2 * branches, 1, -1, -1, -1, 0, -1, 1, 1});
    tree.greedy = {0, 1, 0};
    return tree;
}

} // namespace

/// A picture's way through a tree, on paper and as numbers.
class TestTreeFigure : public QObject {
    Q_OBJECT

private slots:
    void refusesWhatIsNoTree_data()
    {
        QTest::addColumn<Explanation>("explanation");
        QTest::newRow("nothing") << Explanation();
        QTest::newRow("prototypes") << prototypeExplanation({{{0, -1, 2, 1}}}, peakedSimilarities(1));
        Explanation blind = treeExplanation();
        blind.picture = QImage();
        QTest::newRow("no picture") << blind;
    }

    void refusesWhatIsNoTree()
    {
        QFETCH(const Explanation, explanation);
        QCOMPARE(errorOf([&] { treeFigure(explanation, 0, speciesOf); }), ErrorCode::BadArgument);
        QCOMPARE(errorOf([&] { treeCsv(explanation, speciesOf); }), ErrorCode::BadArgument);
    }

    void saysWhatTheTreeIsAndWhatMadeIt()
    {
        Explanation explanation = treeExplanation();
        explanation.pictureName = "bunting.jpg";
        explanation.modelName = "tree.pth";
        explanation.modelHash = "0123456789ab";
        explanation.edits = "1. Spot: Blur";
        explanation.notices = QStringList{"untrained"};
        const QString text = textOf(explanation);
        for (const char* expected :
             {"bunting.jpg", "untrained", "1. Spot: Blur", "Greedy, the marked way", "Soft, all", "Node 0", "Node 2",
              "species 0", "species 2", "reached 0.54", "To the right where", "tree.pth", "0123456789ab", "Ocellus"})
            QVERIFY2(text.contains(expected), qPrintable(text));
        QVERIFY(textOf(explanation, 0.95).contains("species 2")); // its way is never folded
        QVERIFY(textOf(explanation, 0.95).contains("less than 0.95") && !text.contains("less than"));
    }

    void growsWithItsTree_data()
    {
        QTest::addColumn<int>("branches");
        QTest::addColumn<double>("width");
        QTest::newRow("one answer") << 0 << 510.0;
        QTest::newRow("few") << 2 << 510.0;
        QTest::newRow("wider than a page") << 20 << 1308.0;
        QTest::newRow("wider than a wall") << 300 << 4000.0;
    }

    void growsWithItsTree()
    {
        QFETCH(const int, branches);
        QFETCH(const double, width);
        QCOMPARE(qRound(treeFigure(treeExplanation(chain(branches)), 0, speciesOf).size.width()), qRound(width));
    }

    void tableHasALineANode()
    {
        Explanation explanation = treeExplanation();
        explanation.pictureName = "bunting.jpg";
        explanation.modelHash = "0123456789ab";
        const QStringList lines = QString::fromStdString(treeCsv(explanation, speciesOf)).split('\n');
        QCOMPARE(lines.size(), 1 + 5 + 1);
        const QStringList columns = lines[0].split(',');
        const auto field = [&](int node, const char* column) {
            return lines[1 + node].split(',').value(columns.indexOf(column));
        };
        QCOMPARE(field(0, "parent"), QString());
        QCOMPARE(field(3, "parent"), QString("2"));
        QCOMPARE(field(0, "prototype"), QString("1"));
        QCOMPARE(field(0, "presence"), QString("0.9"));
        QVERIFY(!field(2, "x").isEmpty());
        QCOMPARE(field(4, "leaf_class_name"), QString("species 2"));
        QCOMPARE(field(4, "leaf_probability"), QString("0.75"));
        QCOMPARE(field(4, "reached"), QString("0.54"));
        QString way;
        for (int node = 0; node < 5; ++node) {
            way += field(node, "on_marked_way");
            QCOMPARE(lines[1 + node].count(','), lines[0].count(','));
            QCOMPARE(field(node, "picture"), QString("bunting.jpg"));
            QCOMPARE(field(node, "sha256"), QString("0123456789ab"));
        }
        QCOMPARE(way, QString("10101"));
    }
};

QTEST_MAIN(TestTreeFigure)
#include "test_tree_figure.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCheckBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "tests/support/synthetic_prototypes.h"
#include "ui/figures/prototype_patches.h"
#include "ui/tree/tree_panel.h"
#include "ui/tree/tree_view.h"

using namespace ocellus;
using namespace ocellus::test;

Q_DECLARE_METATYPE(ocellus::Explanation)
Q_DECLARE_METATYPE(std::vector<float>)

namespace {

QString speciesOf(int classIndex)
{
    return QStringLiteral("species %1").arg(classIndex);
}

template <class Widget>
Widget* named(QWidget& in, const QString& name)
{
    for (Widget* widget : in.findChildren<Widget*>())
        if (widget->accessibleName() == name)
            return widget;
    return nullptr;
}

} // namespace

/// The picture of a tree: what it says, and what keys and mouse do.
class TestTreeView : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_panel = std::make_unique<TreePanel>();
        m_panel->resize(700, 600);
        m_panel->show();
    }

    void showsNothingWithoutATree_data();
    void showsNothingWithoutATree();
    void saysBothPredictions_data();
    void saysBothPredictions();
    void keysWalkTheTree();
    void mouseChooses();
    void choosesTheBranchOfTheHead();
    void zooms();
    void folds();
    void keepsTheChoiceInAnotherPicture();

private:
    TreeView& view() { return *m_panel->view(); }
    int chosen() { return view().chosenNode(); }
    QString words(const QString& name) { return named<QLabel>(*m_panel, name)->text(); }

    std::unique_ptr<TreePanel> m_panel;
};

void TestTreeView::showsNothingWithoutATree_data()
{
    QTest::addColumn<Explanation>("explanation");
    QTest::newRow("nothing") << Explanation();
    QTest::newRow("prototypes") << prototypeExplanation({{{0, -1, 2, 1}}}, peakedSimilarities(1));
    QTest::newRow("no node") << treeExplanation(TreeAnswer());
}

void TestTreeView::showsNothingWithoutATree()
{
    QFETCH(const Explanation, explanation);
    m_panel->setAnswer(treeExplanation(), 0, speciesOf); // and another one before
    m_panel->setAnswer(explanation, 0, speciesOf);
    QCOMPARE(chosen(), -1);
    QVERIFY(words("What the tree says").isEmpty());
    for (const int key : {Qt::Key_Up, Qt::Key_Down, Qt::Key_Home, Qt::Key_End, Qt::Key_Plus, Qt::Key_0})
        QTest::keyClick(&view(), static_cast<Qt::Key>(key));
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, {40, 40});
    named<QToolButton>(*m_panel, "Whole tree (0)")->click();
    QCOMPARE(chosen(), -1);
    QVERIFY(!m_panel->grab().isNull());
}

void TestTreeView::saysBothPredictions_data()
{
    QTest::addColumn<std::vector<float>>("greedy");
    QTest::addColumn<QString>("said");
    QTest::newRow("they differ") << std::vector{0.1F, 0.15F, 0.75F} << "species 2 with 0.750";
    QTest::newRow("they agree") << std::vector{0.9F, 0.05F, 0.05F} << "Both agree";
}

void TestTreeView::saysBothPredictions()
{
    QFETCH(const std::vector<float>, greedy);
    QFETCH(const QString, said);
    TreeAnswer tree = smallTreeAnswer();
    tree.greedy = greedy;
    m_panel->setAnswer(treeExplanation(tree), 0, speciesOf);
    const QString words = this->words("What the tree says");
    QVERIFY2(words.contains(said) && words.contains("Greedy") && words.contains("Soft"), qPrintable(words));
    QCOMPARE(words.contains("They differ"), !words.contains("Both agree"));
}

void TestTreeView::keysWalkTheTree()
{
    m_panel->setAnswer(treeExplanation(), 0, speciesOf);
    QCOMPARE(chosen(), 0);
    QSignalSpy heads(m_panel.get(), &TreePanel::headChosen);
    QSignalSpy places(m_panel.get(), &TreePanel::placeChosen);
    const auto press = [this](Qt::Key key) { QTest::keyClick(&view(), key); };
    press(Qt::Key_Up); // there is nothing above
    QCOMPARE(chosen(), 0);
    press(Qt::Key_Down);
    QCOMPARE(chosen(), 2);
    QCOMPARE(heads.back().at(0).toInt(), 1);
    // Prototype 0 is most alike in the second cell of the first row of four, in a picture of 64.
    QCOMPARE(places.back().at(0).toPointF(), QPointF(24, 8));
    QVERIFY(words("The chosen node").contains("Node 2 looks for prototype 0"));
    QCOMPARE(view().accessibleDescription(), words("The chosen node"));
    press(Qt::Key_Left);
    QCOMPARE(chosen(), 1);
    QVERIFY(words("The chosen node").contains("Leaf 1 says species 0 with 0.700"));
    press(Qt::Key_Left);
    QCOMPARE(chosen(), 1);
    press(Qt::Key_Down); // a leaf
    QCOMPARE(chosen(), 1);
    press(Qt::Key_Right);
    press(Qt::Key_Down);
    QCOMPARE(chosen(), 4);
    press(Qt::Key_Home);
    QCOMPARE(chosen(), 0);
    press(Qt::Key_End);
    QCOMPARE(chosen(), 4);
}

void TestTreeView::mouseChooses()
{
    m_panel->setAnswer(treeExplanation(), 0, speciesOf);
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, view().placeInView(3).center());
    QCOMPARE(chosen(), 3);
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, {1, view().viewport()->height() - 2}); // beside all
    QCOMPARE(chosen(), 3);
}

void TestTreeView::choosesTheBranchOfTheHead()
{
    const Explanation explanation = treeExplanation();
    m_panel->setAnswer(explanation, 0, speciesOf);
    m_panel->setAnswer(explanation, 1, speciesOf);
    QCOMPARE(chosen(), 2);
    QTest::keyClick(&view(), Qt::Key_Left);
    m_panel->setAnswer(explanation, 1, speciesOf); // nothing new: what was chosen since stays
    QCOMPARE(chosen(), 1);
    m_panel->setAnswer(explanation, 99, speciesOf);
    QCOMPARE(chosen(), 1);
}

void TestTreeView::zooms()
{
    m_panel->setAnswer(treeExplanation(), 0, speciesOf);
    const double before = view().zoom();
    QTest::keyClick(&view(), Qt::Key_Plus);
    QVERIFY(view().zoom() > before);
    for (int i = 0; i < 60; ++i)
        QTest::keyClick(&view(), Qt::Key_Minus);
    QVERIFY(view().zoom() > 0 && view().zoom() < before);
    QVERIFY(!m_panel->grab().isNull());
    QTest::keyClick(&view(), Qt::Key_0);
    for (const int node : {0, 1, 2, 3, 4})
        QVERIFY(view().viewport()->rect().contains(view().placeInView(node)));
}

void TestTreeView::folds()
{
    TreeAnswer tree = smallTreeAnswer();
    tree.path = {0, 1};
    tree.nodes[2].reached = tree.nodes[3].reached = tree.nodes[4].reached = 0.001;
    m_panel->setAnswer(treeExplanation(tree), 0, speciesOf);
    QCOMPARE(view().places().size(), std::size_t{3});
    auto* fold = m_panel->findChild<QCheckBox*>();
    fold->setChecked(false);
    QCOMPARE(view().places().size(), std::size_t{5});
    view().chooseNode(4);
    fold->setChecked(true);
    QCOMPARE(chosen(), 2); // what it is folded into
    QVERIFY(words("The chosen node").contains("folded away"));
}

void TestTreeView::keepsTheChoiceInAnotherPicture()
{
    m_panel->setAnswer(treeExplanation(), 0, speciesOf);
    view().chooseNode(3);
    TreeAnswer other = smallTreeAnswer();
    other.nodes[0].presence = 0.2;
    other.path = {0, 1};
    Explanation explanation = treeExplanation(other);
    auto patches = std::make_shared<PrototypePatches>();
    patches->areThere = true;
    patches->known[0].patch = QImage(8, 8, QImage::Format_RGB32);
    patches->known[0].patch.fill(Qt::red);
    patches->known[1].problem = "Its picture cannot be read: damaged";
    explanation.patches = patches;
    m_panel->setAnswer(explanation, 0, speciesOf);
    QCOMPARE(chosen(), 3);
    const QImage image = m_panel->grab().toImage();
    bool hasRed = false;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            hasRed = hasRed || image.pixelColor(x, y) == QColor(Qt::red);
    QVERIFY(hasRed);
}

QTEST_MAIN(TestTreeView)
#include "test_tree_view.moc"

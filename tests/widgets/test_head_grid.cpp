// SPDX-License-Identifier: GPL-3.0-or-later
#include <set>

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "tests/figures/synthetic_explanation.h"
#include "tests/support/synthetic_prototypes.h"
#include "ui/widgets/head_grid.h"
#include "ui/widgets/image_view.h"

using namespace ocellus;

class TestHeadGrid : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_view = std::make_unique<LinkedView>();
        m_grid = std::make_unique<HeadGrid>(*m_view);
        m_grid->resize(900, 700);
        m_grid->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_grid.get()));
    }

    void cleanup()
    {
        m_grid.reset();
        m_view.reset();
    }

    void nothingLoaded()
    {
        QCOMPARE(m_grid->tiles().size(), 1u);
        QSignalSpy selected(m_grid.get(), &HeadGrid::headSelected);
        QSignalSpy activated(m_grid.get(), &HeadGrid::headActivated);
        QTest::mouseDClick(m_grid->tiles().front(), Qt::LeftButton);
        for (const Qt::Key key : {Qt::Key_Right, Qt::Key_Return, Qt::Key_F, Qt::Key_Z, Qt::Key_Escape})
            QTest::keyClick(m_grid->tiles().front(), key);
        QVERIFY(selected.isEmpty() && activated.isEmpty());
    }

    void pictureWithoutMaps()
    {
        Explanation explanation;
        explanation.picture = QImage(300, 200, QImage::Format_RGB32);
        m_grid->setExplanation(explanation);
        QCOMPARE(m_grid->tiles().size(), 1u);
        QCOMPARE(m_grid->tiles().front()->head(), -1);
    }

    void ofVeryManyMapsThoseThatGiveMostAreShown_data()
    {
        QTest::addColumn<int>("prototypes");
        QTest::addColumn<int>("shown");
        QTest::newRow("one") << 1 << 1;
        QTest::newRow("as many as fit") << 24 << 24;
        QTest::newRow("one more") << 25 << 24;
        QTest::newRow("as a Concept Transformer of CUB has") << 108 << 24;
    }

    void ofVeryManyMapsThoseThatGiveMostAreShown()
    {
        QFETCH(const int, prototypes);
        QFETCH(const int, shown);
        std::vector<MapSource::Part> parts;
        for (int p = 0; p < prototypes; ++p)
            parts.push_back({p, -1, 1.0, (p * 37) % 109 / 109.0}); // in no order
        const Explanation explanation =
            test::prototypeExplanation({parts}, test::peakedSimilarities(std::max(1, prototypes)));
        const std::vector<int> ranking = explanation.decoding->rankHeads(0, 0);
        m_grid->setSelectedHead(ranking.front());
        m_grid->setExplanation(explanation);
        QCOMPARE(m_grid->tiles().size(), static_cast<std::size_t>(shown) + 1); // and the mean
        auto* more = m_grid->findChild<QPushButton*>();
        QCOMPARE(more->isVisibleTo(m_grid.get()), prototypes > shown);
        if (prototypes == shown)
            return;
        QVERIFY2(more->text().contains(QString::number(prototypes)), qPrintable(more->text()));
        const std::set<int> most(ranking.begin(), ranking.begin() + shown);
        for (const MapTile* tile : m_grid->tiles()) {
            QVERIFY(tile->head() == prototypes || most.contains(tile->head()));
            QVERIFY(!tile->geometry().intersects(more->geometry()));
        }
        m_grid->setSelectedHead(ranking.back()); // by its key, or by the tree
        QCOMPARE(m_grid->tiles().size(), static_cast<std::size_t>(shown) + 2);
        QTest::mouseClick(more, Qt::LeftButton);
        QCOMPARE(m_grid->tiles().size(), static_cast<std::size_t>(prototypes) + 1);
        QTest::keyClick(more, Qt::Key_Space);
        QCOMPARE(m_grid->tiles().size(), static_cast<std::size_t>(shown) + 2);
        m_grid->setExplanation({});
        QVERIFY(!more->isVisibleTo(m_grid.get()));
    }

    void tilesFillAnyRoom_data()
    {
        QTest::addColumn<int>("heads");
        QTest::addColumn<QSize>("room");
        QTest::newRow("no room") << 8 << QSize(1, 1);
        QTest::newRow("one head") << 1 << QSize(900, 300);
        QTest::newRow("a column") << 8 << QSize(120, 1400);
        QTest::newRow("small laptop") << 8 << QSize(480, 560);
        QTest::newRow("sixteen heads") << 16 << QSize(1366, 768);
        QTest::newRow("4K") << 8 << QSize(3840, 2160);
    }

    void tilesFillAnyRoom()
    {
        QFETCH(int, heads);
        QFETCH(QSize, room);
        test::Synthetic wanted;
        wanted.heads = heads;
        m_grid->setExplanation(test::syntheticExplanation(wanted));
        m_grid->resize(room);
        const auto& tiles = m_grid->tiles();
        QCOMPARE(tiles.size(), static_cast<std::size_t>(heads) + 1);
        double covered = 0;
        for (std::size_t i = 0; i < tiles.size(); ++i) {
            QCOMPARE(tiles[i]->head(), static_cast<int>(i));
            QCOMPARE(tiles[i]->size(), tiles[0]->size());
            covered += double(tiles[i]->width()) * tiles[i]->height();
            for (std::size_t other = 0; other < i && room.width() > 100; ++other)
                QVERIFY(!tiles[i]->geometry().intersects(tiles[other]->geometry()));
            if (room.width() > 100)
                QVERIFY(m_grid->rect().contains(tiles[i]->geometry()));
        }
        if (room.width() > 100)
            QVERIFY(covered > 0.7 * room.width() * room.height());
        m_grid->grab();
    }

    void clickSelects()
    {
        m_grid->setExplanation(test::syntheticExplanation());
        QSignalSpy selected(m_grid.get(), &HeadGrid::headSelected);
        QTest::mouseClick(m_grid->tiles()[5], Qt::LeftButton);
        QCOMPARE(selected.size(), 1);
        QCOMPARE(selected.front().front().toInt(), 5);
        QCOMPARE(m_grid->selectedHead(), 5);
        for (const MapTile* tile : m_grid->tiles())
            QCOMPARE(tile->isSelected(), tile->head() == 5);
    }

    void programSelectsWithoutASignal()
    {
        m_grid->setExplanation(test::syntheticExplanation());
        QSignalSpy selected(m_grid.get(), &HeadGrid::headSelected);
        m_grid->setSelectedHead(8);
        QVERIFY(m_grid->tiles().back()->isSelected());
        m_grid->setSelectedHead(99);
        QVERIFY(m_grid->tiles().front()->focusPolicy() == Qt::StrongFocus);
        QVERIFY(selected.isEmpty());
    }

    void arrowsMoveTheSelection()
    {
        m_grid->setExplanation(test::syntheticExplanation());
        m_grid->setSelectedHead(0);
        QTest::keyClick(m_grid->tiles()[0], Qt::Key_Left);
        QCOMPARE(m_grid->selectedHead(), 0);
        QTest::keyClick(m_grid->tiles()[0], Qt::Key_Right);
        QCOMPARE(m_grid->selectedHead(), 1);
        QTest::keyClick(m_grid->tiles()[1], Qt::Key_Down);
        const int below = m_grid->selectedHead();
        QVERIFY(below > 2);
        QCOMPARE(m_grid->tiles()[static_cast<std::size_t>(below)]->x(), m_grid->tiles()[1]->x());
        QTest::keyClick(m_grid->tiles()[1], Qt::Key_End);
        QCOMPARE(m_grid->selectedHead(), 8);
        QTest::keyClick(m_grid->tiles()[8], Qt::Key_Home);
        QCOMPARE(m_grid->selectedHead(), 0);
    }

    void doubleClickEnlargesAndBack()
    {
        m_grid->setExplanation(test::syntheticExplanation());
        QSignalSpy activated(m_grid.get(), &HeadGrid::headActivated);
        MapTile* tile = m_grid->tiles()[3];
        QTest::mouseDClick(tile, Qt::LeftButton);
        QCOMPARE(activated.size(), 1);
        QCOMPARE(activated.front().front().toInt(), 3);
        QCOMPARE(tile->size(), m_grid->size());
        QVERIFY(!m_grid->tiles()[0]->isVisible());
        m_grid->setSelectedHead(6);
        QVERIFY(m_grid->tiles()[6]->isVisible() && !tile->isVisible());
        QTest::mouseDClick(m_grid->tiles()[6], Qt::LeftButton);
        QVERIFY(tile->isVisible() && tile->width() < m_grid->width());
        QTest::keyClick(tile, Qt::Key_Return);
        QVERIFY(m_grid->isEnlarged());
        QTest::keyClick(tile, Qt::Key_Escape);
        QVERIFY(!m_grid->isEnlarged());
        QCOMPARE(activated.size(), 2);
    }

    void sortedTilesKeepTheirHeads()
    {
        Explanation explanation = test::syntheticExplanation();
        explanation.sortByRanking = true;
        m_grid->setExplanation(explanation);
        QCOMPARE(m_grid->tiles().front()->head(), 7);
        m_grid->setSelectedHead(7);
        QVERIFY(m_grid->tiles().front()->isSelected());
    }

    void allTilesShareOneView()
    {
        m_grid->setExplanation(test::syntheticExplanation());
        ImageView image(*m_view);
        image.resize(600, 500);
        image.setExplanation(test::syntheticExplanation(), 2);
        QTest::keyClick(&image, Qt::Key_Z);
        const PictureTransform first = m_grid->tiles()[0]->pictureTransform();
        for (const MapTile* tile : m_grid->tiles())
            QCOMPARE(tile->pictureTransform(), first);
        QCOMPARE(image.pictureTransform().scale, 1.0);
        const QPointF gridCentre = m_grid->tiles()[0]->pictureArea().center();
        const QPointF imageCentre = image.pictureArea().center();
        QVERIFY(std::abs(first.toPicture(gridCentre).x - image.pictureTransform().toPicture(imageCentre).x) < 1e-9);
    }

    void imageViewShowsTheChosenHead()
    {
        ImageView image(*m_view);
        QCOMPARE(image.head(), -1);
        image.setExplanation(test::syntheticExplanation(), 2);
        QCOMPARE(image.head(), 2);
        image.setExplanation(test::syntheticExplanation(), 100);
        QCOMPARE(image.head(), 8);
    }

private:
    std::unique_ptr<LinkedView> m_view;
    std::unique_ptr<HeadGrid> m_grid;
};

QTEST_MAIN(TestHeadGrid)
#include "test_head_grid.moc"

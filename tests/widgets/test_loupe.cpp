// SPDX-License-Identifier: GPL-3.0-or-later
#include <QHBoxLayout>
#include <QTest>
#include <QWheelEvent>

#include "tests/figures/synthetic_explanation.h"
#include "ui/widgets/loupe.h"
#include "ui/widgets/map_tile.h"

using namespace ocellus;

/// The loupe over tiles of a window.
class TestLoupe : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_window = std::make_unique<QWidget>();
        m_tile = new MapTile(m_view, std::make_shared<ScaledPicture>());
        auto* layout = new QHBoxLayout(m_window.get());
        layout->addWidget(m_tile, 1);
        m_beside = new QWidget;
        layout->addWidget(m_beside, 1);
        m_window->resize(1400, 700);
        m_explanation = test::syntheticExplanation();
        show(m_explanation);
        m_loupe = new Loupe(m_window.get());
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }

    void cleanup() { m_window.reset(); }

    void isThereWhileItIsHeldOverAPicture()
    {
        QTest::mouseMove(m_tile, m_tile->rect().center());
        QVERIFY(m_loupe->isHidden());
        m_loupe->setHeld(true);
        QVERIFY(!m_loupe->isHidden());
        QVERIFY(m_window->rect().contains(m_loupe->geometry()));
        QTest::mouseMove(m_beside, m_beside->rect().center());
        QVERIFY(m_loupe->isHidden());
        QTest::mouseMove(m_tile, m_tile->rect().center() + QPoint(3, 3));
        QVERIFY(!m_loupe->isHidden());
        m_loupe->setHeld(false);
        QVERIFY(m_loupe->isHidden());
        QTest::mouseMove(m_tile, m_tile->rect().center());
        QVERIFY(m_loupe->isHidden());
    }

    void staysInTheWindow_data()
    {
        QTest::addColumn<QPointF>("share");
        QTest::newRow("upper left") << QPointF(0.05, 0.2);
        QTest::newRow("lower right") << QPointF(0.95, 0.8);
        QTest::newRow("middle") << QPointF(0.5, 0.5);
    }

    void staysInTheWindow()
    {
        QFETCH(const QPointF, share);
        m_window->resize(560, 500);
        m_beside->hide();
        QCoreApplication::processEvents();
        m_loupe->setHeld(true);
        const QRectF area = m_tile->pictureTransform().toDevice(Box{0, 0, 500, 375});
        const QPoint place = (area.topLeft() + QPointF(share.x() * area.width(), share.y() * area.height())).toPoint();
        QTest::mouseMove(m_tile, place);
        QVERIFY(!m_loupe->isHidden());
        QVERIFY(m_window->rect().contains(m_loupe->geometry()));
    }

    /// Left the picture's pixel, right the same under the map.
    void showsPixelsWithAndWithoutTheMap()
    {
        m_explanation.style.overlay = OverlayRule::Flat;
        show(m_explanation);
        m_loupe->setHeld(true);
        QTest::mouseMove(m_tile, m_tile->rect().center());
        const QImage seen = m_loupe->grab().toImage();
        const QColor picture = m_explanation.picture.pixelColor(250, 187);
        const int middle = seen.height() / 2 - 12;
        QCOMPARE(seen.pixelColor(seen.width() / 4 - 30, middle), picture);
        QVERIFY(seen.pixelColor(3 * seen.width() / 4 - 30, middle) != picture);
    }

    /// An old map is nothing to look at closely.
    void showsNoMapThatIsOutOfDate()
    {
        m_explanation.style.overlay = OverlayRule::Flat;
        m_explanation.stale = true;
        show(m_explanation);
        m_loupe->setHeld(true);
        QTest::mouseMove(m_tile, m_tile->rect().center());
        const QImage seen = m_loupe->grab().toImage();
        QCOMPARE(seen.pixelColor(3 * seen.width() / 4 - 30, seen.height() / 2 - 12),
                 m_explanation.picture.pixelColor(250, 187));
    }

    void showsAnotherPictureThatComesWhileItIsHeld()
    {
        m_loupe->setHeld(true);
        QTest::mouseMove(m_tile, m_tile->rect().center());
        m_explanation.picture = QImage(500, 375, QImage::Format_RGB32);
        m_explanation.picture.fill(Qt::red);
        show(m_explanation);
        QCoreApplication::processEvents();
        QVERIFY(!m_loupe->isHidden());
        const QImage seen = m_loupe->grab().toImage();
        QCOMPARE(seen.pixelColor(seen.width() / 4 - 30, seen.height() / 2 - 12), QColor(Qt::red));
        // And none at all.
        m_tile->setMap({}, nullptr);
        QCoreApplication::processEvents();
        m_loupe->grab();
    }

    void whatItLooksAtCanGo()
    {
        m_loupe->setHeld(true);
        QTest::mouseMove(m_tile, m_tile->rect().center());
        delete m_tile;
        m_loupe->grab();
        QTest::mouseMove(m_beside, m_beside->rect().center());
        QVERIFY(m_loupe->isHidden());
        delete m_loupe; // while it is held
        QTest::mouseMove(m_beside, {5, 5});
    }

    void theWheelChangesItsPowerAndNotTheZoom()
    {
        m_loupe->setHeld(true);
        const QPoint place = m_tile->rect().center();
        QTest::mouseMove(m_tile, place);
        for (int i = 0; i < 40; ++i) {
            QWheelEvent event(place, m_tile->mapToGlobal(QPointF(place)), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                              Qt::NoScrollPhase, false);
            QApplication::sendEvent(m_tile, &event);
        }
        QCOMPARE(m_view.transform().zoom(), 1.0);
        QCOMPARE(m_loupe->power(), 32.0);
        QVERIFY(!m_loupe->grab().isNull());
    }

private:
    void show(const Explanation& explanation)
    {
        const auto maps = tileMaps(explanation);
        m_tile->setMap(explanation, &maps[2]);
    }

    LinkedView m_view;
    std::unique_ptr<QWidget> m_window;
    MapTile* m_tile = nullptr;
    QWidget* m_beside = nullptr;
    Loupe* m_loupe = nullptr;
    Explanation m_explanation;
};

QTEST_MAIN(TestLoupe)
#include "test_loupe.moc"

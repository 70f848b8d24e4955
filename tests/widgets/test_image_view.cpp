// SPDX-License-Identifier: GPL-3.0-or-later
#include <QHelpEvent>
#include <QTest>
#include <QToolTip>

#include "tests/figures/synthetic_explanation.h"
#include "ui/widgets/image_view.h"

using namespace ocellus;

namespace {

/// An overlay that paints nothing.
class Hands : public PictureOverlay {
public:
    explicit Hands(bool isWorking) : m_isWorking(isWorking) {}
    bool painting = false;

    void paint(QPainter&, const QRectF&, const PictureTransform&) override {}
    bool take(QEvent&, const PictureTransform&) override { return false; }
    bool isWorking() const override { return m_isWorking; }
    bool isPainting() const override { return painting; }
    std::optional<QCursor> cursor() const override { return {}; }

private:
    bool m_isWorking;
};

} // namespace

class TestImageView : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_linked = std::make_unique<LinkedView>();
        m_view = std::make_unique<ImageView>(*m_linked);
        m_view->resize(400, 320);
        m_explanation = test::syntheticExplanation();
        m_picture = m_explanation.picture.pixelColor(0, 0);
        m_view->setExplanation(m_explanation, 2);
    }

    void cleanup()
    {
        m_view.reset();
        m_linked.reset();
    }

    void anOutOfDateMapIsVeiledUnlessOneWorksOnThePicture_data()
    {
        QTest::addColumn<bool>("hasOverlay");
        QTest::addColumn<bool>("isWorking");
        QTest::addColumn<bool>("isStale");
        QTest::addColumn<bool>("isClear");
        QTest::newRow("nothing on it") << false << false << true << false;
        QTest::newRow("no tool in hand") << true << false << true << false;
        QTest::newRow("a tool in hand") << true << true << true << true;
        QTest::newRow("a tool, and the map is true") << true << true << false << false;
    }

    void anOutOfDateMapIsVeiledUnlessOneWorksOnThePicture()
    {
        QFETCH(const bool, hasOverlay);
        QFETCH(const bool, isWorking);
        QFETCH(const bool, isStale);
        QFETCH(const bool, isClear);
        const QImage fresh = shot();
        Hands hands(isWorking);
        if (hasOverlay)
            m_view->setOverlay(&hands);
        m_explanation.stale = isStale;
        m_view->setExplanation(m_explanation, 2);
        const QImage shown = shot();
        m_view->setOverlay(nullptr);
        // All but the label at the upper left.
        const QRect picture = m_view->pictureArea().toRect().adjusted(4, 60, -4, -60);
        QCOMPARE(isOnlyPicture(shown.copy(picture)), isClear);
        QCOMPARE(shown != fresh, isStale);
        QCOMPARE(m_view->accessibleDescription().contains("out of date"), isStale);
    }

    void aClearPictureSaysSoInItsCorner()
    {
        Hands hands(true);
        m_view->setOverlay(&hands);
        m_explanation.stale = true;
        m_view->setExplanation(m_explanation, 2);
        const QImage shown = shot();
        const QRect corner(m_view->pictureArea().topLeft().toPoint(), QSize(160, 30));
        QVERIFY(!isOnlyPicture(shown.copy(corner)));
        m_view->setOverlay(nullptr);
    }

    void mapsMakeWayForAStroke()
    {
        m_explanation.style.overlay = OverlayRule::Flat;
        m_view->setExplanation(m_explanation, 2);
        Hands hands(true);
        m_view->setOverlay(&hands);
        const QRect picture = m_view->pictureArea().toRect().adjusted(4, 60, -4, -60);
        QVERIFY(!isOnlyPicture(shot().copy(picture)));
        hands.painting = true;
        QVERIFY(isOnlyPicture(shot().copy(picture)));
        m_view->setOverlay(nullptr);
    }

    void noToolTipOverWhatIsPainted()
    {
        Hands hands(true);
        m_view->setOverlay(&hands);
        QHelpEvent help(QEvent::ToolTip, {100, 100}, {100, 100});
        QApplication::sendEvent(m_view.get(), &help);
        QVERIFY(QToolTip::text().isEmpty());
        m_view->setOverlay(nullptr);
    }

    void doubleClickGoesToThePixelsAndBack()
    {
        QTest::mouseDClick(m_view.get(), Qt::LeftButton, {}, {150, 200});
        QVERIFY(m_linked->transform().zoom() > 3);
        QTest::mouseDClick(m_view.get(), Qt::LeftButton, {}, {150, 200});
        QCOMPARE(m_linked->transform().zoom(), 1.0);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QVERIFY(m_linked->transform().zoom() > 3);
    }

private:
    bool isOnlyPicture(const QImage& part) const
    {
        for (int y = 0; y < part.height(); ++y)
            for (int x = 0; x < part.width(); ++x)
                if (part.pixelColor(x, y).rgb() != m_picture.rgb())
                    return false;
        return true;
    }

    QImage shot() { return m_view->grab().toImage(); }

    std::unique_ptr<LinkedView> m_linked;
    std::unique_ptr<ImageView> m_view;
    Explanation m_explanation;
    QColor m_picture;
};

QTEST_MAIN(TestImageView)
#include "test_image_view.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QtTest>

#include "ui/panels/display_panel.h"
#include "ui/panels/display_popover.h"

using namespace ocellus;

namespace {

template <typename Widget>
Widget* named(const QWidget& panel, const QString& accessibleName)
{
    for (Widget* candidate : panel.findChildren<Widget*>())
        if (candidate->accessibleName() == accessibleName)
            return candidate;
    return nullptr;
}

} // namespace

class TestDisplayPanel : public QObject {
    Q_OBJECT

private slots:
    void choicesAreMadeValid_data()
    {
        QTest::addColumn<int>("layer");
        QTest::addColumn<double>("opacity");
        QTest::addColumn<int>("expectedLayer");
        QTest::addColumn<double>("expectedOpacity");
        QTest::newRow("layer before the first") << -1 << 0.5 << 0 << 0.5;
        QTest::newRow("layer behind the last") << 6 << 0.5 << 5 << 0.5;
        QTest::newRow("opacity too small") << 0 << -3.0 << 0 << 0.0;
        QTest::newRow("opacity too large") << 0 << 1e300 << 0 << 1.0;
        QTest::newRow("opacity no number") << 0 << std::numeric_limits<double>::quiet_NaN() << 0 << 0.0;
        QTest::newRow("fine step stays") << 2 << 0.123 << 2 << 0.123;
    }

    void choicesAreMadeValid()
    {
        QFETCH(int, layer);
        QFETCH(double, opacity);
        QFETCH(int, expectedLayer);
        QFETCH(double, expectedOpacity);
        DisplayPanel panel;
        QSignalSpy spy(&panel, &DisplayPanel::displayChanged);
        panel.setLayerCount(6);
        DisplayChoice choice;
        choice.layer = layer;
        choice.style.opacity = opacity;
        panel.setChoice(choice);
        QCOMPARE(panel.choice().layer, expectedLayer);
        QCOMPARE(panel.choice().style.opacity, expectedOpacity);
        QCOMPARE(spy.size(), 0);
    }

    void fewerLayersClampTheLayer()
    {
        DisplayPanel panel;
        QSignalSpy spy(&panel, &DisplayPanel::displayChanged);
        panel.setLayerCount(6);
        DisplayChoice choice;
        choice.layer = 5;
        panel.setChoice(choice);
        panel.setLayerCount(2);
        QCOMPARE(panel.choice().layer, 1);
        panel.setLayerCount(0);
        QCOMPARE(panel.choice().layer, 0);
        QCOMPARE(spy.size(), 0);
    }

    void stretchExcludesLock()
    {
        DisplayPanel panel;
        DisplayChoice choice;
        choice.lockRange = true;
        choice.style.perMapStretch = true;
        panel.setChoice(choice);
        QVERIFY(!panel.choice().lockRange);
        QVERIFY(panel.choice().style.perMapStretch);
    }

    void controlsShowAndChangeEverything()
    {
        DisplayPanel panel;
        panel.setLayerCount(6);
        QSignalSpy spy(&panel, &DisplayPanel::displayChanged);
        DisplayChoice expected;
        const auto check = [&](int emissions) {
            QCOMPARE(panel.choice(), expected);
            QCOMPARE(spy.size(), emissions);
        };
        named<QSlider>(panel, "Layer")->setValue(4);
        expected.layer = 3;
        check(1);
        named<QSpinBox>(panel, "Opacity")->setValue(25);
        expected.style.opacity = 0.25;
        check(2);
        named<QComboBox>(panel, "Colour map")->setCurrentIndex(1);
        expected.style.colourMap = ColourMap::Cividis;
        check(3);
        named<QComboBox>(panel, "Range of the colours")->setCurrentIndex(1);
        expected.lockRange = true;
        check(4);
        named<QComboBox>(panel, "Range of the colours")->setCurrentIndex(2);
        expected.lockRange = false;
        expected.style.perMapStretch = true;
        check(5);
        named<QCheckBox>(panel, "Hide below a threshold")->click();
        expected.style.threshold = 1.0f;
        check(6);
        named<QDoubleSpinBox>(panel, "Threshold, times uniform")->setValue(2.5);
        expected.style.threshold = 2.5f;
        check(7);
        named<QComboBox>(panel, "Cells or smooth")->setCurrentIndex(1);
        expected.style.smooth = true;
        check(8);
        named<QComboBox>(panel, "Placement")->setCurrentIndex(1);
        expected.style.placement = Placement::AsPublished;
        check(9);

        named<QComboBox>(panel, "Overlay")->setCurrentIndex(3);
        expected.style.overlay = OverlayRule::Spotlight;
        check(10);
        named<QComboBox>(panel, "Scale of the colours")->setCurrentIndex(2);
        expected.style.scale = ValueScale::Logarithmic;
        check(11);

        DisplayPanel other;
        other.setLayerCount(6);
        other.setChoice(expected);
        QCOMPARE(named<QSlider>(other, "Opacity")->value(), 25);
        QCOMPARE(named<QSpinBox>(other, "Layer")->value(), 4);
        QCOMPARE(named<QComboBox>(other, "Placement")->currentIndex(), 1);
    }

    void resetGoesBackToTheStartButKeepsTheLayer()
    {
        DisplayPanel panel;
        panel.setLayerCount(6);
        DisplayChoice changed;
        changed.layer = 3;
        changed.lockRange = changed.sortByRanking = changed.style.smooth = true;
        changed.style.overlay = OverlayRule::Flat;
        changed.style.scale = ValueScale::Linear;
        panel.setChoice(changed);
        QSignalSpy spy(&panel, &DisplayPanel::displayChanged);
        panel.findChild<QPushButton*>()->click();
        DisplayChoice expected;
        expected.layer = 3;
        QCOMPARE(panel.choice(), expected);
        QCOMPARE(spy.size(), 1);
        panel.findChild<QPushButton*>()->click();
        QCOMPARE(spy.size(), 1);
    }

    void popsUpOnTheScreenAndLeavesWithEscape_data()
    {
        QTest::addColumn<QPoint>("place"); // of the anchor, as parts of a hundred of the screen
        for (const int x : {-50, 0, 50, 100, 150})
            for (const int y : {-50, 0, 50, 100, 150})
                QTest::addRow("%d, %d", x, y) << QPoint(x, y);
    }

    void popsUpOnTheScreenAndLeavesWithEscape()
    {
        QFETCH(QPoint, place);
        const QRect screen = QGuiApplication::primaryScreen()->availableGeometry();
        QWidget anchor;
        anchor.setGeometry(place.x() * screen.width() / 100, place.y() * screen.height() / 100, 200, 30);
        anchor.show();
        DisplayPopover popover;
        popover.popUpAt(anchor);
        QVERIFY(popover.isVisible());
        QVERIFY2(screen.contains(popover.geometry()), qPrintable(QDebug::toString(popover.geometry())));
        QVERIFY(popover.isAncestorOf(QApplication::focusWidget()));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(!popover.isVisible());
    }

    void keysMoveThroughLayers()
    {
        DisplayPanel panel;
        panel.setLayerCount(3);
        auto* slider = named<QSlider>(panel, "Layer");
        QTest::keyClick(slider, Qt::Key_End);
        QCOMPARE(panel.choice().layer, 2);
        QTest::keyClick(slider, Qt::Key_PageDown);
        QCOMPARE(panel.choice().layer, 1);
    }

    void everyControlHasAName()
    {
        DisplayPanel panel;
        for (const QComboBox* box : panel.findChildren<QComboBox*>())
            QVERIFY(!box->accessibleName().isEmpty() && !box->toolTip().isEmpty());
        for (const QSlider* slider : panel.findChildren<QSlider*>())
            QVERIFY(!slider->accessibleName().isEmpty() && !slider->toolTip().isEmpty());
    }
};

QTEST_MAIN(TestDisplayPanel)
#include "test_display_panel.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>

#include <QDoubleSpinBox>
#include <QSignalSpy>
#include <QSlider>
#include <QtTest>

#include "ui/edit_panel/number_control.h"

using namespace ocellus;

namespace {

constexpr NumberScale hue{-360, 360, -180, 180, 0, 1, 1, false};
constexpr NumberScale factor{0, 10, 0, 10, 1, 0.05, 2, false};
constexpr NumberScale patch{3, 21, 3, 21, 12, 2, 0, true};

QSlider* sliderOf(const NumberControl& control)
{
    return control.findChild<QSlider*>();
}

QDoubleSpinBox* boxOf(const NumberControl& control)
{
    return control.findChild<QDoubleSpinBox*>();
}

} // namespace

Q_DECLARE_METATYPE(ocellus::NumberScale)

class TestNumberControl : public QObject {
    Q_OBJECT

private slots:
    void valuesFromElsewhereStay_data()
    {
        QTest::addColumn<double>("value");
        QTest::newRow("beyond the slider") << 270.0;
        QTest::newRow("before the slider") << -360.0;
        QTest::newRow("finer than the steps") << 0.0123456;
        QTest::newRow("beyond what can be typed") << 1e300;
        QTest::newRow("no number") << std::numeric_limits<double>::quiet_NaN();
    }

    void valuesFromElsewhereStay()
    {
        QFETCH(double, value);
        NumberControl control(hue, "°");
        QSignalSpy changed(&control, &NumberControl::valueChanged);
        control.setValue(value);
        QVERIFY(control.value() == value || std::isnan(value));
        QCOMPARE(changed.size(), 0);
        sliderOf(control)->setValue(sliderOf(control)->maximum());
        sliderOf(control)->setValue(sliderOf(control)->minimum());
        QCOMPARE(control.value(), -180.0);
    }

    void theEndsAreReachedByKeyboard_data()
    {
        QTest::addColumn<NumberScale>("scale");
        QTest::newRow("straight") << hue;
        QTest::newRow("curved") << factor;
        QTest::newRow("whole steps") << patch;
    }

    void theEndsAreReachedByKeyboard()
    {
        QFETCH(NumberScale, scale);
        NumberControl control(scale, {});
        control.setValue(scale.middle);
        QTest::keyClick(sliderOf(control), Qt::Key_End);
        QCOMPARE(control.value(), scale.sliderMost);
        QTest::keyClick(sliderOf(control), Qt::Key_Home);
        QCOMPARE(control.value(), scale.sliderLeast);
    }

    void everyKeyMoves_data() { theEndsAreReachedByKeyboard_data(); }

    void everyKeyMoves()
    {
        QFETCH(NumberScale, scale);
        NumberControl control(scale, {});
        control.setValue(scale.sliderLeast);
        int presses = 0;
        for (double before = control.value(); control.value() < scale.sliderMost; before = control.value()) {
            QTest::keyClick(sliderOf(control), Qt::Key_Right);
            QVERIFY2(control.value() > before, qPrintable(QString::number(before)));
            QVERIFY(++presses < 2'000);
        }
        QCOMPARE(control.value(), scale.sliderMost);
    }

    void typedNumbersAreTakenWhole()
    {
        NumberControl control(factor, " ×");
        QSignalSpy changed(&control, &NumberControl::valueChanged);
        QDoubleSpinBox* box = boxOf(control);
        box->selectAll();
        QTest::keyClicks(box, "7.25");
        QCOMPARE(changed.size(), 0);
        QTest::keyClick(box, Qt::Key_Return);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(control.value(), 7.25);
    }

    void aPatchStaysOdd()
    {
        NumberControl control(patch, {});
        boxOf(control)->setValue(8);
        QCOMPARE(control.value(), 9.0);
        boxOf(control)->setValue(20);
        QCOMPARE(control.value(), 21.0);
    }

    void aPressBeginsAnotherGesture()
    {
        NumberControl control(hue, {});
        control.resize(300, 30);
        control.show();
        QSignalSpy started(&control, &NumberControl::gestureStarted);
        QSignalSpy changed(&control, &NumberControl::valueChanged);
        QSlider* slider = sliderOf(control);
        QTest::mousePress(slider, Qt::LeftButton, {}, slider->rect().center());
        const auto gestures = started.size();
        QVERIFY(gestures >= 1);
        for (int x = 0; x < 40; x += 10)
            QTest::mouseMove(slider, slider->rect().center() + QPoint(x, 0));
        QVERIFY(!changed.isEmpty());
        QCOMPARE(started.size(), gestures);
        QTest::mouseRelease(slider, Qt::LeftButton);
    }
};

QTEST_MAIN(TestNumberControl)
#include "test_number_control.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QDialog>
#include <QScrollBar>
#include <QTabBar>
#include <QTest>
#include <QWheelEvent>

#include "tests/window/window_fixture.h"
#include "ui/window/central_view.h"

using namespace ocellus;

namespace {

/// What a control is set to; nothing for what is none.
QString setting(QWidget* widget)
{
    if (const auto* combo = qobject_cast<QComboBox*>(widget))
        return QString::number(combo->currentIndex());
    if (const auto* box = qobject_cast<QAbstractSpinBox*>(widget))
        return box->text();
    if (const auto* tabs = qobject_cast<QTabBar*>(widget))
        return QString::number(tabs->currentIndex());
    if (const auto* slider = qobject_cast<QAbstractSlider*>(widget); slider && !qobject_cast<QScrollBar*>(widget))
        return QString::number(slider->value());
    return {};
}

void turn(QWidget* widget, int steps)
{
    const QPointF place = widget->rect().center();
    QWheelEvent event(place, widget->mapToGlobal(place), {}, {0, 120 * steps}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(widget, &event);
}

} // namespace

/// Whoever scrolls a panel changes none of the settings that pass under the mouse.
class TestWheel : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_fixture = std::make_unique<WindowFixture>();
        QVERIFY(m_fixture->openAll());
        m_fixture->window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&m_fixture->window()));
    }

    void aPanelsControlsStayAsTheyAre()
    {
        // Those of pages that were never shown, too.
        for (const QAction* page : m_fixture->window().centre().pageActions())
            const_cast<QAction*>(page)->trigger();
        QVERIFY(turnOver(m_fixture->window()) >= 30);
    }

    void aDialogsControlsStayAsTheyAre()
    {
        m_fixture->action(Command::OpenSettings)->trigger();
        auto* dialog = m_fixture->window().findChild<QDialog*>();
        QVERIFY(dialog);
        QVERIFY(turnOver(*dialog) >= 7);
        dialog->reject();
    }

    void theControlThatHasTheFocusTakesTheWheel()
    {
        m_fixture->action(Command::OpenSettings)->trigger();
        auto* dialog = m_fixture->window().findChild<QDialog*>();
        QVERIFY(dialog);
        QVERIFY(QTest::qWaitForWindowActive(dialog));
        auto* box = dialog->findChild<QAbstractSpinBox*>();
        box->setFocus();
        QTRY_VERIFY(box->hasFocus());
        const QString before = setting(box);
        turn(box, 1);
        QVERIFY(setting(box) != before);
        dialog->reject();
    }

private:
    /// How many controls the window has.
    static int turnOver(QWidget& window)
    {
        int controls = 0;
        for (QWidget* widget : window.findChildren<QWidget*>()) {
            const QString before = setting(widget);
            if (before.isNull() || widget->hasFocus())
                continue;
            ++controls;
            for (const int steps : {1, -1, -1})
                turn(widget, steps);
            for (QWidget* part : widget->findChildren<QWidget*>(Qt::FindDirectChildrenOnly))
                if (setting(part).isNull())
                    turn(part, -1);
            if (setting(widget) != before)
                QTest::qFail(qPrintable(QString("%1 \"%2\" went from %3 to %4")
                                            .arg(widget->metaObject()->className(), widget->accessibleName(), before,
                                                 setting(widget))),
                             __FILE__, __LINE__);
            if (widget->focusPolicy() == Qt::WheelFocus && widget->isVisible())
                QTest::qFail(qPrintable(QString("%1 \"%2\" takes the focus by the wheel")
                                            .arg(widget->metaObject()->className(), widget->accessibleName())),
                             __FILE__, __LINE__);
        }
        return controls;
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestWheel)
#include "test_wheel.moc"

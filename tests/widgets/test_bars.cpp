// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

#include "tests/figures/synthetic_explanation.h"
#include "ui/widgets/colour_bar_widget.h"
#include "ui/widgets/message_bar.h"

using namespace ocellus;

namespace {

double luminance(const QColor& colour)
{
    const auto linear = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

/// As the Web Content Accessibility Guidelines define it, 1 to 21.
double contrast(const QColor& a, const QColor& b)
{
    const double first = luminance(a), second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace

class TestBars : public QObject {
    Q_OBJECT

private slots:
    void colourBarWithoutMaps()
    {
        ColourBarWidget bar;
        bar.resize(200, 40);
        const QImage empty = bar.grab().toImage();
        bar.setExplanation({});
        QCOMPARE(bar.grab().toImage(), empty);
        bar.setExplanation(test::syntheticExplanation());
        QVERIFY(bar.grab().toImage() != empty);
        QVERIFY(bar.accessibleDescription().contains("times uniform"));
    }

    void colourBarSaysStretched()
    {
        ColourBarWidget bar;
        Explanation explanation = test::syntheticExplanation();
        explanation.style.perMapStretch = true;
        bar.setExplanation(explanation);
        QVERIFY(bar.accessibleDescription().contains("stretched"));
    }

    void colourBarAsksForTheDisplay()
    {
        ColourBarWidget bar;
        bar.resize(400, bar.sizeHint().height());
        bar.show();
        auto* button = bar.findChild<QToolButton*>();
        QSignalSpy asked(&bar, &ColourBarWidget::displayRequested);
        QVERIFY(!button->isVisible());
        QTest::mouseClick(&bar, Qt::LeftButton, {}, {20, 10});
        QCOMPARE(asked.size(), 0);
        bar.setExplanation(test::syntheticExplanation());
        QVERIFY(button->isVisible());
        QVERIFY(button->focusPolicy() & Qt::TabFocus);
        QVERIFY(bar.rect().contains(button->geometry()));
        QTest::mouseClick(&bar, Qt::LeftButton, {}, {20, 10});
        QTest::keyClick(button, Qt::Key_Space);
        QCOMPARE(asked.size(), 2);
        bar.clear();
        QVERIFY(!button->isVisible());
    }

    void messageIsHiddenUntilThereIsOne()
    {
        QWidget window;
        MessageBar bar(&window);
        window.show();
        QVERIFY(!bar.isVisible());
        bar.showMessage(MessageBar::Kind::Error, "cut.jpg: the file ends early");
        QVERIFY(bar.isVisible());
        QCOMPARE(bar.text(), QStringLiteral("cut.jpg: the file ends early"));
    }

    void messageMovesNothing_data()
    {
        QTest::addColumn<QSize>("room");
        QTest::newRow("none") << QSize(4, 4);
        QTest::newRow("narrower than the words") << QSize(160, 500);
        QTest::newRow("a window") << QSize(1200, 800);
    }

    void messageMovesNothing()
    {
        QFETCH(QSize, room);
        QWidget window;
        QVBoxLayout layout(&window);
        QWidget content;
        layout.addWidget(&content);
        MessageBar bar(&window);
        window.resize(room);
        window.show();
        const QRect before = content.geometry();
        bar.showMessage(MessageBar::Kind::Warning, QStringLiteral("A picture that cannot be read. ").repeated(5));
        QCoreApplication::processEvents();
        QCOMPARE(content.geometry(), before);
        if (room.height() > 100) {
            QVERIFY(window.rect().contains(bar.geometry()));
            QVERIFY(bar.geometry().top() > window.height() / 2);
        }
        window.resize(room + QSize(300, 200));
        QVERIFY(window.rect().contains(bar.geometry()));
    }

    void messageGoesWhenItIsRead()
    {
        using Kind = MessageBar::Kind;
        const QString text = "done";
        QVERIFY(MessageBar::readingTime(Kind::Info, text) < MessageBar::readingTime(Kind::Warning, text));
        QVERIFY(MessageBar::readingTime(Kind::Warning, text) < MessageBar::readingTime(Kind::Error, text));
        QVERIFY(MessageBar::readingTime(Kind::Info, text) < MessageBar::readingTime(Kind::Info, text + text));
        QWidget window;
        MessageBar bar(&window);
        auto* time = bar.findChild<QTimer*>(QString(), Qt::FindDirectChildrenOnly);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        bar.showMessage(Kind::Info, text);
        QVERIFY(time && time->isActive());
        const QList<QToolButton*> buttons = bar.findChildren<QToolButton*>();
        const auto shown = std::ranges::find_if(buttons, [](const QToolButton* button) { return button->isVisible(); });
        QVERIFY(shown != buttons.end());
        (*shown)->setFocus(); // about to be pressed
        time->start(0);
        QTRY_VERIFY(time->interval() > 0);
        QVERIFY(bar.isVisible());
        window.setFocus();
        time->start(0);
        QTRY_VERIFY(!bar.isVisible());
        bar.showMessage(Kind::Error, text);
        bar.close();
        QVERIFY(!time->isActive());
        bar.setPassing(false);
        bar.showMessage(Kind::Info, text);
        QVERIFY(!time->isActive());
    }

    void markupIsShownAsWritten()
    {
        QWidget window;
        MessageBar bar(&window);
        window.show();
        bar.showMessage(MessageBar::Kind::Warning, "<b>not bold</b>");
        const auto labels = bar.findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) {
            return label->text() == "<b>not bold</b>" && label->textFormat() == Qt::PlainText &&
                   label->textInteractionFlags().testFlag(Qt::TextSelectableByKeyboard);
        }));
    }

    void wayOutIsOffered()
    {
        QWidget window;
        MessageBar bar(&window);
        window.show();
        QAction retry("Choose another file");
        QSignalSpy triggered(&retry, &QAction::triggered);
        bar.showMessage(MessageBar::Kind::Error, "one", &retry);
        const auto buttons = bar.findChildren<QToolButton*>();
        const auto found = std::ranges::find(buttons, &retry, &QToolButton::defaultAction);
        QVERIFY(found != buttons.end());
        QTest::mouseClick(*found, Qt::LeftButton);
        QCOMPARE(triggered.size(), 1);
        bar.showMessage(MessageBar::Kind::Info, "two");
        QVERIFY(!(*found)->isVisible());
    }

    void closing()
    {
        QWidget window;
        MessageBar bar(&window);
        window.show();
        QSignalSpy closed(&bar, &MessageBar::closed);
        bar.showMessage(MessageBar::Kind::Info, "done");
        QTest::keyClick(&bar, Qt::Key_Escape);
        QVERIFY(!bar.isVisible());
        QCOMPARE(closed.size(), 1);
    }

    void readableInLightAndDark_data()
    {
        QTest::addColumn<QColor>("window");
        QTest::addColumn<QColor>("text");
        QTest::newRow("light") << QColor(0xef, 0xef, 0xef) << QColor(Qt::black);
        QTest::newRow("dark") << QColor(0x2a, 0x2a, 0x2a) << QColor(0xe8, 0xe8, 0xe8);
    }

    void readableInLightAndDark()
    {
        QFETCH(QColor, window);
        QFETCH(QColor, text);
        QWidget parent;
        QPalette palette;
        palette.setColor(QPalette::Window, window);
        palette.setColor(QPalette::WindowText, text);
        parent.setPalette(palette);
        MessageBar bar(&parent);
        for (const auto kind : {MessageBar::Kind::Info, MessageBar::Kind::Warning, MessageBar::Kind::Error}) {
            bar.showMessage(kind, "text");
            const QPalette own = bar.palette();
            QVERIFY(own.color(QPalette::Window) != window);
            QVERIFY(contrast(own.color(QPalette::Window), own.color(QPalette::WindowText)) > 4.5);
        }
    }

    void followsTheThemeWhileItIsShown()
    {
        const QPalette before = QApplication::palette();
        const auto restore = qScopeGuard([&before] { QApplication::setPalette(before); });
        QWidget parent;
        MessageBar bar(&parent);
        bar.showMessage(MessageBar::Kind::Info, "text");
        parent.show();
        const QPalette dark(QColor(0x36, 0x36, 0x36), QColor(0x29, 0x29, 0x29));
        QApplication::setPalette(dark);
        QTRY_VERIFY(bar.palette().color(QPalette::Window).lightness() < 128);
        QVERIFY(contrast(bar.palette().color(QPalette::Window), bar.palette().color(QPalette::WindowText)) > 4.5);
    }
};

QTEST_MAIN(TestBars)
#include "test_bars.moc"

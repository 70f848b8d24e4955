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
        QVBoxLayout layout(&window);
        MessageBar bar;
        layout.addWidget(&bar);
        window.show();
        QVERIFY(!bar.isVisible());
        bar.showMessage(MessageBar::Kind::Error, "cut.jpg: the file ends early");
        QVERIFY(bar.isVisible());
        QCOMPARE(bar.text(), QStringLiteral("cut.jpg: the file ends early"));
    }

    void markupIsShownAsWritten()
    {
        MessageBar bar;
        bar.showMessage(MessageBar::Kind::Warning, "<b>not bold</b>");
        const auto labels = bar.findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) {
            return label->text() == "<b>not bold</b>" && label->textFormat() == Qt::PlainText &&
                   label->textInteractionFlags().testFlag(Qt::TextSelectableByKeyboard);
        }));
    }

    void wayOutIsOffered()
    {
        MessageBar bar;
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
        MessageBar bar;
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
};

QTEST_MAIN(TestBars)
#include "test_bars.moc"

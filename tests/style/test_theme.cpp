// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include <QApplication>
#include <QPalette>
#include <QTest>

#include "ui/style/theme.h"

using namespace ocellus;

namespace {

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour)
{
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

/// Of WCAG 2.1, 1 to 21.
double contrast(const QColor& one, const QColor& other)
{
    const auto [dark, light] = std::minmax({luminance(one), luminance(other)});
    return (light + 0.05) / (dark + 0.05);
}

} // namespace

/// Whether text can be read in both themes, and whether their greys leave the pictures' colours alone.
class TestTheme : public QObject {
    Q_OBJECT

private slots:
    void textIsReadable_data()
    {
        QTest::addColumn<Theme>("theme");
        QTest::addColumn<QPalette::ColorRole>("text");
        QTest::addColumn<QPalette::ColorRole>("ground");
        for (const auto& [name, theme] : {std::pair("light", Theme::Light), std::pair("dark", Theme::Dark)}) {
            const auto row = [&](const char* what, QPalette::ColorRole text, QPalette::ColorRole ground) {
                QTest::addRow("%s: %s", name, what) << theme << text << ground;
            };
            row("quiet text on the window", QPalette::PlaceholderText, QPalette::Window);
            row("quiet text in a list", QPalette::PlaceholderText, QPalette::Base);
            row("chosen row", QPalette::HighlightedText, QPalette::Highlight);
            row("link", QPalette::Link, QPalette::Window);
            row("label", QPalette::WindowText, QPalette::Window);
            row("list", QPalette::Text, QPalette::Base);
            row("button", QPalette::ButtonText, QPalette::Button);
            row("tool tip", QPalette::ToolTipText, QPalette::ToolTipBase);
        }
    }

    void textIsReadable()
    {
        QFETCH(const Theme, theme);
        QFETCH(const QPalette::ColorRole, text);
        QFETCH(const QPalette::ColorRole, ground);
        applyTheme(theme);
        const QPalette palette = QApplication::palette();
        const double ratio = contrast(palette.color(text), palette.color(ground));
        QVERIFY2(ratio >= 4.5, qPrintable(QString::number(ratio)));
    }

    void greysHaveNoHue_data()
    {
        QTest::addColumn<Theme>("theme");
        QTest::newRow("light") << Theme::Light;
        QTest::newRow("dark") << Theme::Dark;
    }

    void greysHaveNoHue()
    {
        QFETCH(const Theme, theme);
        applyTheme(theme);
        for (const auto role : {QPalette::Window, QPalette::Base, QPalette::Button, QPalette::Mid, QPalette::Text})
            QCOMPARE(QApplication::palette().color(role).saturation(), 0);
    }

    void systemIsOneOfTheTwo()
    {
        const auto windowOf = [](Theme theme) {
            applyTheme(theme);
            return QApplication::palette().color(QPalette::Window);
        };
        const QColor system = windowOf(Theme::System);
        QVERIFY(system == windowOf(Theme::Light) || system == windowOf(Theme::Dark));
    }
};

QTEST_MAIN(TestTheme)
#include "test_theme.moc"

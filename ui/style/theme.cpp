// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/theme.h"

#include <QApplication>
#include <QPalette>
#include <QStyle>

namespace ocellus {

namespace {

/// Three greys, text in two strengths and one accent. The greys have no hue, so that none is seen into the pictures.
struct ThemeColours {
    QColor window;  // behind panels
    QColor surface; // lists, fields, behind pictures
    QColor button;  // what can be pressed
    QColor line;    // borders: 3:1 against neither, they separate and carry no meaning
    QColor text;
    QColor quietText; // 4.5:1 at least on window and surface
    QColor accent;    // white text on it 4.5:1 at least
    QColor link;
};

constexpr ThemeColours Light{QColor(0xf2, 0xf2, 0xf2), QColor(0xff, 0xff, 0xff), QColor(0xfc, 0xfc, 0xfc),
                             QColor(0xc8, 0xc8, 0xc8), QColor(0x1c, 0x1c, 0x1c), QColor(0x62, 0x62, 0x62),
                             QColor(0x1f, 0x6d, 0xb0), QColor(0x1a, 0x5f, 0x9e)};
constexpr ThemeColours Dark{QColor(0x29, 0x29, 0x29), QColor(0x1d, 0x1d, 0x1d), QColor(0x36, 0x36, 0x36),
                            QColor(0x4c, 0x4c, 0x4c), QColor(0xe6, 0xe6, 0xe6), QColor(0xa6, 0xa6, 0xa6),
                            QColor(0x2e, 0x74, 0xb3), QColor(0x7f, 0xb6, 0xea)};

QColor between(const QColor& one, const QColor& other)
{
    return {(one.red() + other.red()) / 2, (one.green() + other.green()) / 2, (one.blue() + other.blue()) / 2};
}

QPalette paletteOf(const ThemeColours& colours)
{
    QPalette palette;
    palette.setColor(QPalette::Window, colours.window);
    palette.setColor(QPalette::Base, colours.surface);
    palette.setColor(QPalette::AlternateBase, between(colours.window, colours.surface));
    palette.setColor(QPalette::Button, colours.button);
    palette.setColor(QPalette::Light, colours.button);
    palette.setColor(QPalette::Midlight, between(colours.button, colours.line));
    palette.setColor(QPalette::Mid, colours.line);
    palette.setColor(QPalette::Dark, colours.line.darker(130));
    palette.setColor(QPalette::Shadow, colours.line.darker(200));
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(role, colours.text);
    palette.setColor(QPalette::BrightText, Qt::white);
    palette.setColor(QPalette::PlaceholderText, colours.quietText);
    palette.setColor(QPalette::Highlight, colours.accent);
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, colours.link);
    palette.setColor(QPalette::LinkVisited, colours.link);
    palette.setColor(QPalette::ToolTipBase, colours.surface);
    palette.setColor(QPalette::ToolTipText, colours.text);
    const QColor disabled = between(colours.text, colours.window);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, disabled);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, colours.line);
    return palette;
}

bool isPlatformDark()
{
    return QApplication::style()->standardPalette().color(QPalette::Window).lightness() < 128;
}

} // namespace

void applyTheme(Theme theme)
{
    const bool isDark = theme == Theme::Dark || (theme == Theme::System && isPlatformDark());
    QApplication::setPalette(paletteOf(isDark ? Dark : Light));
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/theme.h"

#include <QApplication>
#include <QPalette>

namespace ocellus {

namespace {

/// A palette from its window, base, text and highlight colours, with greyed text for what is disabled.
QPalette paletteOf(QColor window, QColor base, QColor text, QColor highlight, QColor link)
{
    QPalette palette(text, window, window.lighter(130), window.darker(150), window.darker(115), text, base);
    palette.setColor(QPalette::Button, window);
    palette.setColor(QPalette::AlternateBase, window);
    palette.setColor(QPalette::Highlight, highlight);
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, link);
    palette.setColor(QPalette::ToolTipBase, base);
    palette.setColor(QPalette::ToolTipText, text);
    QColor faint = text;
    faint.setAlphaF(0.6F);
    palette.setColor(QPalette::PlaceholderText, faint);
    const QColor disabled((text.red() + window.red()) / 2, (text.green() + window.green()) / 2,
                          (text.blue() + window.blue()) / 2);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, disabled);
    return palette;
}

} // namespace

void applyTheme(Theme theme)
{
    switch (theme) {
    case Theme::Light:
        QApplication::setPalette(
            paletteOf(QColor(0xf3f3f3), Qt::white, QColor(0x1a1a1a), QColor(0x2a6cb0), QColor(0x1f5fa8)));
        break;
    case Theme::Dark:
        QApplication::setPalette(
            paletteOf(QColor(0x2b2d30), QColor(0x1e1f22), QColor(0xe4e4e4), QColor(0x3a74b5), QColor(0x7fb2ec)));
        break;
    case Theme::System: QApplication::setPalette(QPalette()); break;
    }
}

} // namespace ocellus

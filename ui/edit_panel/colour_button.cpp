// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit_panel/colour_button.h"

#include <QColorDialog>
#include <QPainter>

namespace ocellus {

namespace {

QColor toColour(const Rgb& colour)
{
    return {colour.red, colour.green, colour.blue};
}

} // namespace

ColourButton::ColourButton(QWidget* parent) : QToolButton(parent)
{
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setColour({128, 128, 128});
    connect(this, &QToolButton::clicked, this, &ColourButton::choose);
}

void ColourButton::setColour(const Rgb& colour)
{
    m_colour = colour;
    QPixmap swatch(iconSize() * 2);
    swatch.fill(toColour(colour));
    QPainter painter(&swatch);
    painter.setPen(QPen(palette().color(QPalette::Mid), 2));
    painter.drawRect(swatch.rect().adjusted(1, 1, -1, -1));
    painter.end();
    setIcon(swatch);
    setText(toColour(colour).name());
}

void ColourButton::choose()
{
    emit gestureStarted();
    auto* dialog = new QColorDialog(toColour(m_colour), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Colour of the region"));
    connect(dialog, &QColorDialog::currentColorChanged, this, &ColourButton::take);
    connect(dialog, &QDialog::rejected, this, [this, before = toColour(m_colour)] { take(before); });
    dialog->open();
}

void ColourButton::take(const QColor& colour)
{
    const Rgb chosen{static_cast<std::uint8_t>(colour.red()), static_cast<std::uint8_t>(colour.green()),
                     static_cast<std::uint8_t>(colour.blue())};
    if (chosen == m_colour)
        return;
    setColour(chosen);
    emit colourChanged(m_colour);
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/colour_map_combo.h"

#include <algorithm>

#include <QIcon>
#include <QImage>
#include <QPixmap>

namespace ocellus {

namespace {

QIcon strip(ColourMap map, QSize size)
{
    const auto& table = colours(map);
    QImage image(static_cast<int>(table.size()), 1, QImage::Format_RGB32);
    for (std::size_t i = 0; i < table.size(); ++i)
        image.setPixelColor(static_cast<int>(i), 0, QColor(table[i].red, table[i].green, table[i].blue));
    return QPixmap::fromImage(image.scaled(size));
}

} // namespace

ColourMapCombo::ColourMapCombo(QWidget* parent) : QComboBox(parent)
{
    const int height = std::max(fontMetrics().height() - 4, 8);
    setIconSize({3 * height, height});
    setSizeAdjustPolicy(AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(8);
    const auto add = [this](ColourMap map, const QString& text, const QString& explanation) {
        addItem(strip(map, iconSize()), text, static_cast<int>(map));
        setItemData(count() - 1, explanation, Qt::ToolTipRole);
    };
    const QString uniform = tr("Equal steps look equal; safe for colour-blind readers");
    add(ColourMap::Viridis, tr("Viridis"), uniform);
    add(ColourMap::Cividis, tr("Cividis"), uniform);
    add(ColourMap::Inferno, tr("Inferno"), uniform);
    add(ColourMap::Magma, tr("Magma"), uniform);
    add(ColourMap::Grey, tr("Grey"), tr("From black to white"));
    add(ColourMap::Jet, tr("Jet"), tr("To compare with published figures only: its bands are not in the data"));
}

ColourMap ColourMapCombo::colourMap() const
{
    return static_cast<ColourMap>(currentData().toInt());
}

void ColourMapCombo::setColourMap(ColourMap map)
{
    setCurrentIndex(std::max(findData(static_cast<int>(map)), 0));
}

} // namespace ocellus

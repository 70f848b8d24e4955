// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>

#include "core/analysis/colour_map.h"

namespace ocellus {

/// A choice of colour maps, each shown as a strip of its colours beside its name.
class ColourMapCombo : public QComboBox {
    Q_OBJECT

public:
    explicit ColourMapCombo(QWidget* parent = nullptr);

    ColourMap colourMap() const;
    void setColourMap(ColourMap map);
};

} // namespace ocellus

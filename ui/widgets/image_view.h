// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/map_tile.h"

namespace ocellus {

/// The large picture with the map of one head, or of the mean.
class ImageView : public MapTile {
    Q_OBJECT

public:
    explicit ImageView(LinkedView& view, QWidget* parent = nullptr);

    /// `head` from 0; the number of heads (or more) is the mean.
    void setExplanation(const Explanation& explanation, int head);
};

} // namespace ocellus

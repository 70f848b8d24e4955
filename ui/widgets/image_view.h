// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/map_tile.h"
#include "ui/widgets/picture_overlay.h"

namespace ocellus {

/// The large picture with the map of one head, or of the mean, and what lies on it. A double click or Return goes to
/// the picture's pixels there, and back to all of it.
class ImageView : public MapTile {
    Q_OBJECT

public:
    explicit ImageView(LinkedView& view, QWidget* parent = nullptr);

    /// `head` from 0; the number of heads (or more) is the mean.
    void setExplanation(const Explanation& explanation, int head);

    /// Null for none; it must outlive the view or be taken away before.
    void setOverlay(PictureOverlay* overlay);
    /// The overlay's cursor may have changed.
    using MapTile::updateCursor;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool keepsPictureClear() const override;
    bool hidesMap() const override;
    bool enlargesItself() const override { return true; }
    QCursor idleCursor() const override;

private:
    PictureOverlay* m_overlay = nullptr;
};

} // namespace ocellus

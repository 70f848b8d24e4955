// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/figures/explanation.h"

namespace ocellus {

/// The colour bar of the maps that are shown.
class ColourBarWidget : public QWidget {
    Q_OBJECT

public:
    explicit ColourBarWidget(QWidget* parent = nullptr);

    /// Empty without maps.
    void setExplanation(const Explanation& explanation);
    /// The scale that maps of this style share, over a strip of the picture.
    void setScale(const MapStyle& style, Range range, const QImage& picture);
    void clear();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void describe();

    MapStyle m_style;
    Range m_range;
    QImage m_picture;
    bool m_empty = true;
};

} // namespace ocellus

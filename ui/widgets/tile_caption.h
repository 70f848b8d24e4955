// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QFont>
#include <QPainter>
#include <QRectF>
#include <QString>
#include <QStringList>

#include "ui/figures/explanation.h"

namespace ocellus {

/// The strips above a tile: which head, its peak and score; and what limits the map. The words shrink with the tile,
/// the head's number stays to the last.
class TileCaption {
public:
    TileCaption() = default;
    TileCaption(const Explanation& explanation, const TileMap* tile);

    /// Of the strips together.
    double height(const QFont& font) const;

    void paint(QPainter& painter, const QRectF& strips, const QPalette& palette, bool selected) const;

    QString title() const; ///< "Head 3, peak 41×, score 6.21", for tool tips and screen readers
    const QStringList& banners() const { return m_banners; } ///< one a strip

private:
    /// A name in bold and the numbers after it.
    struct Words {
        QString name;
        QString numbers;
    };

    void addNote(const TileMap& tile);
    void paintTitle(QPainter& painter, const QRectF& strip) const;
    void paintBanners(QPainter& painter, QRectF strip, const QPalette& palette) const;

    std::vector<Words> m_words; ///< longest first
    QStringList m_banners;
};

} // namespace ocellus

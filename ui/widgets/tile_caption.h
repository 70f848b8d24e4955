// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QFont>
#include <QPainter>
#include <QRectF>
#include <QString>
#include <QStringList>

#include "ui/figures/explanation.h"
#include "ui/figures/map_evidence.h"

namespace ocellus {

/// The strip above a tile: which head, its peak and score. Tiles of one width say the same things in one size; the
/// head's name, the same in all of them, stays to the last. What limits the maps is said once for all of them, above;
/// here it is for screen readers and tool tips.
class TileCaption {
public:
    TileCaption() = default;
    TileCaption(const Explanation& explanation, const TileMap* tile);

    double height(const QFont& font) const;

    /// `pointed`, "here 12×", takes the place of the numbers; empty for none.
    void paint(QPainter& painter, const QRectF& tile, const QPalette& palette, bool selected,
               const QString& pointed = {}) const;

    QString title() const; ///< "Head 3, peak 41×, score 6.21", for tool tips and screen readers
    const QStringList& banners() const { return m_banners; } ///< what must be known of the map

private:
    /// A name in bold and the numbers after it.
    struct Words {
        QString name;
        QString numbers;
    };

    void paintImportance(QPainter& painter, const QRectF& strip, const QColor& colour) const;
    static std::vector<Words> wordsOf(const TileMap& tile, bool isStretched);
    const Words& chosen(const QFont& font, double width) const;

    std::vector<Words> m_words;  ///< longest first
    std::vector<Words> m_widest; ///< the same with numbers that no other tile's are wider than
    QString m_note;
    QString m_shares; ///< where the attention goes that the map does not hold
    QString m_rank;   ///< by blurring
    MapStanding m_standing;
    QStringList m_banners;
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <QStyledItemDelegate>

namespace ocellus {

/// One picture: a thumbnail with badges (right or wrong, edited, a warning), its name and the model's answer; beside
/// it in a list, below it in a filmstrip. The first of a group has the group's title above it.
class PictureDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    static constexpr QSize ThumbnailSize{72, 54}; ///< room for a thumbnail in a list, in logical pixels

    using QStyledItemDelegate::QStyledItemDelegate;

    /// In a filmstrip items are `height` pixels high and as wide as that makes them; 0 for a list.
    void setStripHeight(int height);
    /// A line for group titles is left above every item of a filmstrip.
    void setGrouped(bool grouped) { m_grouped = grouped; }

    /// Below this a filmstrip's item has no room for its words.
    static int leastStripHeight(const QFontMetrics& metrics);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    bool isStrip() const { return m_stripHeight > 0; }
    int titleHeight(const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintInList(QPainter& painter, const QRect& inner, const QStyleOptionViewItem& option,
                     const QModelIndex& index) const;
    void paintInStrip(QPainter& painter, const QRect& inner, const QStyleOptionViewItem& option,
                      const QModelIndex& index) const;
    void paintThumbnail(QPainter& painter, const QRect& box, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const;
    static void paintBadges(QPainter& painter, const QRect& box, const QModelIndex& index);
    QString answer(const QModelIndex& index, const QFontMetrics& metrics, int width) const;
    QString lastLine(const QModelIndex& index) const;

    int m_stripHeight = 0;
    bool m_grouped = false;
};

} // namespace ocellus

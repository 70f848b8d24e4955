// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <QStyledItemDelegate>

namespace ocellus {

/// One picture of the list: thumbnail, file name, the model's answer with a tick or a cross, the folder's answer.
class PictureDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    static constexpr QSize ThumbnailSize{72, 54}; ///< room for a thumbnail, in logical pixels

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintThumbnail(QPainter& painter, const QRect& box, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const;
    void paintLines(QPainter& painter, const QRect& box, const QStyleOptionViewItem& option,
                    const QModelIndex& index) const;
    QRect paintVerdict(QPainter& painter, const QRect& line, const QStyleOptionViewItem& option,
                       const QModelIndex& index) const;
    QString answer(const QModelIndex& index) const;
};

} // namespace ocellus

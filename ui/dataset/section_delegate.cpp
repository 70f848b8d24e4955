// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/section_delegate.h"

#include <QApplication>
#include <QIcon>
#include <QImage>
#include <QPainter>

#include "ui/dataset/picture_section_model.h"

namespace ocellus {

namespace {

constexpr int margin = 4;
constexpr int markSide = 18;
constexpr QSize unknownSize{4, 3}; ///< of a thumbnail that is on its way

/// Light within dark, so that it is seen on any picture.
void paintBox(QPainter& painter, const QRect& picture, const QRectF& box)
{
    const QRectF place(picture.left() + box.left() * picture.width(), picture.top() + box.top() * picture.height(),
                       box.width() * picture.width(), box.height() * picture.height());
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 160), 3));
    painter.drawRect(place);
    painter.setPen(QPen(QColor(255, 255, 255), 1));
    painter.drawRect(place);
}

} // namespace

void SectionDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    item.showDecorationSelected = true; // else the style fills where it would write, below a picture of that size
    const QStyle* style = item.widget ? item.widget->style() : QApplication::style();
    painter->save();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, item.widget);
    const QRect inner = item.rect.adjusted(margin, margin, -margin, -margin);
    const int line = item.fontMetrics.lineSpacing();

    const QRect room = inner.adjusted(0, 0, 0, -line - 2);
    const auto image = index.data(Qt::DecorationRole).value<QImage>();
    QRect picture({}, (image.isNull() ? unknownSize : image.size()).scaled(room.size(), Qt::KeepAspectRatio));
    picture.moveCenter(room.center());
    if (image.isNull()) {
        painter->setPen(item.palette.color(QPalette::Mid));
        painter->setBrush(item.palette.color(QPalette::AlternateBase));
        painter->drawRect(picture.adjusted(0, 0, -1, -1));
    } else {
        painter->setRenderHint(QPainter::SmoothPixmapTransform);
        painter->drawImage(picture, image);
    }
    if (const QRectF box = index.data(PictureSectionModel::BoxRole).toRectF(); !box.isNull())
        paintBox(*painter, picture, box);
    if (!index.data(PictureSectionModel::RemarkRole).toString().isEmpty()) {
        const QRect mark(picture.left() + 2, picture.top() + 2, markSide, markSide);
        QIcon(QStringLiteral(":/icons/warning.svg")).paint(painter, mark);
    }
    const bool isSelected = item.state.testFlag(QStyle::State_Selected);
    painter->setPen(item.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text));
    painter->setFont(item.font);
    painter->drawText(QRect(inner.left(), inner.bottom() + 1 - line, inner.width(), line), Qt::AlignCenter,
                      item.fontMetrics.elidedText(item.text, Qt::ElideMiddle, inner.width()));
    painter->restore();
    if (item.state.testFlag(QStyle::State_HasFocus)) {
        QStyleOptionFocusRect focus;
        focus.QStyleOption::operator=(item);
        focus.backgroundColor = item.palette.color(isSelected ? QPalette::Highlight : QPalette::Window);
        style->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, item.widget);
    }
}

} // namespace ocellus

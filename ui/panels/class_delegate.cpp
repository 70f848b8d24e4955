// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/class_delegate.h"

#include <algorithm>

#include <QApplication>
#include <QPainter>

#include "ui/figures/elided_name.h"
#include "ui/models/class_list_model.h"

namespace ocellus {

namespace {

constexpr int BarMargin = 4;   // beside the bar
constexpr int LeastLatin = 6;  // letters of a Latin name worth showing
constexpr int GapOfNames = 10; // pixels

QColor colour(const QStyleOptionViewItem& option, QPalette::ColorRole plain)
{
    return option.palette.color(option.state.testFlag(QStyle::State_Selected) ? QPalette::HighlightedText : plain);
}

} // namespace

ClassDelegate::ClassDelegate(const ClassListModel& model, QObject* parent) : QStyledItemDelegate(parent), m_model(model)
{
}

void ClassDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (index.data(ClassListModel::ExcludedRole).toBool())
        option->palette.setColor(QPalette::Text, option->palette.color(QPalette::Disabled, QPalette::Text));
}

void ClassDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    if (index.column() == ClassListModel::Name) {
        paintName(*painter, option, index);
        return;
    }
    QStyledItemDelegate::paint(painter, option, index);
    if (index.column() != ClassListModel::Logit)
        return;
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    paintBar(*painter, item, index.data(ClassListModel::ClassIndexRole).toInt());
}

void ClassDelegate::paintName(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString name = item.text;
    item.text.clear();
    const QStyle* style = item.widget ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, &painter, item.widget);

    item.text = name; // whose place the style gives only where there is one
    const int margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, item.widget) + 1;
    QRect room = style->subElementRect(QStyle::SE_ItemViewItemText, &item, item.widget).adjusted(margin, 0, -margin, 0);
    constexpr int flags = Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine;
    painter.save();
    painter.setClipRect(item.rect);
    painter.setFont(item.font);
    painter.setPen(colour(item, QPalette::Text));
    painter.drawText(room, flags, elidedName(name, room.width(), QFontMetricsF(item.font), m_model.classNames()));

    const QString latin = index.data(ClassListModel::LatinRole).toString();
    room.setLeft(room.left() + item.fontMetrics.horizontalAdvance(name) + GapOfNames);
    if (!latin.isEmpty() && room.width() > LeastLatin * item.fontMetrics.averageCharWidth()) {
        item.font.setItalic(true);
        painter.setFont(item.font);
        painter.setPen(colour(item, QPalette::PlaceholderText));
        painter.drawText(room, flags, elidedName(latin, room.width(), QFontMetricsF(item.font)));
    }
    painter.restore();
}

void ClassDelegate::paintBar(QPainter& painter, const QStyleOptionViewItem& option, int classIndex) const
{
    const ClassBar bar = m_model.bar(classIndex);
    const Range range = m_model.barRange();
    const QRectF room = QRectF(option.rect).adjusted(BarMargin, 0, -m_numberWidth - BarMargin, 0);
    const double span = static_cast<double>(range.high) - static_cast<double>(range.low);
    if (room.width() < 2 * BarMargin || !(span > 0) || !bar.logit)
        return;
    const auto place = [&](float value) {
        return room.left() + room.width() * (static_cast<double>(value) - static_cast<double>(range.low)) / span;
    };
    const double zero = place(0);
    const auto from0 = [&](float value, double inset) {
        return QRectF(QPointF(zero, room.top() + inset), QPointF(place(value), room.bottom() - inset)).normalized();
    };
    QColor fill = colour(option, QPalette::Text);
    const bool excluded = m_model.isExcluded(classIndex);
    if (!option.state.testFlag(QStyle::State_Selected) && !excluded)
        fill = option.palette.color(QPalette::Highlight);
    fill.setAlphaF(excluded ? 0.25F : 0.7F);
    painter.save();
    painter.setClipRect(option.rect);
    const double quarter = room.height() / 4;
    painter.fillRect(from0(*bar.logit, quarter), fill);
    painter.setBrush(Qt::NoBrush);
    const QColor line = colour(option, QPalette::Text);
    for (const auto& [value, style] : {std::pair(bar.full, Qt::SolidLine), std::pair(bar.before, Qt::DotLine)}) {
        if (!value)
            continue;
        painter.setPen(QPen(line, 1, style));
        painter.drawRect(from0(*value, quarter / 2));
    }
    painter.setPen(QPen(colour(option, QPalette::PlaceholderText), 1));
    painter.drawLine(QPointF(zero, room.top()), QPointF(zero, room.bottom()));
    painter.restore();
}

} // namespace ocellus

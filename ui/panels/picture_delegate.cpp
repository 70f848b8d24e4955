// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/picture_delegate.h"

#include <algorithm>

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QPainterPath>

#include "ui/figures/number_text.h"
#include "ui/models/picture_list_model.h"

namespace ocellus {

namespace {

constexpr int Margin = 4;

QColor textColour(const QStyleOptionViewItem& option, QPalette::ColorRole plain)
{
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    return option.palette.color(selected ? QPalette::HighlightedText : plain);
}

QString elided(const QStyleOptionViewItem& option, const QString& text, int width, Qt::TextElideMode mode)
{
    return option.fontMetrics.elidedText(text, mode, width);
}

} // namespace

QSize PictureDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    const int height = std::max(ThumbnailSize.height(), 3 * option.fontMetrics.lineSpacing());
    return {ThumbnailSize.width() + 12 * option.fontMetrics.averageCharWidth(), height + 2 * Margin};
}

void PictureDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QStyle* style = item.widget ? item.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, item.widget);

    painter->save();
    const QRect inner = item.rect.adjusted(Margin, Margin, -Margin, -Margin);
    const QRect thumbnail(inner.topLeft(), QSize(ThumbnailSize.width(), inner.height()));
    paintThumbnail(*painter, thumbnail, item, index);
    paintLines(*painter, inner.adjusted(ThumbnailSize.width() + 2 * Margin, 0, 0, 0), item, index);
    painter->restore();

    if (item.state.testFlag(QStyle::State_HasFocus)) {
        QStyleOptionFocusRect focus;
        focus.QStyleOption::operator=(item);
        style->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, item.widget);
    }
}

void PictureDelegate::paintThumbnail(QPainter& painter, const QRect& box, const QStyleOptionViewItem& option,
                                     const QModelIndex& index) const
{
    const auto image = index.data(Qt::DecorationRole).value<QImage>();
    if (image.isNull()) {
        painter.setPen(option.palette.color(QPalette::Mid));
        painter.setBrush(option.palette.color(QPalette::AlternateBase));
        painter.drawRect(QRect({}, ThumbnailSize).translated(box.topLeft()).adjusted(0, 0, -1, -1));
        return;
    }
    QRect target({}, image.size().scaled(box.size(), Qt::KeepAspectRatio));
    target.moveCenter(box.center());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(target, image);
}

void PictureDelegate::paintLines(QPainter& painter, const QRect& box, const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const
{
    const int height = option.fontMetrics.lineSpacing();
    const auto line = [&](int number) { return QRect(box.left(), box.top() + number * height, box.width(), height); };
    const int flags = Qt::AlignLeft | Qt::AlignVCenter;

    painter.setFont(option.font);
    painter.setPen(textColour(option, QPalette::Text));
    painter.drawText(line(0), flags, elided(option, index.data().toString(), box.width(), Qt::ElideMiddle));

    const QRect rest = paintVerdict(painter, line(1), option, index);
    painter.setPen(textColour(option, QPalette::Text));
    painter.drawText(rest, flags, elided(option, answer(index), rest.width(), Qt::ElideRight));

    const QString doubt = index.data(PictureListModel::DoubtfulRole).toString();
    const QString truth = index.data(PictureListModel::GroundTruthRole).toString();
    painter.setPen(textColour(option, doubt.isEmpty() ? QPalette::PlaceholderText : QPalette::Text));
    const QString last = !doubt.isEmpty()  ? QStringLiteral("\u26a0 ") + doubt
                         : truth.isEmpty() ? QString()
                                           : tr("Folder: %1").arg(truth);
    painter.drawText(line(2), flags, elided(option, last, box.width(), Qt::ElideRight));
}

QRect PictureDelegate::paintVerdict(QPainter& painter, const QRect& line, const QStyleOptionViewItem& option,
                                    const QModelIndex& index) const
{
    const auto verdict = static_cast<PictureListModel::Verdict>(index.data(PictureListModel::VerdictRole).toInt());
    if (verdict == PictureListModel::Verdict::Unknown)
        return line;
    const bool correct = verdict == PictureListModel::Verdict::Correct;
    const double side = option.fontMetrics.ascent() * 0.8;
    const QRectF box(line.left() + 1, line.center().y() - side / 2, side, side);

    QPainterPath mark;
    if (correct) {
        mark.moveTo(box.left(), box.top() + side * 0.55);
        mark.lineTo(box.left() + side * 0.35, box.bottom());
        mark.lineTo(box.right(), box.top());
    } else {
        mark.moveTo(box.topLeft());
        mark.lineTo(box.bottomRight());
        mark.moveTo(box.topRight());
        mark.lineTo(box.bottomLeft());
    }
    // Blue and vermilion of Okabe and Ito's set for colour-blind readers, legible on light and on dark.
    const QColor colour = correct ? QColor(0, 135, 200) : QColor(213, 94, 0);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.strokePath(mark, QPen(selected ? option.palette.color(QPalette::HighlightedText) : colour, 2.2,
                                  Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    return line.adjusted(static_cast<int>(side) + 2 * Margin, 0, 0, 0);
}

QString PictureDelegate::answer(const QModelIndex& index) const
{
    switch (static_cast<PictureListModel::State>(index.data(PictureListModel::StateRole).toInt())) {
    case PictureListModel::State::Waiting: return tr("not classified yet");
    case PictureListModel::State::Failed:
        return tr("Not read: %1").arg(index.data(PictureListModel::ErrorRole).toString());
    case PictureListModel::State::Done: break;
    }
    // The probability comes first: a long name may lose its end, a number may not.
    return QStringLiteral("%1  %2").arg(fixedText(index.data(PictureListModel::ProbabilityRole).toDouble(), 2),
                                        index.data(PictureListModel::PredictionRole).toString());
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/picture_delegate.h"

#include <algorithm>

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QPainterPath>

#include "ui/figures/elided_name.h"
#include "ui/figures/number_text.h"
#include "ui/models/picture_filter_proxy.h"
#include "ui/models/picture_list_model.h"

namespace ocellus {

namespace {

constexpr int Margin = 4;
constexpr int Lines = 3;         // of words in a list; a filmstrip has two
constexpr int StripLetters = 17; // of a name, at least
constexpr int BadgeSide = 15;

QColor textColour(const QStyleOptionViewItem& option, QPalette::ColorRole plain)
{
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    return option.palette.color(selected ? QPalette::HighlightedText : plain);
}

/// ElideNone: it fits.
void drawLine(QPainter& painter, const QRect& line, const QString& text, Qt::TextElideMode mode)
{
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(text, mode, line.width()));
}

/// Of the rows that can be seen together with that one.
QStringList namesAround(const QModelIndex& index, int role)
{
    constexpr int rows = 15;
    QStringList names;
    for (int row = index.row() - rows; row <= index.row() + rows; ++row)
        names += index.siblingAtRow(row).data(role).toString();
    return names;
}

/// Without the ending, and in words, so that it can be shortened as a species' name is.
QString nameOnly(QString file)
{
    const qsizetype dot = file.lastIndexOf(QLatin1Char('.'));
    return file.left(dot > file.lastIndexOf(QLatin1Char('/')) + 1 ? dot : file.size()).replace('_', ' ');
}

/// A tick, a cross, a pencil or an exclamation mark in a box.
enum class Badge { Right, Wrong, Edited, Doubtful };

QColor colourOf(Badge badge)
{
    // Of Okabe and Ito's set for colour-blind readers.
    switch (badge) {
    case Badge::Right: return {0, 114, 178};
    case Badge::Wrong: return {213, 94, 0};
    case Badge::Edited: return {90, 90, 90};
    case Badge::Doubtful: break;
    }
    return {120, 90, 0};
}

QPainterPath markOf(Badge badge, const QRectF& box)
{
    const auto at = [&box](double x, double y) {
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
    };
    QPainterPath mark;
    switch (badge) {
    case Badge::Right:
        mark.moveTo(at(0, 0.55));
        mark.lineTo(at(0.35, 1));
        mark.lineTo(at(1, 0));
        break;
    case Badge::Wrong:
        mark.moveTo(at(0, 0));
        mark.lineTo(at(1, 1));
        mark.moveTo(at(1, 0));
        mark.lineTo(at(0, 1));
        break;
    case Badge::Edited:
        mark.moveTo(at(0, 1));
        mark.lineTo(at(0.1, 0.65));
        mark.lineTo(at(0.8, 0));
        mark.lineTo(at(1, 0.25));
        mark.lineTo(at(0.35, 0.9));
        mark.closeSubpath();
        break;
    case Badge::Doubtful:
        mark.moveTo(at(0.5, 0));
        mark.lineTo(at(0.5, 0.6));
        mark.moveTo(at(0.5, 0.95));
        mark.lineTo(at(0.5, 1));
        break;
    }
    return mark;
}

/// Legible on any picture, light or dark.
void drawBadge(QPainter& painter, const QRect& box, Badge badge)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Qt::white, 1));
    painter.setBrush(colourOf(badge));
    painter.drawEllipse(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5));
    constexpr double inset = BadgeSide * 0.29;
    painter.setBrush(Qt::NoBrush);
    painter.strokePath(markOf(badge, QRectF(box).adjusted(inset, inset, -inset, -inset)),
                       QPen(Qt::white, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
}

} // namespace

int PictureDelegate::leastStripHeight(const QFontMetrics& metrics)
{
    return 2 * Margin + 2 * metrics.lineSpacing() + 40;
}

void PictureDelegate::setStripHeight(int height)
{
    m_stripHeight = height;
    emit sizeHintChanged({}); // of all: views arrange them anew
}

int PictureDelegate::titleHeight(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const bool hasTitle = isStrip() ? m_grouped : !index.data(PictureFilterProxy::GroupTitleRole).toString().isEmpty();
    return hasTitle ? option.fontMetrics.lineSpacing() + Margin : 0;
}

QSize PictureDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const int title = titleHeight(option, index);
    if (isStrip()) {
        const int height = std::max(m_stripHeight, leastStripHeight(option.fontMetrics) + title);
        const int thumbnail = height - title - 2 * Margin - 2 * option.fontMetrics.lineSpacing();
        return {std::max(thumbnail * 4 / 3, StripLetters * option.fontMetrics.averageCharWidth()) + 2 * Margin, height};
    }
    const int height = std::max(ThumbnailSize.height(), Lines * option.fontMetrics.lineSpacing());
    return {ThumbnailSize.width() + 12 * option.fontMetrics.averageCharWidth(), title + height + 2 * Margin};
}

void PictureDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    painter->save();
    if (const int title = titleHeight(item, index); title > 0) {
        QFont bold = item.font;
        bold.setBold(true);
        painter->setFont(bold);
        painter->setPen(item.palette.color(QPalette::Text));
        drawLine(*painter, QRect(item.rect.left() + Margin, item.rect.top(), item.rect.width() - 2 * Margin, title),
                 index.data(PictureFilterProxy::GroupTitleRole).toString(), Qt::ElideLeft);
        item.rect.setTop(item.rect.top() + title);
    }
    const QStyle* style = item.widget ? item.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, item.widget);
    painter->setFont(item.font);
    const QRect inner = item.rect.adjusted(Margin, Margin, -Margin, -Margin);
    isStrip() ? paintInStrip(*painter, inner, item, index) : paintInList(*painter, inner, item, index);
    painter->restore();

    if (item.state.testFlag(QStyle::State_HasFocus)) {
        QStyleOptionFocusRect focus;
        focus.QStyleOption::operator=(item);
        focus.backgroundColor =
            item.palette.color(item.state.testFlag(QStyle::State_Selected) ? QPalette::Highlight : QPalette::Window);
        style->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, item.widget);
    }
}

void PictureDelegate::paintInList(QPainter& painter, const QRect& inner, const QStyleOptionViewItem& option,
                                  const QModelIndex& index) const
{
    paintThumbnail(painter, {inner.topLeft(), QSize(ThumbnailSize.width(), inner.height())}, option, index);
    const QRect words = inner.adjusted(ThumbnailSize.width() + 2 * Margin, 0, 0, 0);
    const int height = option.fontMetrics.lineSpacing();
    const auto line = [&](int number) {
        return QRect(words.left(), words.top() + number * height, words.width(), height);
    };
    painter.setPen(textColour(option, QPalette::Text));
    drawLine(painter, line(0), index.data().toString(), Qt::ElideMiddle);
    drawLine(painter, line(1), answer(index, option.fontMetrics, words.width()), Qt::ElideNone);
    const bool isPlain = index.data(PictureListModel::DoubtfulRole).toString().isEmpty() &&
                         !index.data(PictureListModel::EditedRole).toBool();
    painter.setPen(textColour(option, isPlain ? QPalette::PlaceholderText : QPalette::Text));
    drawLine(painter, line(2), lastLine(index), Qt::ElideMiddle);
}

void PictureDelegate::paintInStrip(QPainter& painter, const QRect& inner, const QStyleOptionViewItem& option,
                                   const QModelIndex& index) const
{
    const int height = option.fontMetrics.lineSpacing();
    paintThumbnail(painter, inner.adjusted(0, 0, 0, -2 * height), option, index);
    const QRect first(inner.left(), inner.bottom() + 1 - 2 * height, inner.width(), height);
    painter.setPen(textColour(option, QPalette::Text));
    drawLine(painter, first, elidedName(nameOnly(index.data().toString()), first.width(), option.fontMetrics),
             Qt::ElideNone);
    painter.setPen(textColour(option, QPalette::PlaceholderText));
    drawLine(painter, first.translated(0, height), answer(index, option.fontMetrics, first.width()), Qt::ElideNone);
}

void PictureDelegate::paintThumbnail(QPainter& painter, const QRect& box, const QStyleOptionViewItem& option,
                                     const QModelIndex& index) const
{
    const auto image = index.data(Qt::DecorationRole).value<QImage>();
    QRect target({}, image.isNull() ? ThumbnailSize : image.size());
    target.setSize(target.size().scaled(box.size(), Qt::KeepAspectRatio));
    target.moveCenter(box.center());
    if (image.isNull()) {
        painter.setPen(option.palette.color(QPalette::Mid));
        painter.setBrush(option.palette.color(QPalette::AlternateBase));
        painter.drawRect(target.adjusted(0, 0, -1, -1));
    } else {
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(target, image);
    }
    paintBadges(painter, target, index);
}

void PictureDelegate::paintBadges(QPainter& painter, const QRect& box, const QModelIndex& index)
{
    QRect place(box.topLeft() + QPoint(2, 2), QSize(BadgeSide, BadgeSide));
    const auto add = [&](Badge badge) {
        drawBadge(painter, place, badge);
        place.translate(BadgeSide + 2, 0);
    };
    const auto verdict = static_cast<PictureListModel::Verdict>(index.data(PictureListModel::VerdictRole).toInt());
    if (verdict != PictureListModel::Verdict::Unknown)
        add(verdict == PictureListModel::Verdict::Correct ? Badge::Right : Badge::Wrong);
    if (index.data(PictureListModel::EditedRole).toBool())
        add(Badge::Edited);
    const bool failed =
        index.data(PictureListModel::StateRole).toInt() == static_cast<int>(PictureListModel::State::Failed);
    if (failed || !index.data(PictureListModel::DoubtfulRole).toString().isEmpty())
        add(Badge::Doubtful);
}

QString PictureDelegate::answer(const QModelIndex& index, const QFontMetrics& metrics, int width) const
{
    // A long name may lose letters, a number may not.
    const auto said = [&](int probabilityRole, int nameRole, const QString& of = {}) {
        const QString number = of + fixedText(index.data(probabilityRole).toDouble(), 2) + QStringLiteral("  ");
        const QString name = index.data(nameRole).toString();
        const int room = width - metrics.horizontalAdvance(number);
        return number +
               elidedName(name, room, metrics,
                          metrics.horizontalAdvance(name) > room ? namesAround(index, nameRole) : QStringList());
    };
    const auto cut = [&](const QString& text) { return metrics.elidedText(text, Qt::ElideRight, width); };
    // A filmstrip has one line for the answer: the one that the maps on the screen explain.
    if (isStrip() && !index.data(PictureListModel::EditedPredictionRole).toString().isEmpty())
        return said(PictureListModel::EditedProbabilityRole, PictureListModel::EditedPredictionRole);
    const auto state = static_cast<PictureListModel::State>(index.data(PictureListModel::StateRole).toInt());
    const bool isEdited = index.data(PictureListModel::EditedRole).toBool();
    // Nor is it that of the file, which would be taken for the edited picture's.
    if (isStrip() && isEdited && (state == PictureListModel::State::Waiting || state == PictureListModel::State::Done))
        return cut(PictureListModel::notAskedText());
    switch (state) {
    case PictureListModel::State::Waiting: return cut(isStrip() ? tr("waiting") : tr("not classified yet"));
    case PictureListModel::State::Failed:
        return cut(tr("Not read: %1").arg(index.data(PictureListModel::ErrorRole).toString()));
    case PictureListModel::State::None: return {};
    case PictureListModel::State::Done: break;
    }
    return said(PictureListModel::ProbabilityRole, PictureListModel::PredictionRole,
                isEdited ? tr("unedited: ") : QString());
}

QString PictureDelegate::lastLine(const QModelIndex& index) const
{
    if (index.data(PictureListModel::EditedRole).toBool()) {
        const QString edited = index.data(PictureListModel::EditedPredictionRole).toString();
        const bool isAsked =
            index.data(PictureListModel::StateRole).toInt() != static_cast<int>(PictureListModel::State::None);
        return edited.isEmpty()
                   ? (isAsked ? PictureListModel::notAskedText() : tr("edited"))
                   : tr("edited: %1  %2")
                         .arg(fixedText(index.data(PictureListModel::EditedProbabilityRole).toDouble(), 2), edited);
    }
    if (const QString doubt = index.data(PictureListModel::DoubtfulRole).toString(); !doubt.isEmpty())
        return doubt;
    const QString truth = index.data(PictureListModel::GroundTruthRole).toString();
    return truth.isEmpty() ? QString() : tr("Folder: %1").arg(truth);
}

} // namespace ocellus

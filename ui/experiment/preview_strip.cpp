// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experiment/preview_strip.h"

#include <algorithm>

#include <QPainter>

#include "ui/widgets/room_sharing.h"

namespace ocellus {

namespace {

constexpr int AtLeast = 3; // pairs that there is room for
constexpr int Gap = 8;
constexpr int LeastHeight = 120;
constexpr double StaleOpacity = 0.4;

void drawInside(QPainter& painter, const QRect& place, const QImage& image)
{
    QRect target({}, image.size().scaled(place.size(), Qt::KeepAspectRatio));
    target.moveCenter(place.center());
    painter.drawImage(target, image);
}

} // namespace

PreviewStrip::PreviewStrip(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Preview of the edit"));
}

void PreviewStrip::setPairs(const std::vector<PreviewPair>& pairs)
{
    m_pairs = pairs;
    m_note.clear();
    m_stale = false;
    QStringList words;
    for (const PreviewPair& pair : pairs)
        words << pair.name + QStringLiteral(": ") + pair.answer;
    setAccessibleDescription(words.join('\n'));
    update();
}

void PreviewStrip::setNote(const QString& note)
{
    m_pairs.clear();
    m_note = note;
    m_stale = false;
    setAccessibleDescription(note);
    update();
}

void PreviewStrip::setStale(bool stale)
{
    m_stale = stale && !m_pairs.empty();
    update();
}

QSize PreviewStrip::sizeHint() const
{
    return {3 * 2 * LeastHeight, 220};
}

QSize PreviewStrip::minimumSizeHint() const
{
    return {LeastHeight, LeastHeight};
}

void PreviewStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (m_pairs.empty()) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(rect(), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_note);
        return;
    }
    // Room for all from the first on, so that nothing moves when the others come.
    const auto count = static_cast<int>(m_pairs.size());
    const QSize one = m_pairs.front().before.isNull() ? QSize(1, 1) : m_pairs.front().before.size();
    const TileFit fit = fitTiles(size(), std::max(AtLeast, count), {2.0 * one.width(), double(one.height())},
                                 {Gap / 2.0, double(wordsHeight())}, Gap);
    const QSize place((width() - (fit.columns - 1) * Gap) / fit.columns, (height() - (fit.rows - 1) * Gap) / fit.rows);
    for (int i = 0; i < count; ++i) {
        const QPoint topLeft(i % fit.columns * (place.width() + Gap), i / fit.columns * (place.height() + Gap));
        drawPair(painter, {topLeft, place}, m_pairs[static_cast<std::size_t>(i)]);
    }
}

/// Of a pair's name and answer, below its pictures.
int PreviewStrip::wordsHeight() const
{
    return 2 * fontMetrics().height() + Gap / 2;
}

void PreviewStrip::drawPair(QPainter& painter, const QRect& place, const PreviewPair& pair) const
{
    const int line = fontMetrics().height();
    // Left-aligned, so that the words stand below the picture that they are about.
    const QRect room(place.left(), place.top(), place.width(), place.height() - wordsHeight());
    int below = room.top();
    if (!pair.before.isNull()) {
        const QSize each = pair.before.size().scaled((room.width() - Gap / 2) / 2, room.height(), Qt::KeepAspectRatio);
        painter.setOpacity(m_stale ? StaleOpacity : 1);
        drawInside(painter, {room.topLeft(), each}, pair.before);
        drawInside(painter, {room.topLeft() + QPoint(each.width() + Gap / 2, 0), each}, pair.after);
        painter.setOpacity(1);
        below += each.height() + Gap / 2;
    }
    const auto write = [&](int top, const QString& text, QPalette::ColorRole role) {
        painter.setPen(palette().color(role));
        painter.drawText(QRect(place.left(), top, place.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(text, Qt::ElideMiddle, place.width()));
    };
    write(below, pair.name, QPalette::WindowText);
    write(below + line, pair.answer, QPalette::PlaceholderText);
}

} // namespace ocellus

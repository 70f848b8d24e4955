// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tile_caption.h"

#include <cmath>

#include <QFontMetricsF>
#include <QPalette>

#include "ui/figures/figure_text.h"
#include "ui/widgets/tint.h"

namespace ocellus {

namespace {

constexpr double inset = 4;
constexpr double smallestShare = 0.6; ///< of the text's size, before numbers give way

double stripHeight(const QFont& font)
{
    return std::ceil(QFontMetricsF(font).height()) + 4;
}

QFont bold(QFont font)
{
    font.setBold(true);
    return font;
}

} // namespace

TileCaption::TileCaption(const Explanation& explanation, const TileMap* tile)
{
    if (const QStringList banners = FigureText::banners(explanation); !banners.isEmpty())
        m_banners += banners.join(QStringLiteral(" · "));
    if (!tile) {
        m_words = {{explanation.pictureName, {}}};
        return;
    }
    if (explanation.style.perMapStretch)
        m_banners += FigureText::stretched(tile->range);
    const QString peak = FigureText::extremes(*tile);
    const QString shortName = tile->isMean ? tile->title : QString::number(tile->head + 1);
    const QString gap(QStringLiteral("  "));
    if (!tile->peakScore) {
        m_words = {{tile->title, FigureText::peak(*tile)}, {shortName, peak}, {shortName, {}}};
        addNote(*tile);
        return;
    }
    const QString score = FigureText::number(*tile->peakScore);
    m_words = {{tile->title, FigureText::peak(*tile) + gap + FigureText::score(*tile)},
               {tile->title, peak + gap + FigureText::score(*tile)},
               {shortName, peak + gap + FigureText::score(*tile)},
               {shortName, peak + gap + score},
               {shortName, {}}};
    addNote(*tile);
}

void TileCaption::addNote(const TileMap& tile)
{
    if (tile.note.isEmpty())
        return;
    const QString named = tile.title + QStringLiteral(": ") + tile.note;
    m_words.insert(m_words.begin(), {named, m_words.front().numbers});
}

double TileCaption::height(const QFont& font) const
{
    return m_words.empty() ? 0 : stripHeight(font) * static_cast<double>(1 + m_banners.size());
}

QString TileCaption::title() const
{
    if (m_words.empty())
        return {};
    const Words& words = m_words.front();
    return words.numbers.isEmpty() ? words.name
                                   : words.name + QStringLiteral(", ") +
                                         QString(words.numbers).replace(QStringLiteral("  "), QStringLiteral(", "));
}

void TileCaption::paint(QPainter& painter, const QRectF& strips, const QPalette& palette, bool selected) const
{
    if (m_words.empty())
        return;
    const QRectF first(strips.left(), strips.top(), strips.width(), stripHeight(painter.font()));
    painter.fillRect(first, palette.color(selected ? QPalette::Highlight : QPalette::Button));
    painter.setPen(palette.color(selected ? QPalette::HighlightedText : QPalette::ButtonText));
    paintTitle(painter, first.adjusted(inset, 0, -inset, 0));
    paintBanners(painter, first.translated(0, first.height()), palette);
}

void TileCaption::paintBanners(QPainter& painter, QRectF strip, const QPalette& palette) const
{
    painter.setPen(palette.color(QPalette::WindowText));
    const QFontMetricsF metrics(painter.font());
    for (const QString& banner : m_banners) {
        painter.fillRect(strip, tint(palette, Tint::Warning));
        const QRectF inner = strip.adjusted(inset, 0, -inset, 0);
        painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                         metrics.elidedText(banner, Qt::ElideRight, inner.width()));
        strip.translate(0, strip.height());
    }
}

void TileCaption::paintTitle(QPainter& painter, const QRectF& strip) const
{
    const QFont normal = painter.font();
    const auto width = [](const Words& words, const QFont& font) {
        const double numbers =
            words.numbers.isEmpty() ? 0 : QFontMetricsF(font).horizontalAdvance(words.numbers) + 2 * inset;
        return QFontMetricsF(bold(font)).horizontalAdvance(words.name) + numbers;
    };
    std::size_t chosen = 0;
    while (chosen + 1 < m_words.size() && width(m_words[chosen], normal) > strip.width())
        ++chosen;
    // Numbers in small print rather than a map without them.
    QFont font = normal;
    if (chosen > 0 && m_words[chosen].numbers.isEmpty()) {
        const double needed = width(m_words[chosen - 1], normal);
        const double shrunk = normal.pointSizeF() * strip.width() / needed;
        if (shrunk >= smallestShare * normal.pointSizeF()) {
            --chosen;
            font.setPointSizeF(shrunk);
        }
    }
    const Words& words = m_words[chosen];
    constexpr int flags = Qt::AlignVCenter | Qt::TextSingleLine;
    painter.setFont(font);
    painter.drawText(strip, flags | Qt::AlignRight, words.numbers);
    painter.setFont(bold(font));
    painter.drawText(strip, flags | Qt::AlignLeft,
                     QFontMetricsF(painter.font()).elidedText(words.name, Qt::ElideMiddle, strip.width()));
    painter.setFont(normal);
}

} // namespace ocellus

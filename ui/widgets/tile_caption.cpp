// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tile_caption.h"

#include <algorithm>
#include <cmath>

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPalette>

#include "ui/figures/evidence_text.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/prototype_text.h"

namespace ocellus {

namespace {

constexpr double inset = 4;

QFont bold(QFont font)
{
    font.setBold(true);
    return font;
}

/// "P53", "N28": where there is no room for "Prototype 53".
QString shortName(const MapSource::Part& part)
{
    return part.node < 0 ? QCoreApplication::translate("ocellus::TileCaption", "P%1", "a prototype").arg(part.prototype)
                         : QCoreApplication::translate("ocellus::TileCaption", "N%1", "a node").arg(part.node);
}

/// A tile as wide in words as any beside it, so that all of them choose alike.
TileMap widest(const TileMap& tile, int heads)
{
    TileMap wide = tile;
    if (wide.part) {
        wide.part->similarity = 8.88;
        wide.part->weight = wide.part->node < 0 ? -0.88 : 0.88;
    } else if (!tile.isMean) {
        wide.title = FigureText::head(heads - 1);
    }
    wide.head = heads - 1;
    wide.peak = 0.88F;
    wide.range = {0.88F, 0.88F};
    if (tile.trough)
        wide.trough = -0.88F;
    if (tile.peakScore)
        wide.peakScore = -88.88F;
    if (tile.shares)
        wide.shares = MapSource::Shares{0, 0.12};
    if (tile.isMean && !tile.unit.isEmpty()) // a source's, which stands alone
        return tile;
    return wide;
}

} // namespace

TileCaption::TileCaption(const Explanation& explanation, const TileMap* tile)
    : m_banners(FigureText::banners(explanation))
{
    if (!tile) {
        m_words = m_widest = {{explanation.pictureName, {}}};
        return;
    }
    const bool isStretched = explanation.style.perMapStretch;
    if (isStretched)
        m_banners += FigureText::stretched(tile->range);
    m_standing = standingOf(explanation, *tile);
    m_note = tile->note;
    m_shares = FigureText::shares(*tile);
    m_rank = FigureText::blurRank(*tile, explanation.heads());
    m_words = wordsOf(*tile, isStretched);
    m_widest = wordsOf(widest(*tile, explanation.heads()), isStretched);
}

std::vector<TileCaption::Words> TileCaption::wordsOf(const TileMap& tile, bool isStretched)
{
    const QString peak = isStretched ? FigureText::stretched(tile.range) : FigureText::peak(tile);
    const QString shortPeak = isStretched ? peak : FigureText::extremes(tile);
    // A head has one name in tiles of every width, so that numbers go before letters of it.
    const QString gap(QStringLiteral("  "));
    const QString held = FigureText::held(tile);
    std::vector<Words> words;
    if (tile.part && !tile.trough) {
        if (isStretched)
            words.push_back({tile.title, peak + gap + PrototypeText::numbers(*tile.part)});
        const QStringList numbers = PrototypeText::shorterNumbers(*tile.part);
        for (const QString& shorter : numbers)
            words.push_back({tile.title, shorter});
        // Where not all numbers fit beside the whole name, they are worth more than its letters.
        const Words last = words.back();
        words.pop_back();
        words.push_back({shortName(*tile.part), words.back().numbers});
        words.push_back(last);
        words.push_back({tile.title, {}});
        return words;
    }
    // How much a map holds is worth more than its score: a sharp one can hold little.
    if (!held.isEmpty()) {
        const QString score = tile.peakScore ? gap + FigureText::score(tile) : QString();
        words = {{tile.title, peak + score + gap + held}, {tile.title, shortPeak + gap + held}, {tile.title, held}};
    } else {
        if (tile.peakScore)
            words = {{tile.title, peak + gap + FigureText::score(tile)},
                     {tile.title, shortPeak + gap + FigureText::score(tile)},
                     {tile.title, shortPeak + gap + FigureText::number(*tile.peakScore)}};
        else
            words = {{tile.title, peak}};
        words.push_back({tile.title, shortPeak});
    }
    words.push_back({tile.title, {}});
    return words;
}

double TileCaption::height(const QFont& font) const
{
    return m_words.empty() ? 0 : std::ceil(QFontMetricsF(font).height()) + 4;
}

QString TileCaption::title() const
{
    if (m_words.empty())
        return {};
    const Words& words = m_words.front();
    QStringList parts{m_note.isEmpty() ? words.name : words.name + QStringLiteral(": ") + m_note,
                      QString(words.numbers).replace(QStringLiteral("  "), QStringLiteral(", ")), m_rank};
    if (m_standing.importance)
        parts += QCoreApplication::translate("ocellus::TileCaption", "worth %1 of the logit")
                     .arg(FigureText::number(static_cast<double>(*m_standing.importance)));
    if (m_standing.verdict)
        parts += EvidenceText::verdict(*m_standing.verdict);
    parts.removeAll(QString());
    const QString title = parts.join(QStringLiteral(", "));
    return m_shares.isEmpty() ? title : title + QLatin1Char('\n') + m_shares;
}

const TileCaption::Words& TileCaption::chosen(const QFont& font, double width) const
{
    const QFontMetricsF numbers(font), names(bold(font));
    const auto fits = [&](const Words& words) {
        return names.horizontalAdvance(words.name) + 2 * inset + numbers.horizontalAdvance(words.numbers) <= width;
    };
    const auto found = std::ranges::find_if(m_widest, fits);
    const auto at = std::min<std::ptrdiff_t>(found - m_widest.begin(), std::ssize(m_words) - 1);
    return m_words[static_cast<std::size_t>(at)];
}

void TileCaption::paint(QPainter& painter, const QRectF& tile, const QPalette& palette, bool selected,
                        const QString& pointed) const
{
    if (m_words.empty())
        return;
    const QRectF strip(tile.left(), tile.top(), tile.width(), height(painter.font()));
    painter.fillRect(strip, palette.color(selected ? QPalette::Highlight : QPalette::Button));
    painter.setPen(palette.color(selected ? QPalette::HighlightedText : QPalette::ButtonText));
    const QRectF inner = strip.adjusted(inset, 0, -inset, 0);
    const QFont normal = painter.font();
    const Words& words = chosen(normal, inner.width());
    const QString numbers = pointed.isEmpty() ? words.numbers : pointed;
    constexpr int flags = Qt::AlignVCenter | Qt::TextSingleLine;
    painter.drawText(inner, flags | Qt::AlignRight, numbers);
    const double room =
        inner.width() - (numbers.isEmpty() ? 0 : QFontMetricsF(normal).horizontalAdvance(numbers) + 2 * inset);
    // A note stands where there is room for some of it.
    const bool isShort = &words != &m_words.front();
    QString name = m_note.isEmpty() || isShort ? words.name : words.name + QStringLiteral(": ") + m_note;
    if (m_standing.verdict)
        name.prepend(EvidenceText::mark(*m_standing.verdict) + QLatin1Char(' '));
    painter.setFont(bold(normal));
    painter.drawText(inner, flags | Qt::AlignLeft,
                     QFontMetricsF(painter.font()).elidedText(name, Qt::ElideMiddle, room));
    painter.setFont(normal);
    if (m_standing.importance)
        paintImportance(painter, strip, palette.color(selected ? QPalette::HighlightedText : QPalette::ButtonText));
}

/// A signed bar along the strip's lower edge, from the middle: to the right what the head adds to the class.
void TileCaption::paintImportance(QPainter& painter, const QRectF& strip, const QColor& colour) const
{
    constexpr double thickness = 2, widest = 0.5;
    const double middle = strip.center().x();
    const double length = widest * strip.width() * static_cast<double>(m_standing.importanceShare);
    QColor faint = colour;
    faint.setAlphaF(0.3F);
    painter.fillRect(QRectF(middle - 0.5, strip.bottom() - 2 * thickness, 1, 2 * thickness), faint);
    painter.fillRect(QRectF(std::min(middle, middle + length), strip.bottom() - thickness, std::abs(length), thickness),
                     colour);
}

} // namespace ocellus

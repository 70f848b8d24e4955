// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/plate_caption.h"

#include <algorithm>

#include <QCoreApplication>

#include "ui/figures/evidence_text.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/map_evidence.h"
#include "ui/figures/number_text.h"
#include "ui/figures/shown_text.h"

namespace ocellus {

namespace {

constexpr int mostTold = 60; ///< tiles that are told one by one

/// Makes the sentences of one plate's caption.
class Caption {
    Q_DECLARE_TR_FUNCTIONS(ocellus::PlateCaption)

public:
    explicit Caption(const Plate& plate) : m_plate(plate) {}

    QString text();

private:
    enum class Start { Capital, AsItIs }; ///< names of files and classes stay as they are
    void addSentence(QString words, Start start = Start::Capital);
    QString named(const QString& words) const;
    static QString labelled(const QString& label, const QString& words);
    void addRows();
    QString tileText(const PlateTile& tile) const;
    void addStates();
    void addColours(bool ofDifference);
    void addMarks();
    void addScaleBar();
    void addModel();

    const Plate& m_plate;
    QStringList m_sentences;
};

void Caption::addSentence(QString words, Start start)
{
    words = words.simplified();
    if (words.isEmpty())
        return;
    if (start == Start::Capital)
        words = atBeginning(words);
    m_sentences += words.endsWith('.') ? words : words + '.';
}

/// Class names as the figure has them, and the model's index after them.
QString Caption::named(const QString& words) const
{
    QString result, rest = shownText(words).simplified();
    for (NamePlace found = firstName(rest, m_plate.names); found.name; found = firstName(rest, m_plate.names)) {
        const bool hasName = found.length > QString::number(found.name->classIndex).size();
        result += rest.left(found.at);
        result += hasName ? tr("%1 (class %2)").arg(found.name->name).arg(found.name->classIndex) : found.name->name;
        rest = rest.mid(found.at + found.length);
        if (!hasName)
            break; // what else is a number is none of a class
    }
    return result + rest;
}

QString Caption::labelled(const QString& label, const QString& words)
{
    return label.isEmpty() ? words : QStringLiteral("(%1) %2").arg(label, words);
}

QString Caption::text()
{
    if (m_plate.isEmpty())
        return {};
    addSentence(named(m_plate.title), Start::AsItIs);
    addRows();
    addStates();
    addColours(false);
    addColours(true);
    addMarks();
    addScaleBar();
    addModel();
    return shownText(m_sentences.join(' '));
}

/// A sentence a row: its title, what was predicted, its states and its tiles.
void Caption::addRows()
{
    int tiles = 0;
    for (const PlateRow& row : m_plate.rows) {
        QStringList parts, told;
        const bool isNamed = m_plate.rows.size() > 1 || !m_plate.title.contains(row.title);
        if (isNamed)
            parts += labelled(row.label, named(row.title));
        parts += row.details;
        parts += row.states;
        for (const PlateTile& tile : row.tiles)
            if (!tile.isEmpty() && ++tiles <= mostTold)
                told += tileText(tile);
        const QString words = told.join(QStringLiteral("; "));
        parts.removeAll(QString());
        const QString about = parts.join(QStringLiteral(", "));
        addSentence(about.isEmpty() || words.isEmpty() ? about + words : QStringLiteral("%1: %2").arg(about, words),
                    isNamed ? Start::AsItIs : Start::Capital);
    }
    if (tiles > mostTold)
        addSentence(tr("and %n more", nullptr, tiles - mostTold));
}

QString Caption::tileText(const PlateTile& tile) const
{
    QStringList parts{labelled(tile.label, named(tile.title))};
    if (tile.explanation && tile.map)
        if (const auto verdict = standingOf(*tile.explanation, *tile.map).verdict)
            parts += EvidenceText::verdict(*verdict);
    if (!tile.explanation)
        parts += tile.words;
    if (tile.map) {
        parts += tile.map->note;
        parts += FigureText::peak(*tile.map);
        parts += FigureText::score(*tile.map);
        parts += FigureText::held(*tile.map);
        if (tile.explanation && !tile.explanation->isEmpty())
            parts += FigureText::blurRank(*tile.map, tile.explanation->heads());
        if (tile.explanation && tile.explanation->style.perMapStretch)
            parts += FigureText::stretched(tile.map->range);
    }
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

void Caption::addStates()
{
    std::vector<const Explanation*> explanations;
    for (const PlateRow& row : m_plate.rows)
        for (const PlateTile& tile : row.tiles)
            if (tile.explanation && !(tile.map && tile.map->trough))
                explanations.push_back(tile.explanation.get());
    const QStringList changes = FigureText::changes(explanations);
    for (const QString& state : m_plate.states)
        if (!changes.contains(state))
            addSentence(state);
    for (const QString& change : changes)
        addSentence(change);
}

void Caption::addColours(bool ofDifference)
{
    const PlateTile* tile = m_plate.firstMap(ofDifference);
    if (!tile)
        return;
    const MapStyle& style = tile->explanation->style;
    QString drawing = FigureText::drawing(*tile->explanation, m_plate.hasOneScale);
    if (m_plate.hasOneScale)
        addSentence(FigureText::scaleMeaning(style, tile->explanation->unit()));
    addSentence(tr("drawn as %1").arg(drawing.replace(QStringLiteral(" · "), QStringLiteral(", "))));
    if (style.perMapStretch || !m_plate.hasOneScale)
        return;
    const Range& range = tile->map->range;
    const auto end = [&](float value) {
        return FigureText::scaleValue(style, static_cast<double>(value), tile->explanation->unit());
    };
    addSentence(tr("colours from %1 to %2").arg(end(range.low), end(range.high)));
}

void Caption::addMarks()
{
    for (const PlateRow& row : m_plate.rows)
        for (const PlateTile& tile : row.tiles)
            if (tile.explanation && tile.map && !markOf(*tile.explanation, *tile.map).isEmpty()) {
                addSentence(markLegend(*tile.explanation));
                return;
            }
}

void Caption::addScaleBar()
{
    for (const PlateRow& row : m_plate.rows)
        for (const PlateTile& tile : row.tiles) {
            if (tile.millimetresPerPixel <= 0)
                continue;
            const QString size = generalText(tile.millimetresPerPixel / tile.explanation->shrunk, 4);
            addSentence(m_plate.options.scale == PlateOptions::Scale::OfFile
                            ? tr("scale bar: %1 mm a pixel, as the picture's file says").arg(size)
                            : tr("scale bar: %1 mm a pixel").arg(size));
            return;
        }
}

void Caption::addModel()
{
    for (const PlateRow& row : m_plate.rows)
        for (const PlateTile& tile : row.tiles)
            if (tile.explanation) {
                QString made = FigureText::madeBy(*tile.explanation);
                addSentence(tr("made with %1").arg(made.replace(QStringLiteral(" · "), QStringLiteral("; "))));
                return;
            }
}

} // namespace

QString captionOf(const Plate& plate)
{
    return Caption(plate).text();
}

} // namespace ocellus

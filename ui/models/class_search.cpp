// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/class_search.h"

#include <algorithm>

#include "core/data/class_table.h"

namespace ocellus {

namespace {

constexpr qsizetype ShortestWithError = 4;

/// Letters that no decomposition takes apart, as they are typed without their strokes.
QString plainLetter(QChar letter)
{
    switch (letter.unicode()) {
    case u'\u00e6': return QStringLiteral("ae");
    case u'\u0153': return QStringLiteral("oe");
    case u'\u00f8': return QStringLiteral("o");
    case u'\u0111': return QStringLiteral("d");
    case u'\u0142': return QStringLiteral("l");
    case u'\u0131': return QStringLiteral("i");
    default: return letter;
    }
}

/// Lower case, without accents and apostrophes; whatever else is no letter and no digit is a space, and there are no
/// two in a row.
QString folded(const QString& text)
{
    QString plain;
    for (const QChar letter : text.toCaseFolded().normalized(QString::NormalizationForm_KD)) {
        if (letter.isMark() || letter == QLatin1Char('\'') || letter == QChar(u'\u2019'))
            continue;
        if (letter.isLetterOrNumber() || letter.isSurrogate())
            plain += plainLetter(letter);
        else if (!plain.isEmpty() && !plain.endsWith(QLatin1Char(' ')))
            plain += QLatin1Char(' ');
    }
    return plain.trimmed();
}

/// Whether `word` begins with `typed`, one error allowed (Damerau 1964).
bool beginsNearly(QStringView word, QStringView typed)
{
    const auto [inWord, inTyped] = std::ranges::mismatch(word, typed);
    if (inTyped == typed.end())
        return true;
    const QStringView restOfWord = word.mid(inWord - word.begin());
    const QStringView restOfTyped = typed.mid(inTyped - typed.begin());
    const bool changedPlaces = restOfWord.size() > 1 && restOfTyped.size() > 1 && restOfWord[0] == restOfTyped[1] &&
                               restOfWord[1] == restOfTyped[0] && restOfWord.mid(2).startsWith(restOfTyped.mid(2));
    return changedPlaces || restOfWord.mid(1).startsWith(restOfTyped.mid(1)) || // wrong
           restOfWord.mid(1).startsWith(restOfTyped) ||                         // missing
           restOfWord.startsWith(restOfTyped.mid(1));                           // too many
}

} // namespace

void ClassSearch::setTexts(const QStringList& texts)
{
    m_entries.clear();
    m_entries.reserve(static_cast<std::size_t>(texts.size()));
    for (const QString& text : texts) {
        Entry entry{folded(text), {}};
        for (qsizetype begin = 0; begin < entry.text.size();) {
            const qsizetype space = entry.text.indexOf(QLatin1Char(' '), begin);
            const qsizetype end = space < 0 ? entry.text.size() : space;
            entry.words.push_back({begin, end - begin});
            begin = end + 1;
        }
        m_entries.push_back(std::move(entry));
    }
}

bool ClassSearch::occurs(const Entry& entry, const QString& word) const
{
    return entry.text.contains(word);
}

bool ClassSearch::nearlyOccurs(const Entry& entry, const QString& word) const
{
    return std::ranges::any_of(entry.words, [&](const Word& place) {
        return beginsNearly(QStringView(entry.text).mid(place.begin, place.length), word);
    });
}

std::vector<bool> ClassSearch::find(const QString& query) const
{
    std::vector<bool> found(m_entries.size(), true);
    const auto keepThose = [&](auto matches, const QString& word) {
        for (std::size_t i = 0; i < m_entries.size(); ++i)
            found[i] = found[i] && (this->*matches)(m_entries[i], word);
    };
    const QString words = folded(QString::fromStdString(displayName(query.toStdString())));
    if (words.isEmpty() && !query.trimmed().isEmpty())
        return std::vector<bool>(m_entries.size(), false);
    for (const QString& word : words.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const bool isAnywhere = std::ranges::any_of(m_entries, [&](const Entry& entry) { return occurs(entry, word); });
        keepThose(isAnywhere || word.size() < ShortestWithError ? &ClassSearch::occurs : &ClassSearch::nearlyOccurs,
                  word);
    }
    return found;
}

} // namespace ocellus

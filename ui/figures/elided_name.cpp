// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/elided_name.h"

#include <algorithm>

#include <QRegularExpression>

namespace ocellus {

namespace {

constexpr QChar dots(0x2026);

/// How many characters both begin with, or end with.
qsizetype sharedStart(const QString& a, const QString& b)
{
    return std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin();
}

qsizetype sharedEnd(const QString& a, const QString& b)
{
    return std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend()).first - a.rbegin();
}

/// An index before the name tells nothing of what differs in it.
QString withoutIndex(const QString& name)
{
    static const QRegularExpression index(QStringLiteral("^\\d+ "));
    return QString(name).remove(index);
}

/// Those whose elided text is the same. Few are measured: what is left of a name's end must be theirs too.
QStringList lookingLike(const QString& name, const QString& text, double width, const QFontMetricsF& metrics,
                        const QStringList& others)
{
    const QString end = text.mid(std::max(text.lastIndexOf(dots), text.lastIndexOf(QLatin1Char('.'))) + 1);
    QStringList alike;
    for (const QString& other : others)
        if (other != name && other.endsWith(end) && elidedName(other, width, metrics) == text)
            alike += other;
    return alike;
}

/// The shared start and end are cut to what fits beside the middle.
QString aroundMiddle(const QString& name, qsizetype start, qsizetype end, double width, const QFontMetricsF& metrics)
{
    const QString middle = name.mid(start, name.size() - start - end);
    qsizetype head = start, tail = end;
    const auto text = [&] {
        return name.left(head) + (head < start ? QString(dots) : QString()) + middle +
               (tail < end ? QString(dots) : QString()) + name.right(tail);
    };
    while ((head > 1 || tail > 0) && metrics.horizontalAdvance(text()) > width) {
        if (head > 1 && head >= tail)
            --head;
        else
            --tail;
    }
    return metrics.elidedText(text(), Qt::ElideRight, width);
}

} // namespace

QString elidedName(const QString& name, double width, const QFontMetricsF& metrics)
{
    const auto fits = [&](const QString& text) { return metrics.horizontalAdvance(text) <= width; };
    if (fits(name))
        return name;
    // "var." and the like stand before an epithet.
    static const QRegularExpression latin(
        QStringLiteral("^((?:\\d+ )?)(\\p{Lu}\\p{Ll}+)((?: (?:\\p{Ll}[\\p{Ll}-]*\\.?|\u00d7))+)$"));
    const QRegularExpressionMatch match = latin.match(name);
    if (!match.hasMatch())
        return metrics.elidedText(name, Qt::ElideMiddle, width);
    const QString index = match.captured(1), genus = match.captured(2), epithet = match.captured(3);
    constexpr qsizetype shortest = 3; // letters of a genus that say more than its first one
    for (qsizetype length = genus.size() - 2; length >= shortest; --length)
        if (const QString text = index + genus.left(length) + dots + epithet; fits(text))
            return text;
    const QString initial = genus.left(1) + QLatin1Char('.') + epithet;
    return fits(index + initial) ? index + initial : metrics.elidedText(initial, Qt::ElideMiddle, width);
}

QString elidedName(const QString& name, double width, const QFontMetricsF& metrics, const QStringList& others)
{
    const QString text = elidedName(name, width, metrics);
    if (text == name)
        return name;
    const QStringList alike = lookingLike(name, text, width, metrics, others);
    if (alike.isEmpty())
        return text;
    const QString bare = withoutIndex(name);
    qsizetype start = bare.size(), end = bare.size(), shortest = bare.size();
    for (const QString& indexed : alike) {
        const QString other = withoutIndex(indexed);
        if (other == bare) // the index alone tells them apart
            return metrics.elidedText(name, Qt::ElideMiddle, width);
        start = std::min(start, sharedStart(bare, other));
        end = std::min(end, sharedEnd(bare, other));
        shortest = std::min(shortest, other.size());
    }
    return aroundMiddle(bare, start, std::min(end, shortest - start), width, metrics);
}

QString elidedCaption(const QString& caption, double width, const QFontMetricsF& metrics, const QStringList& others)
{
    constexpr double leastOfNames = 0.45; // of the width
    const QString between = QStringLiteral(" \u00b7 "), comma = QStringLiteral(", ");
    QStringList names = caption.split(between);
    if (metrics.horizontalAdvance(caption) <= width)
        return caption;
    if (names.size() < 2)
        return metrics.elidedText(caption, Qt::ElideMiddle, width);
    QStringList facts = names.takeLast().split(comma);
    const auto room = [&] { return width - metrics.horizontalAdvance(between + facts.join(comma)); };
    while (!facts.isEmpty() && room() < leastOfNames * width && room() < metrics.horizontalAdvance(names.join(between)))
        facts.removeFirst();
    double left = facts.isEmpty() ? width : room();
    left -= metrics.horizontalAdvance(between) * static_cast<double>(names.size() - 1);
    QStringList shown, theirNames;
    for (const QString& other : others)
        theirNames += other.split(between);
    for (qsizetype i = 0; i < names.size(); ++i) {
        shown += elidedName(names[i], left / static_cast<double>(names.size() - i), metrics, theirNames);
        left -= metrics.horizontalAdvance(shown.last());
    }
    shown.removeAll(QString());
    if (!facts.isEmpty())
        shown += facts.join(comma);
    return shown.join(between);
}

} // namespace ocellus

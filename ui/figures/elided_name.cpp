// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/elided_name.h"

#include <QRegularExpression>

namespace ocellus {

QString elidedName(const QString& name, double width, const QFontMetricsF& metrics)
{
    const auto fits = [&](const QString& text) { return metrics.horizontalAdvance(text) <= width; };
    if (fits(name))
        return name;
    static const QRegularExpression latin(QStringLiteral("^((?:\\d+ )?)(\\p{Lu}\\p{Ll}+)((?: \\p{Ll}[\\p{Ll}-]*)+)$"));
    const QRegularExpressionMatch match = latin.match(name);
    if (!match.hasMatch())
        return metrics.elidedText(name, Qt::ElideMiddle, width);
    const QString index = match.captured(1), genus = match.captured(2), epithet = match.captured(3);
    constexpr qsizetype shortest = 3; // letters of a genus that say more than its first one
    for (qsizetype length = genus.size() - 2; length >= shortest; --length)
        if (const QString text = index + genus.left(length) + QChar(0x2026) + epithet; fits(text))
            return text;
    const QString initial = genus.left(1) + QLatin1Char('.') + epithet;
    return fits(index + initial) ? index + initial : metrics.elidedText(initial, Qt::ElideMiddle, width);
}

} // namespace ocellus

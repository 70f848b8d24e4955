// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/help_text.h"

#include <QRegularExpression>
#include <QStringList>

namespace ocellus {

QString narrowHelp(const QString& help)
{
    static const QRegularExpression option(QStringLiteral("^ {1,6}(-\\S.*?)(?: {2,}(\\S.*))?$"));
    static const QRegularExpression meaning(QStringLiteral("^ {7,}(\\S.*)$"));
    QStringList lines;
    bool isInMeaning = false;
    const auto addMeaning = [&](const QString& words) {
        if (isInMeaning)
            lines.last() += QLatin1Char(' ') + words;
        else
            lines << QStringLiteral("    ") + words;
        isInMeaning = true;
    };
    const QStringList all = help.split('\n');
    for (const QString& line : all) {
        if (const QRegularExpressionMatch found = option.match(line); found.hasMatch()) {
            isInMeaning = false;
            lines << found.captured(1);
            if (!found.captured(2).isEmpty())
                addMeaning(found.captured(2));
        } else if (const QRegularExpressionMatch more = meaning.match(line); more.hasMatch() && !lines.isEmpty()) {
            addMeaning(more.captured(1));
        } else {
            isInMeaning = false;
            lines << line;
        }
    }
    return lines.join('\n');
}

} // namespace ocellus

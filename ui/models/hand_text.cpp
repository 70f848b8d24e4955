// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/hand_text.h"

#include <algorithm>

#include <QCoreApplication>
#include <QStringList>

namespace ocellus {

namespace {

/// What translators see these texts under.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(AttentionByHand)
};

QString headsText(const std::vector<int>& heads)
{
    QStringList numbers;
    for (const int head : heads)
        numbers << QString::number(head + 1);
    const QString list = numbers.join(Text::tr(", "));
    return numbers.size() == 1 ? Text::tr("head %1").arg(list) : Text::tr("heads %1").arg(list);
}

QString cellsText(int head, std::size_t count)
{
    return count == 1 ? Text::tr("1 cell of head %1").arg(head + 1)
                      : Text::tr("%1 cells of head %2").arg(count).arg(head + 1);
}

} // namespace

QString handText(const AttentionByHand& hand)
{
    if (hand.empty())
        return {};
    QStringList parts;
    if (!hand.heads.empty())
        parts << headsText(hand.heads);
    for (const auto& [head, cells] : hand.cells)
        if (!cells.empty() && !std::ranges::binary_search(hand.heads, head))
            parts << cellsText(head, cells.size());
    const QString last = parts.takeLast();
    const QString list = parts.isEmpty() ? last : Text::tr("%1 and %2").arg(parts.join(Text::tr(", ")), last);
    return Text::tr("attention changed by hand: without %1").arg(list);
}

} // namespace ocellus

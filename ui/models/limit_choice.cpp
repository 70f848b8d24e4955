// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/limit_choice.h"

#include <QCoreApplication>

namespace ocellus {

namespace {

/// What translators see these texts under.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(LimitChoice)
};

} // namespace

QuerySet LimitChoice::querySet() const
{
    const bool limited = !active.isEmpty() && (kind == Kind::Zero || kind == Kind::Drop);
    if (!limited)
        return {};
    return {kind == Kind::Zero ? LimitMode::Zero : LimitMode::Drop, {active.begin(), active.end()}};
}

QString limitText(const LimitChoice& choice, int classes)
{
    if (choice.active.isEmpty())
        return {};
    const auto count = choice.active.size();
    switch (choice.kind) {
    case LimitChoice::Kind::All: return {};
    case LimitChoice::Kind::Zero: return Text::tr("limited to %1 of %2 (zero)").arg(count).arg(classes);
    case LimitChoice::Kind::Drop: return Text::tr("limited to %1 of %2 (drop)").arg(count).arg(classes);
    case LimitChoice::Kind::Filter: return Text::tr("filter: %1 of %2 shown").arg(count).arg(classes);
    }
    return {};
}

QString limitText(const QuerySet& set, int classes)
{
    LimitChoice choice{LimitChoice::Kind::All, QList<int>(set.active.begin(), set.active.end())};
    if (set.mode != LimitMode::All)
        choice.kind = set.mode == LimitMode::Zero ? LimitChoice::Kind::Zero : LimitChoice::Kind::Drop;
    return limitText(choice, classes);
}

} // namespace ocellus

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

LimitMode LimitChoice::mode() const
{
    return kind == Kind::Zero ? LimitMode::Zero : kind == Kind::Drop ? LimitMode::Drop : LimitMode::All;
}

QuerySet LimitChoice::querySet() const
{
    if (active.isEmpty() || mode() == LimitMode::All)
        return {};
    return {mode(), {active.begin(), active.end()}};
}

bool canLimit(const ModelOffer& offer, LimitChoice::Kind kind)
{
    switch (kind) {
    case LimitChoice::Kind::Zero: return offer.canLimit;
    case LimitChoice::Kind::Drop: return offer.canDrop;
    case LimitChoice::Kind::All:
    case LimitChoice::Kind::Filter: break;
    }
    return true;
}

LimitChoice::Kind usualLimit(const ModelOffer& offer)
{
    return offer.canLimit ? LimitChoice::Kind::Zero : offer.canDrop ? LimitChoice::Kind::Drop : LimitChoice::Kind::All;
}

LimitChoice choiceOf(const QuerySet& set)
{
    LimitChoice choice{LimitChoice::Kind::All, {set.active.begin(), set.active.end()}};
    if (set.mode != LimitMode::All)
        choice.kind = set.mode == LimitMode::Zero ? LimitChoice::Kind::Zero : LimitChoice::Kind::Drop;
    return choice;
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
    return limitText(choiceOf(set), classes);
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include "core/engine/query_set.h"
#include "core/model/model_offer.h"

namespace ocellus {

/// What the user asked for in the class list: which classes are checked, and what checking them means.
struct LimitChoice {
    enum class Kind {
        All,   ///< the checks have no effect
        Zero,  ///< the other queries become zero vectors
        Drop,  ///< the other queries leave the decoder
        Filter ///< the others are hidden from the list; the model is not asked again
    };

    Kind kind = Kind::All;
    QList<int> active; ///< checked classes, the model's own indices, in the user's order; remembered with All too

    bool operator==(const LimitChoice&) const = default;

    /// What checking the classes does to the decoder: nothing with All and Filter.
    LimitMode mode() const;
    /// What the decoder gets: no limit with All, Filter or nothing checked.
    QuerySet querySet() const;
};

/// Whether a model has such a limit; each has the kinds that do not reach it.
bool canLimit(const ModelOffer& offer, LimitChoice::Kind kind);

/// Zero where the model has it, as in the paper, or Drop; All where it has neither.
LimitChoice::Kind usualLimit(const ModelOffer& offer);

/// The choice that leads to what was computed, which knows no filter.
LimitChoice choiceOf(const QuerySet& set);

/// "limited to 3 of 200 (zero)", "filter: 3 of 200 shown", or empty where the choice changes nothing.
QString limitText(const LimitChoice& choice, int classes);

/// The same of what was computed.
QString limitText(const QuerySet& set, int classes);

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ocellus {

/// How two models named the same pictures.
struct PairedOutcomes {
    int both = 0;       ///< named rightly by both
    int onlyFirst = 0;  ///< by the first alone
    int onlySecond = 0; ///< by the second alone
    int neither = 0;

    int n() const { return both + onlyFirst + onlySecond + neither; }
    void add(bool first, bool second);
};

/// McNemar's test, exact: how likely pictures that one model alone names rightly are divided at least so unevenly
/// where both are equally good (Q. McNemar 1947, Psychometrika 12:153; two-sided binomial). 1 where there are none.
/// Throws Error(BadArgument) for numbers below 0.
double mcNemarP(int onlyFirst, int onlySecond);

} // namespace ocellus

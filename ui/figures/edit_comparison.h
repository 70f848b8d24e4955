// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QString>
#include <QStringList>

#include "core/analysis/edit_effects.h"
#include "core/edit/edit.h"
#include "ui/figures/explanation.h"

namespace ocellus {

/// A picture before and after its edits, of one class and layer, and what the edits did.
struct EditComparison {
    Explanation before, after; ///< both with a decoding, or empty where nothing is edited
    EditList edits;
    QStringList classNames; ///< by class index
    ClassEffects classes;
    std::vector<MapEffect> maps; ///< empty for a class that has no map

    bool isEmpty() const { return before.isEmpty() || after.isEmpty(); }
    QString nameOf(int classIndex) const { return classNames.value(classIndex); }
};

/// `mask` is what attention inside of it is measured by, in each picture that has its size; it may be none.
/// Throws what classEffects() and mapEffects() throw.
EditComparison editComparison(const Explanation& before, const Explanation& after, const EditList& edits,
                              const Mask& mask, const QStringList& classNames);

/// What all enabled edits together change, of those whose masks have the last one's size; none without masks.
Mask editedRegion(const EditList& edits);

/// "The prediction changes from A to B." or "The prediction stays A."
QString verdict(const EditComparison& comparison);

/// The same with its names marked, for ui/figures/class_links.h.
QString markedVerdict(const EditComparison& comparison);

/// "+1.32", "−0.01", "0.00": a change with its sign.
QString changeText(double change, int decimals = 2);

/// "rank 3 → 1", or "rank 1" where it stays.
QString rankText(const ClassEffect& effect);

} // namespace ocellus

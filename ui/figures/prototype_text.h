// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include "ui/figures/explanation.h"

namespace ocellus {

/// The words of what prototypes find and give.
class PrototypeText {
    Q_DECLARE_TR_FUNCTIONS(ocellus::PrototypeText)

public:
    /// Of their maps: each is drawn as multiples of its own mean.
    static QString unit();
    /// "similarity 1.87 × weight 1.01 = 1.89", or of a node "present 0.71, reached 0.25".
    static QString numbers(const MapSource::Part& part);
    /// The same from the longest to the shortest.
    static QStringList shorterNumbers(const MapSource::Part& part);
    /// What the rectangles are around.
    static QString boxes(const Explanation& explanation);
    /// Why a class has no map, and what then makes its logit.
    static QString none(const Explanation& explanation);
    /// What the shown prototypes give to the class's logit and what the others do, or what a tree decides; and that the
    /// prototypes have no pictures. Empty where maps are of no prototypes.
    static QStringList sentences(const Explanation& explanation);
};

} // namespace ocellus

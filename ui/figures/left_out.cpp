// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/left_out.h"

#include <QCoreApplication>

namespace ocellus {

namespace {

/// The words of this file.
class LeftOut {
    Q_DECLARE_TR_FUNCTIONS(ocellus::LeftOut)
};

} // namespace

bool isLeftOutByLimit(const Explanation& explanation)
{
    return explanation.decoding && explanation.decoding->querySet().mode != LimitMode::All &&
           !explanation.decoding->isActive(explanation.classIndex);
}

QString leftOutText(const Explanation& explanation)
{
    if (!isLeftOutByLimit(explanation))
        return {};
    return explanation.decoding->hasClass(explanation.classIndex)
               ? LeftOut::tr("left out by the limit: a zero vector, so no rank and no map of its own")
               : LeftOut::tr("left out by the limit: dropped from the decoder, so no logit and no map");
}

QString leftOutTileText(const Explanation& explanation)
{
    if (!isLeftOutByLimit(explanation))
        return {};
    return explanation.decoding->hasClass(explanation.classIndex)
               ? LeftOut::tr("left out by the limit: no map of its own")
               : LeftOut::tr("left out by the limit (dropped): no map");
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/prototype_text.h"

#include <algorithm>
#include <cmath>

#include "core/engine/tree_answer.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/number_text.h"
#include "ui/figures/prototype_patches.h"

namespace ocellus {

namespace {

struct OwnSum {
    int prototypes = 0;
    double sum = 0;
};

OwnSum ownSum(const Explanation& explanation)
{
    OwnSum own;
    for (int head = 0; head < explanation.heads(); ++head)
        if (const auto part = explanation.decoding->part(explanation.layer, head, explanation.classIndex)) {
            ++own.prototypes;
            own.sum += part->contribution();
        }
    return own;
}

/// So that a product of two shown numbers can be followed: of small ones the first two digits that are not 0.
QString factor(double value)
{
    constexpr double twoDecimals = 0.1, least = 5e-5;
    return std::abs(value) < twoDecimals && std::abs(value) >= least ? generalText(value, 2)
                                                                     : FigureText::number(value);
}

QString signedNumber(double value)
{
    const QString number = FigureText::number(value);
    return value > 0 ? '+' + number : number;
}

} // namespace

QString PrototypeText::unit()
{
    return tr("similarity, in multiples of the map's mean");
}

QString PrototypeText::numbers(const MapSource::Part& part)
{
    return shorterNumbers(part).constFirst();
}

QStringList PrototypeText::shorterNumbers(const MapSource::Part& part)
{
    const QString similarity = FigureText::number(part.similarity);
    const QString weight = part.node >= 0 ? FigureText::number(part.weight) : factor(part.weight);
    if (part.node >= 0)
        return {tr("present %1, reached %2", "two probabilities").arg(similarity, weight),
                tr("present %1").arg(similarity), similarity};
    const QString given = factor(part.contribution());
    return {tr("similarity %1 × weight %2 = %3").arg(similarity, weight, given),
            tr("%1 × %2 = %3", "similarity times weight is what the class gets").arg(similarity, weight, given),
            tr("%1×%2=%3", "the same, narrow").arg(similarity, weight, given),
            tr("= %1", "what a prototype gives").arg(given)};
}

QString PrototypeText::boxes(const Explanation& explanation)
{
    return explanation.mapKind == MapKind::Node
               ? tr("rectangles as ProtoTree's figures have them: around the cell that is most alike, stretched over "
                    "the picture")
               : tr("rectangles as ProtoPNet's figures have them: around the highest 5 % of the map, stretched over "
                    "the picture");
}

QString PrototypeText::none(const Explanation& explanation)
{
    return explanation.mapKind == MapKind::Node
               ? tr("This tree has no branch on the picture's way: there is nothing to look for.")
               : tr("This class has no prototype of its own: what others find is all that makes its logit.");
}

QStringList PrototypeText::sentences(const Explanation& explanation)
{
    QStringList sentences;
    if (explanation.isEmpty() || explanation.mapKind == MapKind::Head || explanation.source)
        return sentences;
    const Decoding& decoding = *explanation.decoding;
    if (!decoding.tree() && decoding.hasClass(explanation.classIndex)) {
        const OwnSum own = ownSum(explanation);
        const double logit = decoding.logit(explanation.classIndex);
        if (own.prototypes > 0)
            sentences += tr("The %n prototype(s) of this class give %1 of its logit %2; those of other classes give "
                            "the rest, %3.",
                            nullptr, own.prototypes)
                             .arg(signedNumber(own.sum), FigureText::number(logit), signedNumber(logit - own.sum));
    }
    if (explanation.patches && !explanation.patches->words.isEmpty())
        sentences += explanation.patches->words;
    return sentences;
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/edit_comparison.h"

#include <cmath>

#include <QCoreApplication>

#include "core/edit/mask_combining.h"
#include "ui/figures/class_links.h"
#include "ui/figures/number_text.h"

namespace ocellus {

namespace {

/// The words of this file.
class ComparisonText {
    Q_DECLARE_TR_FUNCTIONS(ocellus::ComparisonText)
};

std::vector<double> coverIn(const Explanation& explanation, const Mask& mask)
{
    if (mask.isNone() || mask.empty() || mask.pictureSize() != explanation.geometry.pictureSize())
        return {};
    return cellCover(mask, explanation.geometry);
}

/// Whether all of a region lies where the model's input was cut off.
bool isUnseen(const Mask& region, const CellGeometry& geometry)
{
    if (geometry.seesAll() || region.isNone() || region.empty() || region.pictureSize() != geometry.pictureSize())
        return false;
    const PixelBox& box = region.box();
    const std::uint8_t* alpha = region.alpha().data();
    for (int y = box.top; y < box.bottom(); ++y)
        for (int x = box.left; x < box.right(); ++x)
            if (*alpha++ > 0 && geometry.sees({x + 0.5, y + 0.5}))
                return false;
    return true;
}

QString predictionVerdict(const EditComparison& comparison)
{
    if (comparison.classes.classes.empty())
        return ComparisonText::tr("The model has no classes: only its maps can change.");
    const auto name = [&](int classIndex) { return markedClass(classIndex, comparison.nameOf(classIndex)); };
    const QString before = name(comparison.classes.topBefore);
    if (!comparison.classes.flips())
        return ComparisonText::tr("The prediction stays %1.").arg(before);
    return ComparisonText::tr("The prediction changes from %1 to %2.").arg(before, name(comparison.classes.topAfter));
}

} // namespace

EditComparison editComparison(const Explanation& before, const Explanation& after, const EditList& edits,
                              const Mask& mask, const QStringList& classNames)
{
    EditComparison comparison{before, after, edits, classNames, {}, {}};
    if (comparison.isEmpty())
        return comparison;
    if (before.decoding->hasLogits())
        comparison.classes = classEffects(*before.decoding, *after.decoding);
    if (before.decoding->extent().heads > 0)
        comparison.maps = mapEffects(*before.decoding, *after.decoding, after.layer, after.classIndex,
                                     coverIn(before, mask), coverIn(after, mask));
    return comparison;
}

Mask editedRegion(const EditList& edits)
{
    Mask region;
    for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
        if (!edit->enabled || edit->mask.isNone())
            continue;
        if (region.isNone())
            region = edit->mask;
        else if (region.pictureSize() == edit->mask.pictureSize())
            region = added(region, edit->mask);
    }
    return region;
}

QString verdict(const EditComparison& comparison)
{
    return withoutMarks(markedVerdict(comparison));
}

QString markedVerdict(const EditComparison& comparison)
{
    if (comparison.isEmpty())
        return {};
    const QString prediction = predictionVerdict(comparison);
    if (!isUnseen(editedRegion(comparison.edits), comparison.before.geometry))
        return prediction;
    return ComparisonText::tr("%1 The edited region lies outside what the model sees.").arg(prediction);
}

QString changeText(double change, int decimals)
{
    const QString size = fixedText(std::abs(change), decimals);
    const bool isZero = std::abs(change) < 0.5 * std::pow(10, -decimals);
    if (isZero || !std::isfinite(change))
        return size;
    return (change < 0 ? QChar(0x2212) : QChar('+')) + size;
}

QString rankText(const ClassEffect& effect)
{
    return effect.rankChange() == 0 ? ComparisonText::tr("rank %1").arg(effect.rankAfter)
                                    : ComparisonText::tr("rank %1 → %2").arg(effect.rankBefore).arg(effect.rankAfter);
}

} // namespace ocellus

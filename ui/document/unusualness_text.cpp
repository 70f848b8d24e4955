// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/unusualness_text.h"

#include <algorithm>

#include <QCoreApplication>

#include "core/analysis/unusualness.h"
#include "ui/engine/view_result.h"

namespace ocellus {

namespace {

/// What translators see these texts under.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(Unusualness)
};

} // namespace

QString unusualnessText(const ViewResult& result, const ModelDescription& model, const std::vector<double>& ownSpecies)
{
    if (!result.full || result.isDraft || !result.full->hasLogits())
        return {};
    const double unusual = energy(result.full->logits());
    // Numbers of another precision or input size are not comparable with those of the validation to the last picture,
    // but it is the tail that is told of.
    if (const EnergyReference validation = validationEnergies(model.training); validation.isEnough())
        return Text::tr("For the model this picture is more unusual than %1 of %2 pictures that it was validated on.")
            .arg(validation.below(unusual))
            .arg(validation.count());
    if (ownSpecies.size() >= EnergyReference::fewest)
        return Text::tr("For the model this picture is more unusual than %1 of the %2 other listed pictures whose "
                        "folders are named after its classes. (Its file tells of none that it was validated on.)")
            .arg(std::ranges::count_if(ownSpecies, [unusual](double energy) { return energy < unusual; }))
            .arg(ownSpecies.size());
    return Text::tr("How unusual this picture is for the model is not known: its file tells of no pictures that it was "
                    "validated on, and of the other listed ones %1 lie in folders named after its classes, where %2 "
                    "would be needed.")
        .arg(ownSpecies.size())
        .arg(EnergyReference::fewest);
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/unusualness_text.h"

#include <vector>

#include <QCoreApplication>

#include "core/analysis/unusualness.h"
#include "ui/engine/view_result.h"

namespace ocellus {

namespace {

/// What translators see these texts under.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(Unusualness)
};

EnergyReference othersThan(const std::filesystem::path& picture, const std::map<std::filesystem::path, double>& listed)
{
    std::vector<double> energies;
    for (const auto& [path, energy] : listed)
        if (path != picture)
            energies.push_back(energy);
    return EnergyReference(std::move(energies));
}

} // namespace

QString unusualnessText(const ViewResult& result, const ModelDescription& model,
                        const std::map<std::filesystem::path, double>& listed)
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
    if (const EnergyReference others = othersThan(result.shown.path, listed); others.isEnough())
        return Text::tr("For the model this picture is more unusual than %1 of the %2 other pictures of the list.")
            .arg(others.below(unusual))
            .arg(others.count());
    return Text::tr("How unusual this picture is for the model is untested: there are too few others to compare with.");
}

} // namespace ocellus

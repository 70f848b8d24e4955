// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/unusualness_text.h"

#include <algorithm>

#include <QCoreApplication>

#include "core/analysis/kept_trust.h"
#include "core/engine/engine.h"
#include "ui/engine/view_result.h"
#include "ui/figures/number_text.h"

namespace ocellus {

namespace {

/// What translators see these texts under.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(Unusualness)
};

QString keptText(const KeptTrust& kept, const std::vector<float>& logits)
{
    const QString name = scoreName(*kept.score).toLower();
    const QString score = scoreText(*kept.score, noveltyOf(*kept.score, logits).value_or(0));
    const QString threshold = thresholdText(*kept.score, kept.threshold);
    return kept.isUnusual(logits) == true
               ? Text::tr("Unlike anything the model was trained on: its %1 is %2, and by the threshold that is kept "
                          "with the model %3 is unusual. Its prediction may mean nothing.")
                     .arg(name, score, threshold)
               : Text::tr("Not unusual for the model: its %1 is %2, and by the threshold that is kept with the model "
                          "%3 is unusual.")
                     .arg(name, score, threshold);
}

/// Probabilities here are the model's own: what they are worth is told beside them.
QString calibratedText(const KeptTrust& kept, const std::vector<float>& logits)
{
    if (kept.temperature == 1)
        return {};
    const double best = std::ranges::max(kept.probabilities(logits));
    return QLatin1Char(' ') + Text::tr("With the temperature %1 that it keeps, the best class has a probability of %2.")
                                  .arg(fixedText(kept.temperature, 2), fixedText(best, 2));
}

/// Novelty is minus the highest logit, and minus the highest probability.
bool isTurned(NoveltyScore score)
{
    return score == NoveltyScore::MaxLogit || score == NoveltyScore::MaxProbability;
}

} // namespace

QString scoreName(NoveltyScore score)
{
    switch (score) {
    case NoveltyScore::Energy: return Text::tr("Energy of all logits");
    case NoveltyScore::MaxLogit: return Text::tr("Highest logit");
    case NoveltyScore::MaxProbability: return Text::tr("Highest probability");
    case NoveltyScore::OutputDistance: return Text::tr("Distance of the decoder's output");
    }
    return {};
}

QString scoreText(NoveltyScore score, double value)
{
    constexpr int digits = 4, digitsNearOne = 9;
    constexpr double nearOne = 0.9995; // which four digits would call 1
    const double shown = isTurned(score) ? -value : value;
    const bool isNearOne = score == NoveltyScore::MaxProbability && shown > nearOne;
    return generalText(shown, isNearOne ? digitsNearOne : digits);
}

QString thresholdText(NoveltyScore score, double threshold)
{
    return (isTurned(score) ? Text::tr("below %1") : Text::tr("above %1")).arg(scoreText(score, threshold));
}

QString unusualnessText(const ViewResult& result, const ModelDescription& model, const std::vector<double>& ownSpecies)
{
    if (!result.full || result.isDraft || !result.full->hasLogits())
        return {};
    if (const KeptTrust kept = trustOfModel(model.training); kept.score)
        return keptText(kept, result.full->logits()) + calibratedText(kept, result.full->logits());
    if (result.full->tree())
        return Text::tr("How unusual this picture is for the model is not known: a tree gives probabilities, which add "
                        "up to 1 for every picture. That would be told by the sum of scores.");
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

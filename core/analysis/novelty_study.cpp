// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/novelty_study.h"

#include <algorithm>

#include "core/analysis/calibration.h"

namespace ocellus {

namespace {

/// The scores of many pictures; a picture of the reference itself is compared with the others.
class Scorer {
public:
    Scorer(std::span<const AskedPicture> reference) : m_reference(referenceOf(reference)) {}

    std::optional<double> score(NoveltyScore score, const AskedPicture& picture, bool isOfReference) const
    {
        if (score != NoveltyScore::OutputDistance)
            return noveltyOf(score, picture.logits);
        if (!m_reference || picture.output.empty())
            return std::nullopt;
        const int predicted = picture.predicted();
        return isOfReference && predicted == picture.trueClass ? m_reference->distanceWithout(predicted, picture.output)
                                                               : m_reference->distance(predicted, picture.output);
    }

private:
    static std::optional<OutputReference> referenceOf(std::span<const AskedPicture> pictures)
    {
        if (pictures.empty() || pictures.front().output.empty())
            return std::nullopt;
        OutputReference reference(static_cast<int>(pictures.front().logits.size()),
                                  static_cast<int>(pictures.front().output.size()));
        for (const AskedPicture& picture : pictures)
            if (picture.predicted() == picture.trueClass)
                reference.add(picture.trueClass, picture.output);
        reference.finish();
        return reference;
    }

    std::optional<OutputReference> m_reference;
};

/// The energy of logits that are logarithms of probabilities is 0 for every picture, but for rounding.
bool differ(const std::vector<double>& scores)
{
    constexpr double rounding = 1e-4;
    const auto [least, most] = std::ranges::minmax_element(scores);
    return least != scores.end() && *most - *least >= rounding;
}

/// Nothing where a picture has no such score.
std::optional<std::vector<double>> scoresOf(const Scorer& scorer, NoveltyScore score,
                                            std::span<const AskedPicture> pictures, bool areOfReference)
{
    std::vector<double> scores;
    for (const AskedPicture& picture : pictures) {
        const std::optional<double> value = scorer.score(score, picture, areOfReference);
        if (!value)
            return std::nullopt;
        scores.push_back(*value);
    }
    return scores;
}

} // namespace

int AskedPicture::predicted() const
{
    return static_cast<int>(std::ranges::max_element(logits) - logits.begin());
}

std::optional<NoveltyStudy> studyNovelty(std::span<const AskedPicture> known, std::span<const AskedPicture> unusual,
                                         double coverage, std::uint64_t seed)
{
    if (known.size() < NoveltyStudy::fewest)
        return std::nullopt;
    const std::vector<bool> isFitted = drawnHalf(known.size(), seed);
    std::vector<AskedPicture> fitted, reported;
    for (std::size_t i = 0; i < known.size(); ++i)
        (isFitted[i] ? fitted : reported).push_back(known[i]);
    std::vector<bool> isCorrect;
    for (const AskedPicture& picture : reported)
        isCorrect.push_back(picture.predicted() == picture.trueClass);

    NoveltyStudy study;
    study.fitted = static_cast<int>(fitted.size());
    study.known = static_cast<int>(reported.size());
    study.unusual = static_cast<int>(unusual.size());
    const Scorer scorer(fitted);
    for (const NoveltyScore score : noveltyScores) {
        const auto ofFitted = scoresOf(scorer, score, fitted, true);
        const auto ofKnown = scoresOf(scorer, score, reported, false);
        const auto ofUnusual = scoresOf(scorer, score, unusual, false);
        if (!ofFitted || !ofKnown || !ofUnusual || (score == NoveltyScore::Energy && !differ(*ofFitted)))
            continue;
        study.scores.push_back(
            {score, separationOf(*ofFitted, *ofKnown, *ofUnusual, coverage, seed), coverageCurve(*ofKnown, isCorrect)});
        const StudiedScore& best = study.scores[study.best];
        if (score != NoveltyScore::OutputDistance && study.scores.back().separation.area > best.separation.area)
            study.best = study.scores.size() - 1;
    }
    return study;
}

} // namespace ocellus

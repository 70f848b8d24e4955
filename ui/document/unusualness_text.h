// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QString>

namespace ocellus {

struct ModelDescription;
struct ViewResult;
enum class NoveltyScore;

/// "Highest logit", for people.
QString scoreName(NoveltyScore score);
/// A score's value as its name says it, in which it need not be higher the more unusual a picture is: "2.1".
QString scoreText(NoveltyScore score, double value);
/// What is unusual: "below 3.2", "above −4.1".
QString thresholdText(NoveltyScore score, double threshold);

/// How unusual the shown picture is: where the model keeps a threshold, whether it is unlike anything the model was
/// trained on; else, more than how many of those that the model was validated on, where its checkpoint
/// tells of them, or else of `ownSpecies`: the energies of other pictures that are known to show classes of the model,
/// whatever it takes them for. Any others would make a stranger usual by its like. With too few of them, that it is not
/// known. Empty for a draft, and where there is no result.
QString unusualnessText(const ViewResult& result, const ModelDescription& model, const std::vector<double>& ownSpecies);

} // namespace ocellus

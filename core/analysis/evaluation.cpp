// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/evaluation.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "core/base/error.h"

namespace ocellus {

PictureOutcome outcomeOf(std::span<const float> logits, int trueClass)
{
    if (trueClass < 0 || static_cast<std::size_t>(trueClass) >= logits.size())
        throw Error(ErrorCode::BadArgument, "class " + std::to_string(trueClass),
                    "expected one of " + std::to_string(logits.size()) + " classes");
    if (!std::ranges::all_of(logits, [](float logit) { return std::isfinite(logit); }))
        throw Error(ErrorCode::Damaged, "logits", "expected finite numbers, got infinite ones or NaN",
                    "Check the checkpoint: its training may have diverged");
    const auto best = std::ranges::max_element(logits);
    double sum = 0;
    for (const float logit : logits)
        sum += std::exp(static_cast<double>(logit) - *best);

    PictureOutcome outcome;
    outcome.trueClass = trueClass;
    outcome.predicted = static_cast<int>(best - logits.begin());
    outcome.probability = 1 / sum;
    const float trueLogit = logits[static_cast<std::size_t>(trueClass)];
    outcome.loss = std::log(sum) + static_cast<double>(*best) - trueLogit;
    for (std::size_t i = 0; i < logits.size(); ++i)
        outcome.rank += logits[i] > trueLogit || (logits[i] == trueLogit && i < static_cast<std::size_t>(trueClass));
    return outcome;
}

void Evaluation::add(const PictureOutcome& outcome)
{
    constexpr int few = 5;
    ++m_n;
    m_correct += outcome.isCorrect();
    m_withinFive += outcome.rank <= few;
    m_lossSum += outcome.loss;
    Share& share = m_classes[outcome.trueClass];
    ++share.n;
    share.correct += outcome.isCorrect();
    ++m_confusion[{outcome.trueClass, outcome.predicted}];
}

double Evaluation::accuracy() const
{
    return mean(100.0 * m_correct);
}

double Evaluation::topFiveAccuracy() const
{
    return mean(100.0 * m_withinFive);
}

double Evaluation::meanLoss() const
{
    return mean(m_lossSum);
}

std::vector<int> Evaluation::involvedClasses() const
{
    std::set<int> classes;
    for (const auto& [pair, pictures] : m_confusion)
        classes.insert({pair.first, pair.second});
    return {classes.begin(), classes.end()};
}

std::vector<ConfusedPair> Evaluation::confusedPairs() const
{
    std::map<std::pair<int, int>, ConfusedPair> pairs;
    for (const auto& [confused, pictures] : m_confusion) {
        const auto [trueClass, predicted] = confused;
        if (trueClass == predicted)
            continue;
        const auto [first, second] = std::minmax(trueClass, predicted);
        ConfusedPair& pair = pairs[{first, second}];
        pair.first = first;
        pair.second = second;
        (trueClass == first ? pair.firstAsSecond : pair.secondAsFirst) = pictures;
    }
    std::vector<ConfusedPair> sorted;
    for (const auto& [classes, pair] : pairs)
        sorted.push_back(pair);
    std::ranges::stable_sort(sorted, std::greater(), &ConfusedPair::total);
    return sorted;
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/prediction_table.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/error.h"
#include "core/io/csv.h"

namespace ocellus {

namespace {

std::string percentText(double share)
{
    constexpr double percent = 100;
    const auto tenths = std::lround(share * percent * 10);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

std::string remarksOn(const NamedPrediction& prediction, const ClassTable& table, const PredictionSource& source)
{
    constexpr std::size_t shownHashDigits = 12;
    std::string text = "machine identification" +
                       (prediction.checked ? " " + scientificName(table, prediction.classIndex) : std::string()) +
                       ", probability " + percentText(prediction.probability);
    if (prediction.second)
        text +=
            ", second " + scientificName(table, *prediction.second) + " " + percentText(prediction.secondProbability);
    if (prediction.isUnusual == true)
        text += "; unlike anything the model was trained on";
    text += "; model " + source.model + ", SHA-256 " + source.modelHash.substr(0, shownHashDigits);
    return text + (prediction.remark.empty() ? "" : "; " + prediction.remark);
}

} // namespace

NamedPrediction predictionOf(std::string picture, std::span<const float> logits, const KeptTrust& trust)
{
    if (logits.empty())
        throw Error(ErrorCode::BadArgument, picture, "expected logits, got none");
    const std::vector<double> probabilities = trust.probabilities(logits);
    NamedPrediction result;
    result.picture = std::move(picture);
    const auto best = std::ranges::max_element(logits);
    result.classIndex = static_cast<int>(best - logits.begin());
    result.probability = probabilities[static_cast<std::size_t>(result.classIndex)];
    for (std::size_t i = 0; i < logits.size(); ++i) {
        const bool isNext = static_cast<int>(i) != result.classIndex &&
                            (!result.second || logits[i] > logits[static_cast<std::size_t>(*result.second)]);
        if (isNext)
            result.second = static_cast<int>(i);
    }
    if (result.second)
        result.secondProbability = probabilities[static_cast<std::size_t>(*result.second)];
    result.isUnusual = trust.isUnusual(logits);
    return result;
}

std::string scientificName(const ClassTable& table, int classIndex)
{
    const ClassTable::Entry& entry = table.entries[static_cast<std::size_t>(classIndex)];
    return entry.latin.empty() ? displayName(entry.name) : entry.latin;
}

CheckedName checkedName(const ClassTable& table, int classIndex)
{
    const ClassTable::Entry& entry = table.entries[static_cast<std::size_t>(classIndex)];
    return {scientificName(table, classIndex), entry.latin.empty() ? std::string() : displayName(entry.name)};
}

std::string predictionHeader()
{
    return csvHeader("associatedMedia,scientificName,vernacularName,identifiedBy,dateIdentified,"
                     "identificationVerificationStatus,identificationRemarks,probability,secondBest,secondProbability,"
                     "unusual");
}

std::string predictionLine(const NamedPrediction& prediction, const ClassTable& table, const PredictionSource& source)
{
    const CheckedName name = prediction.checked.value_or(checkedName(table, prediction.classIndex));
    CsvLine line;
    line.text(prediction.picture).text(name.scientific).text(name.vernacular);
    line.text(prediction.checked ? "human, with " + source.program : source.program).text(source.date);
    line.text(prediction.checked ? "verified" : "unverified").text(remarksOn(prediction, table, source));
    line.number(static_cast<float>(prediction.probability));
    if (prediction.second)
        line.text(scientificName(table, *prediction.second)).number(static_cast<float>(prediction.secondProbability));
    else
        line.empty().empty();
    if (prediction.isUnusual)
        line.text(*prediction.isUnusual ? "yes" : "no");
    else
        line.empty();
    return line.str();
}

std::string unreadLine(const std::string& picture, const std::string& why)
{
    CsvLine line;
    line.text(picture).empty().empty().empty().empty().empty();
    line.text("not identified: " + why).empty().empty().empty().empty();
    return line.str();
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/kept_trust.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/data/text_file.h"
#include "core/engine/engine.h"

namespace ocellus {

namespace {

using nlohmann::json;

constexpr double usualShare = 0.95;
constexpr double mostTemperature = 1'000;

std::optional<double> numberIn(const std::string& text)
{
    double value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failure == std::errc() && end == text.data() + text.size() && std::isfinite(value) ? std::optional(value)
                                                                                              : std::nullopt;
}

bool isTemperature(double value)
{
    return value > 0 && value <= mostTemperature;
}

const json* found(const json& object, const char* key)
{
    const auto place = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && place != object.end() ? &*place : nullptr;
}

std::optional<double> numberAt(const json& all, const char* table, const char* key)
{
    const json* inner = found(all, table);
    const json* value = inner ? found(*inner, key) : nullptr;
    return value && value->is_number() ? std::optional(value->get<double>()) : std::nullopt;
}

void takeScore(KeptTrust& trust, const json& all)
{
    const json* novelty = found(all, "none_of_these");
    const json* name = novelty ? found(*novelty, "score") : nullptr;
    const std::optional<double> threshold = numberAt(all, "none_of_these", "threshold");
    const auto score = name && name->is_string() ? noveltyScoreFromName(name->get<std::string>()) : std::nullopt;
    if (!score || !threshold || *score == NoveltyScore::OutputDistance)
        return;
    trust.score = score;
    trust.threshold = *threshold;
}

} // namespace

std::optional<bool> KeptTrust::isUnusual(std::span<const float> logits) const
{
    if (score)
        return noveltyOf(*score, logits) > threshold;
    return isUnusual(energy(logits), 0, 0);
}

std::optional<bool> KeptTrust::isUnusual(double energy, double highestLogit, double highestProbability) const
{
    if (score)
        return -(*score == NoveltyScore::MaxLogit         ? highestLogit
                 : *score == NoveltyScore::MaxProbability ? highestProbability
                                                          : -energy) > threshold;
    if (!energies.isEnough())
        return std::nullopt;
    return static_cast<double>(energies.below(energy)) >= usualShare * static_cast<double>(energies.count());
}

std::vector<double> KeptTrust::probabilities(std::span<const float> logits) const
{
    std::vector<float> scaled(logits.begin(), logits.end());
    for (float& logit : scaled)
        logit = static_cast<float>(logit / temperature);
    const double whole = energy(scaled); // -log sum exp
    std::vector<double> result;
    for (const float logit : scaled)
        result.push_back(std::exp(logit + whole));
    return result;
}

std::string KeptTrust::description() const
{
    if (score)
        return std::string(toString(*score)) + " above " + numberText(static_cast<float>(threshold));
    return energies.isEnough() ? "energy above that of 95 % of the validation pictures" : std::string();
}

KeptTrust trustOfModel(std::span<const TrainingNote> training)
{
    const auto textOf = [training](std::string_view key) {
        const auto note = std::ranges::find(training, key, &TrainingNote::key);
        return note == training.end() ? std::string() : note->text;
    };
    KeptTrust trust;
    trust.energies = validationEnergies(training);
    const std::optional<double> temperature = numberIn(textOf(temperatureKey));
    trust.temperature = temperature && isTemperature(*temperature) ? *temperature : 1;
    const auto score = noveltyScoreFromName(textOf(noveltyScoreKey));
    const auto threshold = numberIn(textOf(noveltyThresholdKey));
    if (score && threshold && *score != NoveltyScore::OutputDistance) {
        trust.score = score;
        trust.threshold = *threshold;
    }
    return trust;
}

KeptTrust trustOfEvaluation(const std::filesystem::path& path, bool withTemperature)
{
    constexpr std::uintmax_t mostBytes = 64U << 20;
    const json all = json::parse(readTextFile(path, "evaluation", mostBytes).text, nullptr, false);
    KeptTrust trust;
    const json* energies = found(all, std::string(validationEnergiesKey).c_str());
    if (const auto read = energies ? EnergyReference::fromText(energies->dump()) : std::nullopt)
        trust.energies = *read;
    takeScore(trust, all);
    if (!trust.score && !trust.energies.isEnough())
        throw Error(ErrorCode::Damaged, path.string(),
                    "expected the energies of " + std::to_string(EnergyReference::fewest) + " pictures or more",
                    "Give the evaluation.json that evaluate writes");
    if (!withTemperature)
        return trust;
    const std::optional<double> temperature = numberAt(all, "calibration", "temperature");
    if (!temperature || !isTemperature(*temperature))
        throw Error(ErrorCode::Damaged, path.string(), "expected a temperature, got none",
                    "Evaluate on more pictures: it is fitted on half of them");
    trust.temperature = *temperature;
    return trust;
}

std::map<std::string, std::string> asMetadata(const KeptTrust& trust)
{
    std::map<std::string, std::string> metadata;
    if (trust.energies.isEnough())
        metadata[std::string(validationEnergiesKey)] = trust.energies.toText();
    if (trust.score) {
        metadata[std::string(noveltyScoreKey)] = toString(*trust.score);
        metadata[std::string(noveltyThresholdKey)] = json(trust.threshold).dump();
    }
    if (trust.temperature != 1)
        metadata[std::string(temperatureKey)] = json(trust.temperature).dump();
    return metadata;
}

} // namespace ocellus

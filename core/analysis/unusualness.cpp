// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/unusualness.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/engine/engine.h"

namespace ocellus {

namespace {

constexpr std::size_t mostRead = 1'000'000;

} // namespace

double energy(std::span<const float> logits)
{
    if (logits.empty())
        throw Error(ErrorCode::BadArgument, "energy", "expected logits, got none");
    if (!std::ranges::all_of(logits, [](float logit) { return std::isfinite(logit); }))
        throw Error(ErrorCode::Damaged, "energy", "a logit is not finite");
    const double highest = *std::ranges::max_element(logits);
    double sum = 0;
    for (const float logit : logits)
        sum += std::exp(static_cast<double>(logit) - highest);
    return -(highest + std::log(sum));
}

EnergyReference::EnergyReference(std::vector<double> energies) : m_energies(std::move(energies))
{
    std::ranges::sort(m_energies);
    constexpr double rounding = 1e-4; // far above that of a sum of probabilities, far below what pictures differ by
    if (isEnough() && m_energies.back() - m_energies.front() < rounding)
        m_energies.clear();
}

std::size_t EnergyReference::below(double energy) const
{
    return static_cast<std::size_t>(std::ranges::lower_bound(m_energies, energy) - m_energies.begin());
}

std::string EnergyReference::toText() const
{
    const std::size_t kept = std::min(count(), mostKept);
    nlohmann::json list = nlohmann::json::array();
    for (std::size_t i = 0; i < kept; ++i) {
        const std::size_t place = kept < 2 ? 0 : i * (count() - 1) / (kept - 1);
        list.push_back(std::round(m_energies[place] * 1e4) / 1e4);
    }
    return list.dump();
}

std::optional<EnergyReference> EnergyReference::fromText(std::string_view text)
{
    const nlohmann::json list = nlohmann::json::parse(text, nullptr, false);
    if (!list.is_array() || list.size() > mostRead)
        return std::nullopt;
    std::vector<double> energies;
    for (const nlohmann::json& number : list) {
        if (!number.is_number() || !std::isfinite(number.get<double>()))
            return std::nullopt;
        energies.push_back(number.get<double>());
    }
    return EnergyReference(std::move(energies));
}

EnergyReference validationEnergies(std::span<const TrainingNote> training)
{
    const auto found = std::ranges::find(training, validationEnergiesKey, &TrainingNote::key);
    const auto kept = found == training.end() ? std::nullopt : EnergyReference::fromText(found->text);
    return kept.value_or(EnergyReference());
}

} // namespace ocellus

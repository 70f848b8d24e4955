// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/learning_rate.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

#include <nlohmann/json.hpp>

namespace ocellus {
namespace {

constexpr double gamma = 0.1;
constexpr double warmUp = 0.3;
constexpr double initialDivisor = 25;
constexpr double finalDivisor = 1e4;
constexpr double lowestRate = 1e-6;

double cosineBetween(double from, double to, double fraction)
{
    return to + (from - to) / 2 * (1 + std::cos(std::numbers::pi * fraction));
}

} // namespace

LearningRate::LearningRate(const TrainOptions& options, int stepsPerEpoch)
    : m_schedule(options.schedule),
      m_epochs(options.epochs),
      m_drop(options.learningRateDrop),
      m_stepsPerEpoch(stepsPerEpoch),
      m_warmup(options.warmupEpochs),
      m_bases{options.learningRate, options.backboneLearningRate}
{
}

double LearningRate::oneCycle(double base, double step) const
{
    const double total = static_cast<double>(m_epochs) * m_stepsPerEpoch;
    const double top = std::max(warmUp * total - 1, 1e-9); // the step at which the rate is highest
    const double initial = base / initialDivisor;
    if (step <= top)
        return cosineBetween(initial, base, step / top);
    const double rest = std::max(total - 1 - top, 1e-9);
    return cosineBetween(base, initial / finalDivisor, std::min(1.0, (step - top) / rest));
}

/// timm's lets the first epoch have a rate of 0; here the first of n has 1 / n.
double LearningRate::warmCosine(double base, int epoch) const
{
    if (epoch < m_warmup)
        return base * (epoch + 1) / m_warmup;
    return cosineBetween(base, std::min(base, lowestRate), static_cast<double>(epoch) / m_epochs);
}

double LearningRate::at(double base, int epoch, int step) const
{
    switch (m_schedule) {
    case Schedule::Step: return base * std::pow(gamma, epoch / m_drop);
    case Schedule::Cosine: return cosineBetween(base, 0, static_cast<double>(epoch) / m_epochs);
    case Schedule::OneCycle: return oneCycle(base, static_cast<double>(epoch) * m_stepsPerEpoch + step);
    case Schedule::WarmCosine: return warmCosine(base, epoch);
    }
    return base;
}

nlohmann::json LearningRate::stateDict(int epochsDone) const
{
    const bool bySteps = m_schedule == Schedule::OneCycle;
    const std::int64_t allSteps = std::int64_t{m_epochs} * m_stepsPerEpoch;
    const std::int64_t count = bySteps ? std::int64_t{epochsDone} * m_stepsPerEpoch : epochsDone;
    nlohmann::json state = {
        {"last_epoch", count}, {"_step_count", count + 1}, {"verbose", false}, {"_get_lr_called_within_step", false}};
    // OneCycleLR refuses to be asked beyond its last step: there it stays.
    const auto rate = [&](double base) {
        return bySteps ? oneCycle(base, static_cast<double>(std::min(count, allSteps - 1))) : at(base, epochsDone, 0);
    };
    state["_last_lr"] = {rate(m_bases[0]), rate(m_bases[1])};
    state["base_lrs"] = {m_bases[0], m_bases[1]};
    switch (m_schedule) {
    case Schedule::Step:
        state["step_size"] = m_drop;
        state["gamma"] = gamma;
        break;
    case Schedule::Cosine:
        state["T_max"] = m_epochs;
        state["eta_min"] = 0;
        break;
    case Schedule::WarmCosine:
        state["t_initial"] = m_epochs;
        state["warmup_t"] = m_warmup;
        state["lr_min"] = lowestRate;
        break;
    case Schedule::OneCycle:
        state["total_steps"] = allSteps;
        state["base_lrs"] = {m_bases[0] / initialDivisor, m_bases[1] / initialDivisor};
        break;
    }
    return state;
}

} // namespace ocellus

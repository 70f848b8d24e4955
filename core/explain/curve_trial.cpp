// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/curve_trial.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/experiment/control_statistics.h"
#include "core/explain/settings_summary.h"

namespace ocellus {

namespace {

constexpr double bandLow = 0.05, bandHigh = 0.95;

std::vector<SourceOption> optionsOf(const CurveRecipe& standard)
{
    using Kind = SourceOption::Kind;
    const std::vector<std::string> substrates{"zero", "mean", "blur", "inpainting"};
    return {
        {"steps", "of a curve", std::to_string(standard.steps), Kind::Whole, 2, 100'000},
        {"random", "orders drawn at random", std::to_string(standard.randomOrders), Kind::Whole, 20, 100'000},
        {"deletion", "what is left", std::string(toString(standard.deletion)), Kind::Choice, 0, 0, substrates},
        {"insertion", "what it begins with", std::string(toString(standard.insertion)), Kind::Choice, 0, 0, substrates},
        {"seed", "of the random orders", std::to_string(standard.seed), Kind::Whole, 0, 4294967295.0}};
}

FaithfulnessRecipe measureRecipe(const CurveRecipe& recipe, const CellGeometry& grid)
{
    const auto cells = static_cast<std::size_t>(grid.rows()) * static_cast<std::size_t>(grid.columns());
    const auto steps = static_cast<std::size_t>(recipe.steps);
    return {FaithfulnessRecipe::Unit::Cells,
            (cells + steps - 1) / steps,
            recipe.deletion,
            recipe.insertion,
            recipe.randomOrders,
            recipe.seed};
}

std::size_t pointsOf(const CurveRecipe& recipe, const CellGeometry& grid)
{
    const auto cells = static_cast<std::size_t>(grid.rows()) * static_cast<std::size_t>(grid.columns());
    const std::size_t perStep = measureRecipe(recipe, grid).perStep;
    return (cells + perStep - 1) / perStep + 1;
}

} // namespace

std::string CurveRecipe::text() const
{
    return SourceSettings(optionsOf(*this)).summary();
}

CurveRecipe CurveRecipe::of(std::string_view text)
{
    const SourceSettings settings = settingsOf(optionsOf({}), text);
    return {settings.whole("steps"), settings.whole("random"), substrateOf(settings.text("deletion")),
            substrateOf(settings.text("insertion")), static_cast<std::uint64_t>(settings.real("seed"))};
}

CurveGround::CurveGround(std::shared_ptr<const ModelInput> input, const CellGeometry& grid, const CurveRecipe& recipe)
    : m_input(std::move(input)),
      m_grid(grid),
      m_recipe(recipe)
{
}

Substrate CurveGround::substrate(CausalMode mode) const
{
    return mode == CausalMode::Deletion ? m_recipe.deletion : m_recipe.insertion;
}

const FaithfulnessMeasure& CurveGround::measure(ModelProbe& probe, const Progress& progress)
{
    if (!m_measure)
        m_measure.emplace(probe, *m_input, m_grid, measureRecipe(m_recipe, m_grid), progress);
    return *m_measure;
}

CurveTrial::CurveTrial(std::shared_ptr<CurveGround> ground, SourceMap map, CausalMode mode)
    : m_ground(std::move(ground)),
      m_map(std::move(map)),
      m_mode(mode),
      m_orders{ofMap, ofReversed},
      m_points(pointsOf(m_ground->m_recipe, m_ground->m_grid))
{
    if (m_map.state == MapState::NotFinite || m_map.state == MapState::Constant)
        throw Error(ErrorCode::BadArgument, m_map.source, "expected a map in which places stand out");
    for (int order = ofCentre; order < m_ground->m_recipe.randomOrders; ++order)
        if (!m_ground->m_curves.contains({mode, order}))
            m_orders.push_back(order);
    m_todo = m_orders.size() * m_points;
}

PixelGroups CurveTrial::groupsOf(int order, const FaithfulnessMeasure& measure) const
{
    switch (order) {
    case ofMap: return measure.groups(m_map);
    case ofReversed: return measure.reversedGroups(m_map);
    case ofCentre: return measure.centreGroups();
    default: return measure.randomGroups(order);
    }
}

/// All orders begin with one picture and end with one, so the judge is asked about these once.
double CurveTrial::scoreAt(std::size_t point, const FaithfulnessMeasure& measure, ModelProbe& probe,
                           const Progress& progress)
{
    const bool isEnd = point == 0 || point + 1 == m_points;
    const std::pair end{m_mode, point == 0};
    if (const auto known = m_ground->m_ends.find(end); isEnd && known != m_ground->m_ends.end())
        return known->second;
    const ModelInput& input = m_ground->input();
    const auto score =
        static_cast<double>(probe
                                .probabilities(causalPicture(m_mode, m_ground->substrate(m_mode), input.values,
                                                             input.inputSize, m_groups, point),
                                               input.inputSize, progress)
                                .at(static_cast<std::size_t>(measure.judgedClass())));
    if (isEnd)
        m_ground->m_ends.emplace(end, score);
    return score;
}

void CurveTrial::step(ModelProbe& probe, const Progress& progress)
{
    if (isOver())
        return;
    const FaithfulnessMeasure& measure = m_ground->measure(probe, progress);
    const int order = m_orders[m_done / m_points];
    if (m_walked.empty())
        m_groups = groupsOf(order, measure);
    m_walked.push_back(scoreAt(m_walked.size(), measure, probe, progress));
    ++m_done;
    if (m_walked.size() < m_points)
        return;
    if (isShared(order))
        m_ground->m_curves[{m_mode, order}] = std::move(m_walked);
    else
        m_own[order] = std::move(m_walked);
    m_walked.clear();
}

const std::vector<double>& CurveTrial::curve(int order) const
{
    return isShared(order) ? m_ground->m_curves.at({m_mode, order}) : m_own.at(order);
}

Finding CurveTrial::finding() const
{
    Finding finding;
    finding.test = m_mode == CausalMode::Deletion ? EvidenceTest::Deletion : EvidenceTest::Insertion;
    finding.settings = m_ground->m_recipe.text();
    finding.curve = curve(ofMap);
    finding.value = areaUnder(finding.curve);
    finding.reversed = areaUnder(curve(ofReversed));
    finding.centre = areaUnder(curve(ofCentre));
    if (m_ground->m_measure)
        finding.classIndex = m_ground->m_measure->judgedClass();
    const int count = m_ground->m_recipe.randomOrders;
    for (int order = 0; order < count; ++order)
        finding.nulls.push_back(areaUnder(curve(order)));
    for (std::size_t point = 0; point < m_points; ++point) {
        std::vector<double> values;
        for (int order = 0; order < count; ++order)
            values.push_back(curve(order)[point]);
        finding.low.push_back(quantile(values, bandLow));
        finding.high.push_back(quantile(values, bandHigh));
    }
    finding.p = pAmongNulls(finding);
    return finding;
}

} // namespace ocellus

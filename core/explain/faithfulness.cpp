// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/faithfulness.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/analysis/bilinear.h"
#include "core/analysis/map_in_mask.h"
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/explain/map_on_grid.h"

namespace ocellus {

namespace {

/// Where each of `count` pixels lies between the centres of an axis' cells; `scale` picture pixels a pixel.
std::vector<BetweenCells> betweenCentres(int count, double scale, double first, double second, int cells)
{
    const double step = cells > 1 ? second - first : 1;
    std::vector<BetweenCells> samples;
    for (int pixel = 0; pixel < count; ++pixel)
        samples.push_back(betweenCells(((pixel + 0.5) * scale - first) / step, cells));
    return samples;
}

} // namespace

std::string toString(const FaithfulnessRecipe& recipe)
{
    return std::string(recipe.unit == FaithfulnessRecipe::Unit::Cells ? "cells" : "pixels") + ", " +
           std::to_string(recipe.perStep) + " a step, deletion " + std::string(toString(recipe.deletion)) +
           ", insertion " + std::string(toString(recipe.insertion));
}

FaithfulnessMeasure::FaithfulnessMeasure(ModelProbe& judge, const ModelInput& input, const CellGeometry& grid,
                                         const FaithfulnessRecipe& recipe, const Progress& progress)
    : m_judge(judge),
      m_input(input),
      m_grid(grid),
      m_recipe(recipe),
      m_owners(input.values.size() / 3)
{
    if (recipe.unit == FaithfulnessRecipe::Unit::Cells)
        m_owners = cellsOfInput(grid, input.inputSize);
    else
        std::iota(m_owners.begin(), m_owners.end(), std::size_t{0});
    const std::vector<float> probabilities = judge.probabilities(input.values, input.inputSize, progress);
    m_class = static_cast<int>(std::ranges::max_element(probabilities) - probabilities.begin());
    m_probability = static_cast<double>(probabilities[static_cast<std::size_t>(m_class)]);
}

std::size_t FaithfulnessMeasure::units() const
{
    return m_recipe.unit == FaithfulnessRecipe::Unit::Cells
               ? static_cast<std::size_t>(m_grid.rows()) * static_cast<std::size_t>(m_grid.columns())
               : m_owners.size();
}

std::size_t FaithfulnessMeasure::steps() const
{
    return (units() + m_recipe.perStep - 1) / m_recipe.perStep;
}

std::vector<float> FaithfulnessMeasure::unitValues(const SourceMap& map) const
{
    if (map.state == MapState::NotFinite)
        throw Error(ErrorCode::BadArgument, map.source, "expected a map of finite values");
    const CellGeometry own = geometryOf(map, m_grid.pictureSize(), m_grid.placement());
    if (m_recipe.unit == FaithfulnessRecipe::Unit::Pixels) {
        const Point first = own.centre({0, 0});
        const Point second = own.centre({1, 1});
        const Size size = m_input.inputSize;
        return sampled(map.values, static_cast<std::size_t>(map.columns),
                       betweenCentres(size.width, static_cast<double>(m_grid.pictureSize().width) / size.width, first.x,
                                      second.x, map.columns),
                       betweenCentres(size.height, static_cast<double>(m_grid.pictureSize().height) / size.height,
                                      first.y, second.y, map.rows));
    }
    return meansOfOwners(map, own, m_input.inputSize, m_owners, units());
}

PixelGroups FaithfulnessMeasure::grouped(const std::vector<std::size_t>& order) const
{
    return groupsByOwner(order, m_owners, m_recipe.perStep);
}

PixelGroups FaithfulnessMeasure::groups(const SourceMap& map) const
{
    return grouped(fallingOrder(unitValues(map)));
}

CausalPair FaithfulnessMeasure::pair(const PixelGroups& groups, const Progress& progress) const
{
    const JudgeScore score = [&](std::vector<std::vector<float>> pictures) {
        std::vector<double> scores;
        for (const auto& all : m_judge.probabilitiesOfAll(std::move(pictures), m_input.inputSize, progress))
            scores.push_back(static_cast<double>(all[static_cast<std::size_t>(m_class)]));
        return scores;
    };
    const auto curve = [&](CausalMode mode, Substrate substrate) {
        return causalCurve(mode, substrate, m_input.values, m_input.inputSize, groups, score, progress,
                           m_judge.picturesAtOnce());
    };
    CausalPair both;
    both.deletion = curve(CausalMode::Deletion, m_recipe.deletion);
    both.insertion = curve(CausalMode::Insertion, m_recipe.insertion);
    both.deletionArea = areaUnder(both.deletion);
    both.insertionArea = areaUnder(both.insertion);
    return both;
}

CausalPair FaithfulnessMeasure::of(const SourceMap& map, const Progress& progress) const
{
    return pair(groups(map), progress);
}

CausalPair FaithfulnessMeasure::reversed(const SourceMap& map, const Progress& progress) const
{
    return pair(reversedGroups(map), progress);
}

CausalPair FaithfulnessMeasure::centre(const Progress& progress) const
{
    return pair(centreGroups(), progress);
}

CausalPair FaithfulnessMeasure::random(int n, const Progress& progress) const
{
    return pair(randomGroups(n), progress);
}

PixelGroups FaithfulnessMeasure::reversedGroups(const SourceMap& map) const
{
    std::vector<std::size_t> order = fallingOrder(unitValues(map));
    std::ranges::reverse(order);
    return grouped(order);
}

PixelGroups FaithfulnessMeasure::centreGroups() const
{
    const bool cells = m_recipe.unit == FaithfulnessRecipe::Unit::Cells;
    const int rows = cells ? m_grid.rows() : m_input.inputSize.height;
    const int columns = cells ? m_grid.columns() : m_input.inputSize.width;
    return grouped(fallingOrder(centralMap(rows, columns)));
}

PixelGroups FaithfulnessMeasure::randomGroups(int n) const
{
    std::vector<std::size_t> order(units());
    std::iota(order.begin(), order.end(), std::size_t{0});
    RandomStream stream({m_recipe.seed, static_cast<std::uint64_t>(n)});
    for (std::size_t i = order.size(); i > 1; --i)
        std::swap(order[i - 1], order[static_cast<std::size_t>(stream.below(static_cast<int>(i)))]);
    return grouped(order);
}

} // namespace ocellus

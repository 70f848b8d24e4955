// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/cover_trial.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/base/text.h"
#include "core/explain/erasing_order.h"
#include "core/explain/map_on_grid.h"
#include "core/explain/settings_summary.h"

namespace ocellus {

namespace {

using Region = std::set<std::size_t>;

constexpr double fewestOnAnimal = 0.5; ///< of a control's cells, where the part itself has more

std::vector<SourceOption> optionsOf(const CoverRecipe& standard)
{
    using Kind = SourceOption::Kind;
    return {
        {"share", "of the cells that is covered", numberText(static_cast<float>(standard.share)), Kind::Real, 0.001,
         0.499},
        {"controls", "regions of the same shape elsewhere", std::to_string(standard.controls), Kind::Whole, 0, 100'000},
        {"enough", "controls that did as much end the test", std::to_string(standard.enough), Kind::Whole, 0, 100'000},
        {"substrate",
         "what covers them",
         std::string(toString(standard.substrate)),
         Kind::Choice,
         0,
         0,
         {"zero", "mean", "blur", "inpainting"}},
        {"place",
         "where controls lie",
         standard.onAnimal ? "animal" : "anywhere",
         Kind::Choice,
         0,
         0,
         {"animal", "anywhere"}},
        {"seed", "of the places", std::to_string(standard.seed), Kind::Whole, 0, 4294967295.0}};
}

/// One of the ways in which a shape can be laid on a grid.
struct Place {
    int down = 0, right = 0;
    bool upsideDown = false, leftToRight = false;
};

Region laid(const Region& region, int rows, int columns, const Place& place)
{
    Region result;
    for (const std::size_t cell : region) {
        int row = static_cast<int>(cell) / columns, column = static_cast<int>(cell) % columns;
        row = ((place.upsideDown ? rows - 1 - row : row) + place.down) % rows;
        column = ((place.leftToRight ? columns - 1 - column : column) + place.right) % columns;
        result.insert(static_cast<std::size_t>(row * columns + column));
    }
    return result;
}

bool overlapsHalf(const Region& a, const Region& b)
{
    std::size_t common = 0;
    for (const std::size_t cell : a)
        common += b.contains(cell) ? 1U : 0U;
    return 2 * common >= a.size();
}

double meanOver(const Region& region, const std::vector<double>& values)
{
    double sum = 0;
    for (const std::size_t cell : region)
        sum += values.at(cell);
    return sum / static_cast<double>(region.size());
}

std::vector<Place> placesInRandomOrder(int rows, int columns, std::uint64_t seed)
{
    std::vector<Place> places;
    for (int down = 0; down < rows; ++down)
        for (int right = 0; right < columns; ++right)
            for (const bool upsideDown : {false, true})
                for (const bool leftToRight : {false, true})
                    places.push_back({down, right, upsideDown, leftToRight});
    RandomStream stream(seed);
    for (std::size_t i = places.size(); i > 1; --i)
        std::swap(places[i - 1], places[static_cast<std::size_t>(stream.below(static_cast<int>(i)))]);
    return places;
}

} // namespace

std::string CoverRecipe::text() const
{
    return SourceSettings(optionsOf(*this)).summary();
}

CoverRecipe CoverRecipe::of(std::string_view text)
{
    const SourceSettings settings = settingsOf(optionsOf({}), text);
    return {settings.real("share"),
            settings.whole("controls"),
            settings.whole("enough"),
            substrateOf(settings.text("substrate")),
            settings.text("place") == "animal",
            static_cast<std::uint64_t>(settings.real("seed"))};
}

CoverTrial::CoverTrial(std::shared_ptr<const ModelInput> input, SourceMap map, const CoverRecipe& recipe,
                       const std::vector<double>& animal)
    : m_input(std::move(input)),
      m_map(std::move(map)),
      m_recipe(recipe)
{
    if (!(recipe.share > 0 && recipe.share < 0.5) || recipe.controls < 0 || recipe.enough < 0)
        throw Error(ErrorCode::BadArgument, "share", "expected a share of the cells above 0 and below 0.5");
    if (m_map.state == MapState::NotFinite || m_map.state == MapState::Constant)
        throw Error(ErrorCode::BadArgument, m_map.source, "expected a map in which places stand out");
    const bool hasAnimal = std::ranges::any_of(animal, [](double share) { return share > 0; });
    m_recipe.onAnimal = recipe.onAnimal && hasAnimal;
    if (m_recipe.onAnimal && animal.size() != m_map.values.size())
        throw Error(ErrorCode::Mismatch, "animal", "expected a share of each of the map's cells");
    m_whole = substrateOfWhole(recipe.substrate, m_input->values, m_input->inputSize);
    m_owners = cellsOfInput(geometryOf(m_map, m_input->inputSize), m_input->inputSize);
    const std::vector<std::size_t> order = fallingOrder(m_map.values);
    const auto count = std::max(1.0, std::round(recipe.share * static_cast<double>(order.size())));
    m_region = Region(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count));
    drawControls(animal);
    m_finding.test = EvidenceTest::Cover;
    m_finding.settings = m_recipe.text();
    m_finding.share = count / static_cast<double>(order.size());
}

void CoverTrial::drawControls(const std::vector<double>& animal)
{
    const double least = m_recipe.onAnimal ? std::min(fewestOnAnimal, meanOver(m_region, animal)) : 0;
    std::set<Region> drawn;
    for (const Place& place : placesInRandomOrder(m_map.rows, m_map.columns, m_recipe.seed)) {
        if (static_cast<int>(m_controls.size()) == m_recipe.controls)
            return;
        Region other = laid(m_region, m_map.rows, m_map.columns, place);
        if (overlapsHalf(m_region, other) || (m_recipe.onAnimal && meanOver(other, animal) < least))
            continue;
        if (drawn.insert(other).second)
            m_controls.push_back(std::move(other));
    }
}

std::vector<float> CoverTrial::covered(const Region& region) const
{
    std::vector<unsigned char> missing(m_owners.size());
    for (std::size_t pixel = 0; pixel < missing.size(); ++pixel)
        missing[pixel] = region.contains(m_owners[pixel]) ? 1 : 0;
    if (m_recipe.substrate == Substrate::Inpainting)
        return spreadInto(m_input->values, missing, m_input->inputSize);
    std::vector<float> values = m_input->values;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (missing[i % missing.size()] != 0)
            values[i] = m_whole[i];
    return values;
}

void CoverTrial::step(ModelProbe& probe, const Progress& progress)
{
    if (isOver())
        return;
    const auto logit = [&](std::vector<float> values) {
        return static_cast<double>(probe.logits(std::move(values), m_input->inputSize, progress)
                                       .at(static_cast<std::size_t>(m_map.classIndex)));
    };
    if (m_done == 0)
        m_logit = logit(m_input->values);
    else if (m_done == 1)
        m_finding.value = m_logit - logit(covered(m_region));
    else
        m_finding.nulls.push_back(m_logit - logit(covered(m_controls[m_done - 2])));
    ++m_done;
    const bool isEnough = m_recipe.enough > 0 && m_done > 2 && m_finding.nulls.back() >= m_finding.value &&
                          asGood(m_finding) >= static_cast<std::size_t>(m_recipe.enough);
    m_isOver = isEnough;
}

Finding CoverTrial::finding() const
{
    Finding finding = m_finding;
    finding.p = m_isOver ? static_cast<double>(asGood(finding)) / static_cast<double>(finding.nulls.size())
                         : pAmongNulls(finding);
    return finding;
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/cover_evidence.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/explain/erasing_order.h"

namespace ocellus {

namespace {

constexpr double significant = 0.05;

using Region = std::set<std::size_t>; ///< cells

Region moved(const Region& region, int rows, int columns, int down, int right)
{
    Region result;
    for (const std::size_t cell : region) {
        const auto row = (cell / static_cast<std::size_t>(columns) + static_cast<std::size_t>(down)) %
                         static_cast<std::size_t>(rows);
        const auto column = (cell + static_cast<std::size_t>(right)) % static_cast<std::size_t>(columns);
        result.insert(row * static_cast<std::size_t>(columns) + column);
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

/// All places where the region may go, in a random order.
std::vector<Region> controlRegions(const Region& region, const SourceMap& map, const CoverRecipe& recipe)
{
    std::vector<int> places(static_cast<std::size_t>(map.rows * map.columns));
    std::iota(places.begin(), places.end(), 0);
    RandomStream stream(recipe.seed);
    for (std::size_t i = places.size(); i > 1; --i)
        std::swap(places[i - 1], places[static_cast<std::size_t>(stream.below(static_cast<int>(i)))]);
    std::vector<Region> all;
    for (const int place : places) {
        if (static_cast<int>(all.size()) == recipe.controls)
            break;
        Region other = moved(region, map.rows, map.columns, place / map.columns, place % map.columns);
        if (!overlapsHalf(region, other))
            all.push_back(std::move(other));
    }
    return all;
}

/// Covers cells of a map's grid in an input.
class Cover {
public:
    Cover(const ModelInput& input, const SourceMap& map, Substrate substrate)
        : m_input(input),
          m_substrate(substrate),
          m_whole(substrateOfWhole(substrate, input.values, input.inputSize))
    {
        const CellGeometry geometry = geometryOf(map, input.inputSize);
        for (int y = 0; y < input.inputSize.height; ++y)
            for (int x = 0; x < input.inputSize.width; ++x) {
                const Cell cell = geometry.cellAt({x + 0.5, y + 0.5});
                m_owners.push_back(static_cast<std::size_t>(cell.row * map.columns + cell.column));
            }
    }

    std::vector<float> covered(const Region& region) const
    {
        std::vector<unsigned char> missing(m_owners.size());
        for (std::size_t pixel = 0; pixel < missing.size(); ++pixel)
            missing[pixel] = region.contains(m_owners[pixel]) ? 1 : 0;
        if (m_substrate == Substrate::Inpainting)
            return spreadInto(m_input.values, missing, m_input.inputSize);
        std::vector<float> values = m_input.values;
        for (std::size_t i = 0; i < values.size(); ++i)
            if (missing[i % missing.size()] != 0)
                values[i] = m_whole[i];
        return values;
    }

private:
    const ModelInput& m_input;
    Substrate m_substrate;
    std::vector<float> m_whole;
    std::vector<std::size_t> m_owners; ///< the cell of each pixel
};

} // namespace

std::string_view toString(EvidenceVerdict verdict)
{
    switch (verdict) {
    case EvidenceVerdict::Supported: return "supported";
    case EvidenceVerdict::NotSupported: return "not supported";
    case EvidenceVerdict::Untested: return "untested";
    }
    return "unknown";
}

CoverEvidence coverEvidence(ModelProbe& probe, const ModelInput& input, const SourceMap& map, const CoverRecipe& recipe,
                            const Progress& progress, const std::function<void(double)>& report)
{
    if (!(recipe.share > 0 && recipe.share < 0.5) || recipe.controls < 0)
        throw Error(ErrorCode::BadArgument, "share", "expected a share of the cells above 0 and below 0.5");
    if (map.state == MapState::NotFinite || map.state == MapState::Constant)
        throw Error(ErrorCode::BadArgument, map.source, "expected a map in which places stand out");
    const std::vector<std::size_t> order = fallingOrder(map.values);
    const auto count =
        static_cast<std::size_t>(std::max(1.0, std::round(recipe.share * static_cast<double>(order.size()))));
    const Region region(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count));
    const std::vector<Region> others = controlRegions(region, map, recipe);
    const Cover cover(input, map, recipe.substrate);
    const auto c = static_cast<std::size_t>(map.classIndex);
    const auto logit = [&](std::vector<float> values) {
        return static_cast<double>(probe.logits(std::move(values), input.inputSize, progress).at(c));
    };
    const double whole = logit(input.values);
    CoverEvidence evidence;
    evidence.share = static_cast<double>(count) / static_cast<double>(order.size());
    evidence.drop = whole - logit(cover.covered(region));
    for (const Region& other : others) {
        progress.throwIfStopped();
        evidence.controls.push_back(whole - logit(cover.covered(other)));
        if (report)
            report(static_cast<double>(evidence.controls.size()) / static_cast<double>(others.size()));
    }
    const auto stronger = std::ranges::count_if(evidence.controls, [&](double drop) { return drop >= evidence.drop; });
    evidence.p = (1.0 + static_cast<double>(stronger)) / (1.0 + static_cast<double>(others.size()));
    return evidence;
}

std::vector<double> holmCorrected(std::span<const double> p)
{
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return p[i]; });
    std::vector<double> corrected(p.size());
    double highest = 0;
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        highest = std::max(highest, std::min(1.0, p[order[rank]] * static_cast<double>(p.size() - rank)));
        corrected[order[rank]] = highest;
    }
    return corrected;
}

EvidenceVerdict verdictOf(const CoverEvidence& evidence, double correctedP)
{
    if (evidence.controls.empty())
        return EvidenceVerdict::Untested;
    return evidence.drop > 0 && correctedP <= significant ? EvidenceVerdict::Supported : EvidenceVerdict::NotSupported;
}

} // namespace ocellus

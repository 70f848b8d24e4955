// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tour/tour_scene.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/data/class_matching.h"

namespace ocellus {

namespace {

constexpr std::size_t BestHeads = 3;

} // namespace

TourScene tourScene(const Sample& sample, const ClassTable& classes)
{
    TourScene scene;
    scene.pair = sample.pairs.front();
    const std::vector<int> both =
        classesOfNames({scene.pair.species, scene.pair.partner}, classes, scene.pair.redrawn.string());
    scene.species = both[0];
    scene.partner = both[1];
    scene.ring = readRings(sample.rings, classes).ofClass[static_cast<std::size_t>(scene.species)];
    if (std::ranges::find(scene.ring, scene.partner) == scene.ring.end())
        throw Error(ErrorCode::Mismatch, sample.rings.string(),
                    "expected " + scene.pair.species + " and " + scene.pair.partner + " in one ring");
    return scene;
}

MarkedHead headAtMark(const Decoding& decoding, int layer, int classIndex, const CellsNear& mark)
{
    const std::vector<int> heads = decoding.rankHeads(layer, classIndex);
    std::vector<MarkedHead> best;
    for (std::size_t i = 0; i < std::min(BestHeads, heads.size()); ++i) {
        const std::size_t peak = peakCell(decoding.attention(layer, heads[i], classIndex));
        const auto columns = static_cast<std::size_t>(decoding.extent().columns);
        best.push_back({heads[i], static_cast<int>(i) + 1,
                        Cell{static_cast<int>(peak / columns), static_cast<int>(peak % columns)}, mark.contains(peak)});
    }
    const auto found = std::ranges::find(best, true, &MarkedHead::nearMark);
    return found == best.end() ? best.at(0) : *found;
}

} // namespace ocellus

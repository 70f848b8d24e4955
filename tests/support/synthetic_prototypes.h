// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <numeric>
#include <utility>
#include <vector>

#include <QImage>

#include "core/engine/prototype_maps.h"
#include "ui/figures/explanation.h"

namespace ocellus::test {

/// Similarities of `count` prototypes on 4 x 4 cells: each highest in a cell of its own.
inline std::vector<float> peakedSimilarities(int count)
{
    std::vector<float> values(static_cast<std::size_t>(count) * 16, 0.5F);
    for (int p = 0; p < count; ++p)
        values[static_cast<std::size_t>(p) * 16 + static_cast<std::size_t>((5 * p + 1) % 16)] =
            2.0F + static_cast<float>(p);
    return values;
}

/// A picture of 64 pixels, seen as 32, in which prototypes of classes 0, 1, ... are looked for: of `parts` each class's
/// own. With `tree` all classes have the first one's.
inline Explanation prototypeExplanation(std::vector<std::vector<MapSource::Part>> parts, std::vector<float> values,
                                        std::optional<TreeAnswer> tree = {})
{
    const int classes = tree ? 3 : static_cast<int>(parts.size());
    int most = 0;
    for (const auto& own : parts)
        most = std::max(most, static_cast<int>(own.size()));
    Decoding::Extent extent{1, most, static_cast<int>(parts.size()), 4, 4, classes, 1};
    std::vector<int> queryOfClass(static_cast<std::size_t>(classes), 0);
    if (!tree)
        std::iota(queryOfClass.begin(), queryOfClass.end(), 0);
    Explanation explanation;
    explanation.mapKind = tree ? MapKind::Node : MapKind::Prototype;
    explanation.subject = tree ? MapSubject::Picture : MapSubject::Classes;
    Decoding::Arrays arrays;
    arrays.logits.resize(static_cast<std::size_t>(classes));
    std::iota(arrays.logits.rbegin(), arrays.logits.rend(), -1.0F);
    arrays.outputs.resize(static_cast<std::size_t>(extent.queries), 1.0F);
    arrays.maps = std::make_shared<const PrototypeMaps>(16, std::move(values), 0.0, std::move(parts), std::move(tree));
    explanation.decoding =
        std::make_shared<const Decoding>(ContentKey{3, 4}, QuerySet(), extent, queryOfClass, std::move(arrays));
    explanation.picture = QImage(64, 64, QImage::Format_RGB32);
    explanation.picture.fill(QColor(90, 110, 70));
    explanation.inputSize = {32, 32};
    ReceptiveField field;
    field.stride = 8;
    field.start = 4;
    explanation.field = field;
    explanation.geometry = CellGeometry({64, 64}, Size{32, 32}, 4, 4, field);
    explanation.pictureName = "bunting.jpg";
    explanation.className = "0 Painted Bunting";
    return explanation;
}

/// Branch 0 with the leaf 1 on the left and on the right branch 2, and that with the leaves 3 and 4; the way goes to 4.
inline TreeAnswer smallTreeAnswer()
{
    TreeAnswer tree;
    tree.nodes.resize(5);
    const auto branch = [&](int node, int left, int right, int prototype, double presence, double reached) {
        TreeAnswer::Node& own = tree.nodes[static_cast<std::size_t>(node)];
        own = {node, reached, left, right, prototype, presence, 5 * prototype + 1, -1, 0};
    };
    const auto leaf = [&](int node, int classIndex, double share, double reached) {
        TreeAnswer::Node& own = tree.nodes[static_cast<std::size_t>(node)];
        own = {node, reached, -1, -1, -1, 0, -1, classIndex, share};
    };
    branch(0, 1, 2, 1, 0.9, 1);
    leaf(1, 0, 0.7, 0.1);
    branch(2, 3, 4, 0, 0.6, 0.9);
    leaf(3, 1, 0.8, 0.36);
    leaf(4, 2, 0.75, 0.54);
    tree.path = {0, 2, 4};
    tree.greedy = {0.1F, 0.15F, 0.75F};
    tree.best = 4;
    tree.bestDistribution = tree.greedy;
    return tree;
}

/// The picture in that tree.
inline Explanation treeExplanation(TreeAnswer tree = smallTreeAnswer())
{
    return prototypeExplanation({{{1, 0, 0.9, 1}, {0, 2, 0.6, 0.9}}}, peakedSimilarities(2), std::move(tree));
}

} // namespace ocellus::test

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <utility>
#include <vector>

#include <QImage>

#include "core/engine/stored_maps.h"
#include "ui/figures/explanation.h"

namespace ocellus::test {

/// What a made-up explanation looks like.
struct Synthetic {
    int heads = 8, layers = 2, classes = 5;
    QSize picture{500, 375};
    int rows = 25, columns = 34;
    QuerySet set = {};
};

/// One peak a head, each at another cell and each sharper than the one before; layers and queries move them.
inline std::shared_ptr<const MapSource> syntheticMaps(const Synthetic& wanted, int queries)
{
    const std::size_t cells = static_cast<std::size_t>(wanted.rows) * static_cast<std::size_t>(wanted.columns);
    const std::size_t maps = static_cast<std::size_t>(wanted.layers) * wanted.heads * queries;
    std::vector<float> attention(maps * cells);
    std::vector<float> scores(maps * cells);
    for (std::size_t map = 0; map < maps; ++map) {
        const int query = static_cast<int>(map) % queries;
        const int head = static_cast<int>(map) / queries % wanted.heads;
        const int layer = static_cast<int>(map) / queries / wanted.heads;
        const double peakRow = (0.2 + 0.6 * (head * 7 % wanted.heads) / wanted.heads) * wanted.rows;
        const double peakColumn =
            (0.15 + 0.7 * ((head * 3 + query + layer) % wanted.heads) / wanted.heads) * wanted.columns;
        double sum = 0;
        for (std::size_t cell = 0; cell < cells; ++cell) {
            const double dy = static_cast<int>(cell) / wanted.columns - std::floor(peakRow);
            const double dx = static_cast<int>(cell) % wanted.columns - std::floor(peakColumn);
            const double score = (2 + 0.5 * head) * std::exp(-(dx * dx + dy * dy) / 18);
            scores[map * cells + cell] = static_cast<float>(score);
            sum += std::exp(score);
        }
        for (std::size_t cell = 0; cell < cells; ++cell)
            attention[map * cells + cell] = static_cast<float>(std::exp(scores[map * cells + cell]) / sum);
    }
    return std::make_shared<StoredMaps>(wanted.heads, queries, cells, std::move(attention), std::move(scores));
}

inline std::shared_ptr<const Decoding> syntheticDecoding(const Synthetic& wanted)
{
    std::vector<int> queryOfClass(static_cast<std::size_t>(wanted.classes), -1);
    int queries = 0;
    for (int c = 0; c < wanted.classes; ++c)
        if (wanted.set.mode != LimitMode::Drop || std::ranges::count(wanted.set.active, c) > 0)
            queryOfClass[static_cast<std::size_t>(c)] = queries++;
    const Decoding::Extent extent{wanted.layers, wanted.heads, queries, wanted.rows, wanted.columns, wanted.classes, 4};
    Decoding::Arrays arrays;
    arrays.logits.resize(static_cast<std::size_t>(queries));
    std::iota(arrays.logits.begin(), arrays.logits.end(), 0.5f);
    arrays.outputs.resize(static_cast<std::size_t>(queries) * 4, 1.0f);
    arrays.maps = syntheticMaps(wanted, queries);
    return std::make_shared<const Decoding>(ContentKey{1, 2}, wanted.set, extent, queryOfClass, arrays);
}

inline Explanation syntheticExplanation(const Synthetic& wanted = {}, Placement placement = Placement::Receptive)
{
    Explanation explanation;
    explanation.picture = QImage(wanted.picture, QImage::Format_RGB32);
    explanation.picture.fill(QColor(90, 110, 70));
    explanation.decoding = syntheticDecoding(wanted);
    // The model's input: the last cells lie wholly within it.
    explanation.geometry =
        CellGeometry({wanted.picture.width(), wanted.picture.height()}, Size{32 * wanted.columns, 32 * wanted.rows},
                     wanted.rows, wanted.columns, ReceptiveField{}, placement);
    explanation.classIndex = 3;
    explanation.layer = 1;
    explanation.style.placement = placement;
    explanation.pictureName = "bunting.jpg";
    explanation.className = "3 Painted Bunting";
    explanation.modelName = "intr_cub.pth";
    explanation.modelHash = "0123456789ab";
    return explanation;
}

} // namespace ocellus::test

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/plate_key.h"

#include <algorithm>
#include <optional>

namespace ocellus {

namespace {

/// Of the row's first map that is no difference; null where there is none.
const Explanation* mapOf(const MatrixRow& row)
{
    const auto found = std::ranges::find_if(
        row.cells, [](const MatrixCell& cell) { return cell.tile && cell.explanation && !cell.isDifference(); });
    return found == row.cells.end() ? nullptr : found->explanation.get();
}

template <typename Options>
auto& hiddenOf(Options& options, PlateKey::Kind kind)
{
    switch (kind) {
    case PlateKey::Kind::Class: return options.hiddenClasses;
    case PlateKey::Kind::Head: return options.hiddenHeads;
    case PlateKey::Kind::Row: return options.hiddenRows;
    case PlateKey::Kind::Column: break;
    }
    return options.hiddenColumns;
}

} // namespace

PlateKey rowKey(const MapMatrix& matrix, std::size_t row)
{
    const PlateKey place{PlateKey::Kind::Row, static_cast<int>(row)};
    const Explanation* own = mapOf(matrix.rows[row]);
    if (!own)
        return place;
    for (std::size_t other = 0; other < matrix.rows.size(); ++other)
        if (const Explanation* of = mapOf(matrix.rows[other]); other != row && of && of->classIndex == own->classIndex)
            return place;
    return {PlateKey::Kind::Class, own->classIndex};
}

PlateKey columnKey(const MapMatrix& matrix, std::size_t column)
{
    const PlateKey place{PlateKey::Kind::Column, static_cast<int>(column)};
    std::optional<int> head;
    for (const MatrixRow& row : matrix.rows)
        for (std::size_t at = 0; at < row.cells.size(); ++at) {
            const std::optional<TileMap>& tile = row.cells[at].tile;
            if (!tile)
                continue;
            const int number = tile->isMean ? -1 : tile->head;
            if (at == column && head.value_or(number) != number)
                return place;
            if (at == column)
                head = number;
        }
    if (!head)
        return place;
    for (const MatrixRow& row : matrix.rows)
        for (std::size_t at = 0; at < row.cells.size(); ++at)
            if (const auto& tile = row.cells[at].tile;
                at != column && tile && (tile->isMean ? -1 : tile->head) == *head)
                return place;
    return {PlateKey::Kind::Head, *head};
}

bool isLeftOut(const PlateOptions& options, const PlateKey& key)
{
    return hiddenOf(options, key.kind).contains(key.number);
}

void leaveOut(PlateOptions& options, const PlateKey& key, bool hidden)
{
    if (hidden)
        hiddenOf(options, key.kind).insert(key.number);
    else
        hiddenOf(options, key.kind).erase(key.number);
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/data/class_table.h"
#include "core/engine/decoding.h"
#include "core/engine/stored_maps.h"

namespace ocellus {

/// One layer, one head, one cell; `logits` are those of all classes, or under `drop` of the active ones. The outputs of
/// neighbouring queries point in nearly the same direction, so that they are similar.
inline std::shared_ptr<const Decoding> makeDecoding(int classes, std::vector<float> logits, QuerySet set = {})
{
    Decoding::Extent extent;
    extent.layers = extent.heads = extent.rows = extent.columns = 1;
    extent.queries = static_cast<int>(logits.size());
    extent.classes = classes;
    extent.hiddenDim = 2;

    std::vector<int> queryOfClass(static_cast<std::size_t>(classes), -1);
    if (set.mode == LimitMode::Drop)
        for (std::size_t i = 0; i < set.active.size(); ++i)
            queryOfClass[static_cast<std::size_t>(set.active[i])] = static_cast<int>(i);
    else
        for (int i = 0; i < classes; ++i)
            queryOfClass[static_cast<std::size_t>(i)] = i;

    Decoding::Arrays arrays;
    for (std::size_t i = 0; i < logits.size(); ++i) {
        arrays.outputs.push_back(1);
        arrays.outputs.push_back(static_cast<float>(i));
    }
    const std::vector<float> maps(logits.size(), 1.0f);
    arrays.maps = std::make_shared<StoredMaps>(1, extent.queries, 1, maps, maps);
    arrays.logits = std::move(logits);
    return std::make_shared<const Decoding>(ContentKey{}, std::move(set), extent, std::move(queryOfClass),
                                            std::move(arrays));
}

inline ClassTable makeTable(const std::vector<std::string>& names)
{
    ClassTable table;
    for (const std::string& name : names)
        table.entries.push_back({name, {}});
    table.source = "classes.txt";
    return table;
}

/// Finch 1.0, Wren 4.0, Robin 3.0, Heron 2.0.
inline ClassTable fourBirds()
{
    ClassTable table = makeTable({"Finch", "Wren", "Robin", "Heron"});
    table.entries[1].latin = "Troglodytes troglodytes";
    return table;
}

inline std::shared_ptr<const Decoding> fourLogits()
{
    return makeDecoding(4, {1, 4, 3, 2});
}

} // namespace ocellus

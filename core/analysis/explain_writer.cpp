// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/explain_writer.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/edit/edit_json.h"
#include "core/engine/kept_tokens.h"
#include "core/engine/tree_answer.h"
#include "core/io/npz_writer.h"

namespace ocellus {

namespace {

using Map = std::vector<float> (Decoding::*)(int layer, int head, int classIndex) const;

struct Layers {
    int first = 0;
    int count = 0;
};

Layers layersOf(const Decoding& decoding, std::optional<int> layer)
{
    const int all = decoding.extent().layers;
    if (!layer)
        return {0, all};
    if (*layer < 0 || *layer >= all)
        throw Error(ErrorCode::BadArgument, "layer",
                    "expected 1 to " + std::to_string(all) + ", got " + std::to_string(*layer + 1));
    return {*layer, 1};
}

void addMaps(NpzWriter& writer, std::string_view name, Map map, const Decoding& decoding,
             const std::vector<int>& queryClasses, Layers layers)
{
    const Decoding::Extent& extent = decoding.extent();
    const std::vector<std::int64_t> shape = {layers.count, extent.heads, static_cast<std::int64_t>(queryClasses.size()),
                                             extent.rows, extent.columns};
    std::vector<float> values;
    values.reserve(static_cast<std::size_t>(layers.count) * static_cast<std::size_t>(extent.heads) *
                   queryClasses.size() * extent.cells());
    for (int layer = layers.first; layer < layers.first + layers.count; ++layer)
        for (int head = 0; head < extent.heads; ++head)
            for (const int classIndex : queryClasses) {
                const std::vector<float> cells = (decoding.*map)(layer, head, classIndex);
                values.insert(values.end(), cells.begin(), cells.end());
            }
    writer.add(name, values, shape);
}

void addIndices(NpzWriter& writer, std::string_view name, const std::vector<int>& indices)
{
    const std::vector<std::int64_t> values(indices.begin(), indices.end());
    writer.add(name, values, {static_cast<std::int64_t>(values.size())});
}

void addSize(NpzWriter& writer, std::string_view name, Size size)
{
    writer.add(name, std::array<std::int64_t, 2>{size.height, size.width}, {2});
}

void addText(NpzWriter& writer, std::string_view name, const std::string& text)
{
    const std::vector<std::uint8_t> bytes(text.begin(), text.end());
    writer.add(name, bytes, {static_cast<std::int64_t>(bytes.size())});
}

void addJson(NpzWriter& writer, std::string_view name, const nlohmann::json& json)
{
    addText(writer, name, json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

/// Which prototypes or concepts a class's maps are of, what each finds and its weight: [queries, heads], -1 and 0 where
/// a class has fewer; and which of them are of the whole picture, which are counted by themselves.
void addParts(NpzWriter& writer, const Decoding& decoding, const std::vector<int>& queryClasses, int layer)
{
    std::vector<std::int64_t> prototypes, nodes, globals;
    std::vector<float> similarities, weights;
    bool isThere = false;
    bool isAnyGlobal = false;
    for (const int classIndex : queryClasses)
        for (int head = 0; head < decoding.extent().heads; ++head) {
            const std::optional<MapSource::Part> part = decoding.part(layer, head, classIndex);
            isThere = isThere || part.has_value();
            prototypes.push_back(part ? part->prototype : -1);
            nodes.push_back(part ? part->node : -1);
            globals.push_back(part && part->isGlobal() ? 1 : 0);
            isAnyGlobal = isAnyGlobal || globals.back() == 1;
            similarities.push_back(part ? static_cast<float>(part->similarity) : 0.0F);
            weights.push_back(part ? static_cast<float>(part->weight) : 0.0F);
        }
    if (!isThere)
        return;
    const std::vector<std::int64_t> shape{static_cast<std::int64_t>(queryClasses.size()), decoding.extent().heads};
    writer.add("prototypes", prototypes, shape);
    writer.add("similarity", similarities, shape);
    writer.add("weight", weights, shape);
    if (decoding.tree())
        writer.add("nodes", nodes, shape);
    if (isAnyGlobal)
        writer.add("global", globals, shape);
}

/// Which patches a model went on with, and why: [keep] and [rows, columns].
void addKept(NpzWriter& writer, const Decoding& decoding, const KeptTokens& kept)
{
    addIndices(writer, "kept", kept.cells);
    writer.add("rollout", kept.rollout, {decoding.extent().rows, decoding.extent().columns});
}

/// What each cell by itself gives to a class, [queries, rows, columns].
void addCellScores(NpzWriter& writer, const Decoding& decoding, const std::vector<int>& queryClasses)
{
    std::vector<float> values;
    for (const int classIndex : queryClasses) {
        const std::vector<float> cells = decoding.cellScores(classIndex);
        values.insert(values.end(), cells.begin(), cells.end());
    }
    if (!values.empty())
        writer.add("cell_scores", values,
                   {static_cast<std::int64_t>(queryClasses.size()), decoding.extent().rows, decoding.extent().columns});
}

void addTree(NpzWriter& writer, const TreeAnswer& tree)
{
    std::vector<std::int64_t> indices;
    std::vector<float> reached;
    for (const TreeAnswer::Node& node : tree.nodes) {
        indices.push_back(node.index);
        reached.push_back(static_cast<float>(node.reached));
    }
    const auto count = static_cast<std::int64_t>(indices.size());
    writer.add("tree_nodes", indices, {count});
    writer.add("tree_reached", reached, {count});
    addIndices(writer, "tree_path", tree.path);
    writer.add("tree_greedy", tree.greedy, {static_cast<std::int64_t>(tree.greedy.size())});
    addIndices(writer, "tree_best_leaf", {tree.best});
}

void addExtra(NpzWriter& writer, const ExtraSources& extra)
{
    for (const ExtraMaps& maps : extra.maps) {
        const auto cells = static_cast<std::size_t>(maps.rows) * static_cast<std::size_t>(maps.columns);
        const auto count = static_cast<std::int64_t>(maps.values.size() / std::max<std::size_t>(cells, 1));
        writer.add(maps.name, maps.values, {count, maps.rows, maps.columns});
    }
    if (!extra.maps.empty())
        addText(writer, "sources", extra.provenance);
}

nlohmann::json jsonOf(const AttentionIntervention& intervention)
{
    nlohmann::json cells = nlohmann::json::object();
    for (const auto& [head, suppressed] : intervention.cells)
        cells[std::to_string(head)] = suppressed;
    nlohmann::json json = {{"class", intervention.classIndex}, {"heads", intervention.heads}, {"cells", cells}};
    if (intervention.hasCells())
        json["grid"] = {intervention.rows, intervention.columns};
    return json;
}

} // namespace

void writeExplanation(const std::filesystem::path& path, const ExplainedInput& input, const Decoding& decoding,
                      const std::vector<int>& queryClasses, std::optional<int> layer, const Progress& progress,
                      const ExtraSources& extra, ArrayCompression compression)
{
    const Layers layers = layersOf(decoding, layer);
    const QuerySet& set = decoding.querySet();
    const auto classes = static_cast<std::int64_t>(decoding.classes().size());

    progress.at(Stage::Write, 0.0);
    NpzWriter writer(path, compression);
    if (decoding.hasLogits()) {
        writer.add("logits", decoding.logits(), {classes});
        writer.add("probabilities", decoding.probabilities(), {classes});
    }
    addIndices(writer, "active", set.mode == LimitMode::All ? decoding.classes() : set.active);
    addIndices(writer, "query_index", queryClasses);
    addSize(writer, "input_size", input.input);
    addSize(writer, "picture_size", input.picture);
    if (!input.edits.empty())
        addJson(writer, "edits", jsonOf(input.edits));
    if (!decoding.intervention().empty())
        addJson(writer, "intervention", jsonOf(decoding.intervention()));
    addExtra(writer, extra);
    if (layers.count > 0) {
        addParts(writer, decoding, queryClasses, layers.first);
        addCellScores(writer, decoding, queryClasses);
    }
    if (const KeptTokens* kept = decoding.kept())
        addKept(writer, decoding, *kept);
    if (const TreeAnswer* tree = decoding.tree())
        addTree(writer, *tree);
    if (layers.count > 0)
        addMaps(writer, "attention", &Decoding::attention, decoding, queryClasses, layers);
    progress.at(Stage::Write, 0.5);
    if (layers.count > 0)
        addMaps(writer, "scores", &Decoding::scores, decoding, queryClasses, layers);
    progress.throwIfStopped();
    writer.close();
    progress.at(Stage::Write, 1.0);
}

} // namespace ocellus

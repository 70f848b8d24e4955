// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/prototype_patches.h"

#include <map>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/edit/pixel_box.h"
#include "core/image/png_encoder.h"
#include "core/image/preprocess.h"
#include "core/io/atomic_file.h"
#include "core/io/npy_writer.h"
#include "core/train/network/prototype_head.h"

namespace ocellus {
namespace {

namespace fs = std::filesystem;

using Patches = std::vector<std::optional<PushedPatch>>;

void writePng(const fs::path& path, const Picture& picture)
{
    const std::vector<std::uint8_t> bytes = encodedPng(picture);
    writeFileAtomically(path, std::as_bytes(std::span(bytes)));
}

NpyTable tableOf(const Patches& patches)
{
    NpyTable table{static_cast<std::int64_t>(patches.size()), 6, {}};
    for (const std::optional<PushedPatch>& patch : patches) {
        if (!patch) {
            table.values.insert(table.values.end(), 6, -1); // as released
            continue;
        }
        const MapBox& box = patch->box;
        for (const std::int64_t value :
             {static_cast<std::int64_t>(patch->picture), std::int64_t{box.top}, std::int64_t{box.bottom},
              std::int64_t{box.left}, std::int64_t{box.right}, std::int64_t{patch->classIndex}})
            table.values.push_back(value);
    }
    return table;
}

void fail(const fs::path& path, const std::error_code& failure)
{
    if (failure)
        throw Error(ErrorCode::Unreadable, path.string(), "the folder cannot be written: " + failure.message());
}

MapBox boxOf(const PrototypeOrigin& origin, Size input)
{
    if (!origin.similarities.empty())
        return percentileBox(stretchedCubic(origin.similarities, origin.rows, origin.columns, input), input);
    std::vector<float> cells(static_cast<std::size_t>(origin.rows) * static_cast<std::size_t>(origin.columns));
    cells.at(static_cast<std::size_t>(origin.row * origin.columns + origin.column)) = 1;
    return peakBox(cells, origin.rows, origin.columns, input);
}

/// What the files of a prototype are called.
struct PictureNames {
    std::string patch;
    std::string original;
};

/// By prototype.
std::map<std::size_t, PictureNames> namesOf(std::size_t prototypes, const TreeConfig* tree)
{
    std::map<std::size_t, PictureNames> names;
    for (std::size_t i = 0; !tree && i < prototypes; ++i) {
        const std::string number = std::to_string(i) + ".png";
        names[i] = {"prototype-img" + number, "prototype-img-original" + number};
    }
    for (const TreeNode& node : tree ? tree->nodes : std::vector<TreeNode>()) {
        const std::string number = std::to_string(node.index);
        if (!node.isLeaf())
            names[static_cast<std::size_t>(node.prototype)] = {number + "_nearest_patch_of_image.png",
                                                               number + "_original_image.png"};
    }
    return names;
}

} // namespace

Patches patchesOf(const std::vector<std::optional<PrototypeOrigin>>& origins, const TrainingSet& set, Size input)
{
    Patches patches;
    for (const std::optional<PrototypeOrigin>& origin : origins) {
        if (!origin) {
            patches.emplace_back();
            continue;
        }
        patches.push_back(PushedPatch{origin->picture, set.train.at(origin->picture).classIndex, origin->row,
                                      origin->column, boxOf(*origin, input)});
    }
    return patches;
}

nlohmann::json toJson(const Patches& patches, const TrainingSet& set)
{
    nlohmann::json list = nlohmann::json::array();
    for (const std::optional<PushedPatch>& patch : patches) {
        if (!patch) {
            list.push_back(nullptr);
            continue;
        }
        const MapBox& box = patch->box;
        list.push_back({{"picture", set.train.at(patch->picture).relative.generic_string()},
                        {"class", patch->classIndex},
                        {"cell", {patch->row, patch->column}},
                        {"box", {box.top, box.bottom, box.left, box.right}}});
    }
    return list;
}

PrototypePictureFiles::PrototypePictureFiles(const fs::path& run, int epoch, const TreeConfig* tree)
    : m_parent(run / (tree ? "upsampling_results" : "img")),
      m_name(tree ? "pruned_and_projected" : "epoch-" + std::to_string(epoch)),
      m_epoch(epoch),
      m_tree(tree)
{
}

void PrototypePictureFiles::write(const Patches& patches, const TrainingSet& set,
                                  const PreprocessOptions& preprocess) const
{
    const fs::path folder = m_parent / ("part-" + std::to_string(m_epoch));
    std::error_code failure;
    fs::remove_all(folder, failure);
    fs::create_directories(folder, failure);
    fail(folder, failure);
    const std::map<std::size_t, PictureNames> names = namesOf(patches.size(), m_tree);
    std::map<std::size_t, std::vector<std::size_t>> prototypesOf; // each picture is decoded once
    for (std::size_t i = 0; i < patches.size(); ++i)
        if (patches[i])
            prototypesOf[patches[i]->picture].push_back(i);
    for (const auto& [index, prototypes] : prototypesOf) {
        const Picture seen = modelPixels(shownPicture(set.train.at(index)), preprocess);
        for (const std::size_t prototype : prototypes) {
            const MapBox& box = patches[prototype]->box;
            writePng(folder / names.at(prototype).original, seen);
            writePng(folder / names.at(prototype).patch,
                     cropped(seen, {box.left, box.top, box.right - box.left, box.bottom - box.top}));
        }
    }
    if (!m_tree)
        writeNpyTable(folder / ("bb" + std::to_string(m_epoch) + ".npy"), tableOf(patches));
}

void PrototypePictureFiles::publish() const
{
    const fs::path target = m_parent / m_name;
    std::error_code failure;
    fs::remove_all(target, failure);
    fs::rename(m_parent / ("part-" + std::to_string(m_epoch)), target, failure);
    fail(target, failure);
    std::vector<fs::path> others;
    for (const fs::directory_entry& entry : fs::directory_iterator(m_parent, failure))
        if (const std::string name = entry.path().filename().string();
            entry.path() != target && (name.starts_with("epoch-") || name.starts_with("part-")))
            others.push_back(entry.path());
    for (const fs::path& other : others)
        fs::remove_all(other, failure);
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/prototype_patches.h"

#include <map>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/image/preprocess.h"
#include "core/io/limits.h"
#include "core/projection/published_pictures.h"
#include "core/train/network/prototype_head.h"

namespace ocellus {
namespace {

namespace fs = std::filesystem;

using Patches = std::vector<std::optional<PushedPatch>>;

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

std::string originsText(const Patches& patches, const TrainingSet& set)
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
    std::string text = list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return text.size() <= limits::settingsTextBytes / 2 ? std::move(text) : std::string();
}

PrototypePictureFiles::PrototypePictureFiles(const fs::path& run, int epoch, const TreeConfig* tree)
    : m_parent(run / (tree ? "upsampling_results" : "img")),
      m_name(tree ? "pruned_and_projected" : "epoch-" + std::to_string(epoch)),
      m_epoch(epoch),
      m_tree(tree)
{
}

std::vector<Error> PrototypePictureFiles::write(const Patches& patches, const TrainingSet& set,
                                                const PreprocessOptions& preprocess) const
{
    std::vector<Error> unreadable;
    const fs::path folder = m_parent / ("part-" + std::to_string(m_epoch));
    std::error_code failure;
    fs::remove_all(folder, failure);
    fs::create_directories(folder, failure);
    fail(folder, failure);
    const PublishedPictures pictures(folder, m_tree);
    PublishedBoxes boxes(static_cast<int>(patches.size()));
    std::map<std::size_t, std::vector<std::size_t>> prototypesOf; // each picture is decoded once
    for (std::size_t i = 0; i < patches.size(); ++i)
        if (patches[i])
            prototypesOf[patches[i]->picture].push_back(i);
    for (const auto& [index, prototypes] : prototypesOf) {
        std::optional<Picture> seen;
        try {
            seen = modelPixels(shownPicture(set.train.at(index)), preprocess);
        } catch (const Error& error) {
            unreadable.push_back(error); // an epoch is worth more than a picture of it
        }
        for (const std::size_t i : prototypes) {
            const auto prototype = static_cast<int>(i);
            const MapBox& box = patches[i]->box;
            const PixelBox pixels{box.left, box.top, box.right - box.left, box.bottom - box.top};
            if (seen)
                pictures.write(prototype, *seen, pixels);
            boxes.set(prototype, static_cast<std::int64_t>(index), pixels, patches[i]->classIndex);
        }
    }
    if (!m_tree)
        boxes.write(folder / ("bb" + std::to_string(m_epoch) + ".npy"));
    return unreadable;
}

std::uintmax_t PrototypePictureFiles::bytesFor(std::size_t prototypes, int side)
{
    constexpr std::uintmax_t channels = 3;
    return prototypes * channels * static_cast<std::uintmax_t>(side) * static_cast<std::uintmax_t>(side);
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

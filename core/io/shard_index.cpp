// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/shard_index.h"

#include <cstddef>
#include <set>
#include <span>
#include <string>

#include <nlohmann/json.hpp>

#include "core/io/strict_json.h"

namespace ocellus {
namespace {

constexpr std::uint64_t mostIndexBytes = std::uint64_t{64} << 20;
constexpr std::size_t mostTensors = 1'000'000;
constexpr std::size_t mostParts = 1000;
constexpr std::size_t mostNameBytes = 255;

} // namespace

std::vector<InputFile> shardsOf(const InputFile& index)
{
    const StrictJson json(index.path().string());
    if (index.size() > mostIndexBytes)
        json.failTooLarge("an index of more than 64 MB is not read");
    std::string text(static_cast<std::size_t>(index.size()), '\0');
    index.readAt(0, std::as_writable_bytes(std::span(text)));
    const nlohmann::json value = json.parsed(text, 4, 2 * mostTensors);
    const auto map = value.is_object() ? value.find("weight_map") : value.end();
    if (map == value.end() || !map->is_object() || map->empty())
        json.fail("expected a weight_map with the file of each tensor");
    std::set<std::string> names;
    for (const auto& [tensor, file] : map->items()) {
        const std::string& name = json.text(file, "a file's name", mostNameBytes);
        if (std::filesystem::path(name).filename() != name || name == "." || name == "..")
            json.fail("expected the names of files beside the index, got another place");
        if (!name.ends_with(".safetensors"))
            json.fail("expected parts in .safetensors files, got another kind");
        names.insert(name);
        if (names.size() > mostParts)
            json.failTooLarge("more than 1000 parts are not read");
    }
    std::vector<InputFile> files;
    for (const std::string& name : names)
        files.emplace_back(index.path().parent_path() / name);
    return files;
}

} // namespace ocellus

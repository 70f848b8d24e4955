// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/checkpoint.h"

#include <algorithm>
#include <regex>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/error.h"
#include "core/io/file_kind.h"
#include "core/io/input_file.h"
#include "core/io/safetensors_reader.h"
#include "core/io/shard_index.h"
#include "core/io/torch_file.h"

namespace ocellus {

namespace {

constexpr const char* joinParts =
    "Save the model in one file: with save_pretrained(..., max_shard_size=\"1TB\"), or read every part with "
    "safetensors.torch.load_file and write all their tensors with one save_file";

/// Large models are spread over `model-00001-of-00002.safetensors` and so on, with an index beside them.
void refusePart(const std::filesystem::path& path)
{
    static const std::regex part("-([0-9]{5})-of-([0-9]{5})\\.[a-z]+$");
    const std::string name = path.filename().string();
    std::smatch numbers;
    if (std::regex_search(name, numbers, part) && numbers[2] != "00001")
        throw Error(ErrorCode::Unsupported, path.string(),
                    "by its name this is part " + std::to_string(std::stoi(numbers[1])) + " of " +
                        std::to_string(std::stoi(numbers[2])) + " of a checkpoint, and a part is no model",
                    "Open the index beside it, " + name.substr(0, static_cast<std::size_t>(numbers.position(0))) +
                        ".safetensors.index.json, where the parts are .safetensors. " + joinParts);
}

[[noreturn]] void refuseForeign(const std::filesystem::path& path, std::string_view first)
{
    if (path.filename().string().ends_with(".index.json"))
        throw Error(ErrorCode::Unsupported, path.string(),
                    "this is the index of a checkpoint in parts, which holds no weights itself", joinParts);
    const std::string_view kind = foreignFileKind(first);
    throw Error(ErrorCode::Unsupported, path.string(),
                kind.empty() ? "this is no checkpoint: expected a file of torch.save or a .safetensors file"
                             : "this is " + std::string(kind) + ", not a checkpoint");
}

} // namespace

std::unique_ptr<Checkpoint> Checkpoint::open(const std::filesystem::path& path, const Progress& progress,
                                             const std::string& key)
{
    InputFile file(path);
    if (file.size() == 0)
        throw Error(ErrorCode::Damaged, path.string(), "the file is empty");
    refusePart(path);
    if (path.filename().string().ends_with(".safetensors.index.json"))
        return std::make_unique<SafetensorsReader>(shardsOf(file), path.string(), progress, key);
    const auto find = [&key](const PickleHeap& heap, PickleRef root, std::uint64_t fileBytes) {
        return findTorchContents(heap, root, fileBytes, key);
    };
    if (std::unique_ptr<Checkpoint> checkpoint = openTorchFile(file, find, progress))
        return checkpoint;
    std::string first(static_cast<std::size_t>(std::min<std::uint64_t>(file.size(), 512)), '\0');
    file.readAt(0, std::as_writable_bytes(std::span(first)));

    // Eight bytes of length, then JSON.
    if (first.size() > 8 && first[8] == '{')
        return std::make_unique<SafetensorsReader>(std::move(file), progress, key);
    refuseForeign(path, first);
}

} // namespace ocellus

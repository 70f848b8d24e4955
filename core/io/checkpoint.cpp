// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/checkpoint.h"

#include <algorithm>
#include <charconv>
#include <optional>
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

constexpr std::size_t partDigits = 5;

/// The number that `text` begins with; none where it is not five digits.
std::optional<int> partNumber(std::string_view text)
{
    int number = 0;
    const char* const end = text.data() + std::min(text.size(), partDigits);
    const auto [rest, failure] = std::from_chars(text.data(), end, number);
    const bool isWhole = failure == std::errc() && rest == text.data() + partDigits && text.front() != '-';
    return isWhole ? std::optional(number) : std::nullopt;
}

/// Large models are spread over `model-00001-of-00002.safetensors` and so on, with an index beside them.
void refusePart(const std::filesystem::path& path)
{
    const std::string name = path.stem().string();
    constexpr std::string_view of = "-of-";
    constexpr std::size_t tail = 1 + partDigits + of.size() + partDigits;
    if (name.size() < tail || name[name.size() - tail] != '-')
        return;
    const std::string_view numbers = std::string_view(name).substr(name.size() - tail + 1);
    const std::optional<int> number = partNumber(numbers), count = partNumber(numbers.substr(partDigits + of.size()));
    if (number && count && *count != 1 && numbers.substr(partDigits).starts_with(of))
        throw Error(ErrorCode::Unsupported, path.string(),
                    "by its name this is part " + std::to_string(*number) + " of " + std::to_string(*count) +
                        " of a checkpoint, and a part is no model",
                    "Open the index beside it, " + name.substr(0, name.size() - tail) +
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

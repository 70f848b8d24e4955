// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/checkpoint.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/base/error.h"
#include "core/io/file_kind.h"
#include "core/io/input_file.h"
#include "core/io/safetensors_reader.h"
#include "core/io/torch_file.h"

namespace ocellus {

std::unique_ptr<Checkpoint> Checkpoint::open(const std::filesystem::path& path, const Progress& progress)
{
    InputFile file(path);
    if (file.size() == 0)
        throw Error(ErrorCode::Damaged, path.string(), "the file is empty");
    if (std::unique_ptr<Checkpoint> checkpoint = openTorchFile(file, findTorchContents, progress))
        return checkpoint;
    std::string first(static_cast<std::size_t>(std::min<std::uint64_t>(file.size(), 512)), '\0');
    file.readAt(0, std::as_writable_bytes(std::span(first)));

    // Eight bytes of length, then JSON.
    if (first.size() > 8 && first[8] == '{')
        return std::make_unique<SafetensorsReader>(std::move(file), progress);

    const std::string_view kind = foreignFileKind(first);
    throw Error(ErrorCode::Unsupported, path.string(),
                kind.empty() ? "this is no checkpoint: expected a file of torch.save or a .safetensors file"
                             : "this is " + std::string(kind) + ", not a checkpoint");
}

} // namespace ocellus

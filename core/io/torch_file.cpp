// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/torch_file.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "core/io/legacy_checkpoint.h"
#include "core/io/zip_checkpoint.h"

namespace ocellus {

namespace {

/// The length of a safetensors header, below 4 GB, and its first letter. One length in 32 begins with the byte of a
/// pickle's first opcode; no pickle of torch.save goes on with zeros and a brace.
bool isSafetensors(std::string_view first)
{
    using namespace std::string_view_literals;
    return first.size() > 8 && first.substr(4, 5) == "\0\0\0\0{"sv;
}

} // namespace

std::unique_ptr<TorchCheckpoint> openTorchFile(InputFile& file, const TorchContentsFinder& find,
                                               const Progress& progress)
{
    std::string first(static_cast<std::size_t>(std::min<std::uint64_t>(file.size(), 9)), '\0');
    file.readAt(0, std::as_writable_bytes(std::span(first)));
    if (first.starts_with("PK\x03\x04") || first.starts_with("PK\x05\x06"))
        return std::make_unique<ZipCheckpoint>(std::move(file), find, progress);
    if (first.starts_with('\x80') && !isSafetensors(first))
        return std::make_unique<LegacyCheckpoint>(std::move(file), find, progress);
    return nullptr;
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/torch_file.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/io/legacy_checkpoint.h"
#include "core/io/zip_checkpoint.h"

namespace ocellus {

std::unique_ptr<TorchCheckpoint> openTorchFile(InputFile& file, const TorchContentsFinder& find,
                                               const Progress& progress)
{
    std::string first(static_cast<std::size_t>(std::min<std::uint64_t>(file.size(), 4)), '\0');
    file.readAt(0, std::as_writable_bytes(std::span(first)));
    if (first == "PK\x03\x04" || first == "PK\x05\x06")
        return std::make_unique<ZipCheckpoint>(std::move(file), find, progress);
    if (first.starts_with('\x80'))
        return std::make_unique<LegacyCheckpoint>(std::move(file), find, progress);
    return nullptr;
}

} // namespace ocellus

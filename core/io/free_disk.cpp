// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/free_disk.h"

#include <string>

#include "core/base/error.h"

namespace ocellus {

void requireFreeDisk(const std::filesystem::path& folder, std::uintmax_t bytes)
{
    std::error_code failure;
    std::filesystem::path existing = std::filesystem::absolute(folder, failure);
    while (!std::filesystem::exists(existing, failure) && existing.has_relative_path())
        existing = existing.parent_path();
    const std::filesystem::space_info space = std::filesystem::space(existing, failure);
    constexpr std::uintmax_t megabyte = 1'000'000;
    if (!failure && space.available < bytes)
        throw Error(ErrorCode::Unreadable, folder.string(),
                    "expected " + std::to_string(bytes / megabyte + 1) + " MB of free disk, got " +
                        std::to_string(space.available / megabyte) + " MB",
                    "Make room, or choose another folder");
}

} // namespace ocellus

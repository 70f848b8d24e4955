// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/folder_sync.h"

#include <cerrno>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <unistd.h>

#include "core/base/error.h"

namespace ocellus {

void syncFolder(const std::filesystem::path& folder)
{
    const int descriptor = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return; // a folder that one may write to and not list
    const int code = fsync(descriptor) == 0 ? 0 : errno;
    close(descriptor);
    if (code != 0 && code != EINVAL && code != EROFS && code != ENOTSUP)
        throw Error(ErrorCode::Unreadable, folder.string(),
                    std::string("its new names cannot be brought to the disk: ") + std::strerror(code),
                    "Check the disk");
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>

#include "core/session/session_files.h"

namespace ocellus {

/// SHA-256 of files and class folders; a file that has not changed since is not read again. For one thread.
class FileHashes {
public:
    /// Throws what referenceTo() throws.
    FileReference of(const std::filesystem::path& path, const Progress& progress);

    /// Gives every file of the session that has none its hash.
    void fill(Session& session, const Progress& progress);

private:
    struct Known {
        FileReference file;
        std::filesystem::file_time_type time;
    };

    std::map<std::filesystem::path, Known> m_known;
};

} // namespace ocellus

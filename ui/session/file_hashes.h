// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <vector>

#include "core/session/session_files.h"

namespace ocellus {

/// SHA-256 of files and class folders; a file that has not changed since is not read again. For one thread.
class FileHashes {
public:
    /// Throws what referenceTo() throws.
    FileReference of(const std::filesystem::path& path, const Progress& progress);

    /// What files held according to a session: of() does not believe it, fill() takes it for a file that is gone.
    void remember(const Session& session);

    /// Gives every file of the session that has none its hash. Of one that cannot be read it is the last that was
    /// known, or none; gives the paths of those. Throws Error(Cancelled).
    std::vector<std::filesystem::path> fill(Session& session, const Progress& progress);

private:
    struct Known {
        FileReference file;
        std::filesystem::file_time_type time;
    };

    std::map<std::filesystem::path, Known> m_known;
};

} // namespace ocellus

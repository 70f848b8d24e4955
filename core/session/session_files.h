// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/session/session.h"

namespace ocellus {

enum class FileState {
    Found,
    Missing, ///< or not readable
    Changed  ///< there, with other content
};

/// One file of a session as it is on the disk.
struct SessionFile {
    std::string what; ///< "model", "class table" or "picture"
    FileReference file;
    FileState state = FileState::Found;
};

/// Reads a file, or a folder of classes, whose SHA-256 is that of its sub-folders' names in order, each with a line
/// break. The path becomes absolute. Throws Error: NotFound, Unreadable, TooLarge, Cancelled.
FileReference referenceTo(const std::filesystem::path& path, const Progress& progress = {});

/// A reference without a hash is found where there is a file.
/// Throws Error(Cancelled).
FileState stateOf(const FileReference& file, const Progress& progress = {});

/// Model, class table and pictures, in that order; reads all of them. Throws Error(Cancelled).
std::vector<SessionFile> filesOf(const Session& session, const Progress& progress = {});

/// Looks for what is missing or changed below a folder: under the names that it had, then anywhere below under its own
/// name, and in the places that follow from those that were found (where one file moved from a/b to c/b, others moved
/// from a to c). Only a file with the same SHA-256 is taken; links to folders are not followed, and no more than a
/// million files looked at. Gives the number of files found; the session then names those. Throws Error(Cancelled).
std::size_t relink(Session& session, const std::filesystem::path& folder, const Progress& progress = {});

/// Takes class names and pictures that are not as they were out of the session, whose results and chosen picture keep
/// to those that stay. Gives the pictures, with their edits.
std::vector<SessionPicture> takeMissing(Session& session, const std::vector<SessionFile>& files);

/// Throws Error(NotFound), naming all files of the list that are not as they were, and the way out.
void requireFound(const std::vector<SessionFile>& files, const std::string& wayOut);

} // namespace ocellus

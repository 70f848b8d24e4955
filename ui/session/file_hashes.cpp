// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/file_hashes.h"

#include "core/base/error.h"
#include "core/image/picture_address.h"
#include "ui/engine/picture_source.h"

namespace ocellus {

namespace {

std::vector<FileReference*> filesIn(Session& session)
{
    std::vector<FileReference*> files;
    if (session.model)
        files.push_back(&*session.model);
    if (session.classes)
        files.push_back(&*session.classes);
    for (SessionPicture& picture : session.pictures)
        files.push_back(&picture.file);
    return files;
}

/// All that a file says of itself; what the user said of it stays.
void fillIn(FileReference& file, const FileReference& known)
{
    file.path = known.path;
    file.sha256 = known.sha256;
    file.bytes = known.bytes;
}

} // namespace

FileReference FileHashes::of(const std::filesystem::path& path, const Progress& progress)
{
    const auto time = timeOf(path);
    std::error_code ignored; // a folder has no size, and never counts as unchanged
    const auto bytes = std::filesystem::file_size(pictureAddress(path).file, ignored);
    const auto found = m_known.find(path);
    if (found != m_known.end() && found->second.time == time && found->second.file.bytes == bytes)
        return found->second.file;
    const Known known{referenceTo(path, progress), time};
    m_known.insert_or_assign(path, known);
    return known.file;
}

void FileHashes::remember(const Session& session)
{
    Session copy = session;
    for (const FileReference* file : filesIn(copy))
        if (!file->sha256.empty())
            m_known.try_emplace(file->path, Known{*file, std::filesystem::file_time_type::min()});
}

std::vector<std::filesystem::path> FileHashes::fill(Session& session, const Progress& progress)
{
    std::vector<std::filesystem::path> unreadable;
    for (FileReference* file : filesIn(session)) {
        if (!file->sha256.empty())
            continue;
        try {
            fillIn(*file, of(file->path, progress));
        } catch (const Error& error) {
            if (error.code() == ErrorCode::Cancelled)
                throw;
            unreadable.push_back(file->path);
            if (const auto known = m_known.find(file->path); known != m_known.end())
                fillIn(*file, known->second.file);
        }
    }
    return unreadable;
}

} // namespace ocellus

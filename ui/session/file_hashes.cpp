// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/file_hashes.h"

#include "ui/engine/picture_source.h"

namespace ocellus {

FileReference FileHashes::of(const std::filesystem::path& path, const Progress& progress)
{
    const auto time = timeOf(path);
    std::error_code ignored; // a folder has no size, and never counts as unchanged
    const auto bytes = std::filesystem::file_size(path, ignored);
    const auto found = m_known.find(path);
    if (found != m_known.end() && found->second.time == time && found->second.file.bytes == bytes)
        return found->second.file;
    const Known known{referenceTo(path, progress), time};
    m_known.insert_or_assign(path, known);
    return known.file;
}

void FileHashes::fill(Session& session, const Progress& progress)
{
    const auto complete = [this, &progress](FileReference& file) {
        if (file.sha256.empty())
            file = of(file.path, progress);
    };
    if (session.model)
        complete(*session.model);
    if (session.classes)
        complete(*session.classes);
    for (SessionPicture& picture : session.pictures)
        complete(picture.file);
}

} // namespace ocellus

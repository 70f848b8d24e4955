// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/lost_work.h"

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>

#include "core/base/error.h"
#include "core/session/session.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

std::optional<LostWork> workIn(const fs::path& path, const Progress& progress)
{
    const auto file = std::make_shared<RecordFile>(RecordFile::open(path));
    if (!file->lock())
        return std::nullopt;
    if (!file->read(0) && file->size() <= RecordFile::sumDigits) { // killed before anything was written
        file->remove();
        return std::nullopt;
    }
    ReplayedJournal content = replayJournal(*file, progress);
    if (content.unsaved)
        return LostWork(file, std::move(content));
    file->remove();
    return std::nullopt;
}

/// A journal that was being written anew when its program ended: the one before is whole.
void removeAbandoned(const fs::path& path)
{
    try {
        if (RecordFile file = RecordFile::open(path); file.lock())
            file.remove();
    } catch (const Error&) {
        // It does no harm.
    }
}

} // namespace

LostWork::LostWork(std::shared_ptr<RecordFile> file, ReplayedJournal content)
    : m_file(std::move(file)),
      m_content(std::move(content))
{
    std::error_code failure;
    m_lastChange = fs::last_write_time(m_file->path(), failure);
}

void LostWork::moveTo(const fs::path& folder)
{
    std::error_code failure;
    fs::create_directories(folder, failure); // where it cannot be made, nothing can be put there
    m_file->rename(folder / m_file->path().filename());
}

std::vector<LostWork> findLostWork(const fs::path& folder, const Progress& progress)
{
    std::vector<LostWork> found;
    std::error_code failure;
    for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure)) {
        if (entry->path().extension() == journalPartExtension && entry->path().stem().extension() == journalExtension)
            removeAbandoned(entry->path());
        if (entry->path().extension() != journalExtension)
            continue;
        try {
            if (std::optional<LostWork> work = workIn(entry->path(), progress))
                found.push_back(std::move(*work));
        } catch (const Error& error) {
            if (error.code() == ErrorCode::Cancelled)
                throw;
        }
    }
    std::ranges::sort(found, std::greater(), &LostWork::lastChange);
    return found;
}

} // namespace ocellus

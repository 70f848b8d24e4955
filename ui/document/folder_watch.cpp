// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/folder_watch.h"

#include <system_error>
#include <utility>

#include "core/base/error.h"
#include "ui/engine/paths.h"
#include "ui/engine/picture_finder.h"
#include "ui/engine/picture_source.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t mostWatched = 4'000; ///< the system gives a user 8,192 at least, for all of his programs

} // namespace

FolderWatch::FolderWatch(std::chrono::milliseconds rest, QObject* parent) : QObject(parent), m_rest(rest)
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(rest);
    connect(&m_quiet, &QTimer::timeout, this, &FolderWatch::look);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, [this] {
        if (!m_quiet.isActive()) // a camera may write without a rest
            m_quiet.start();
    });
}

void FolderWatch::add(const std::vector<fs::path>& folders)
{
    std::error_code absent;
    bool isAny = false;
    for (const fs::path& folder : folders)
        isAny = (fs::is_directory(folder, absent) && m_folders.insert(folder).second) || isAny;
    if (isAny && m_on)
        look();
}

void FolderWatch::forget()
{
    ++m_turn;
    m_quiet.stop();
    m_folders.clear();
    m_told.clear();
    m_watched.clear();
    if (!m_watcher.directories().isEmpty())
        m_watcher.removePaths(m_watcher.directories());
}

void FolderWatch::setOn(bool on)
{
    if (on == m_on)
        return;
    m_on = on;
    const std::set<fs::path> folders = m_folders;
    forget();
    m_folders = folders;
    if (on)
        look();
}

void FolderWatch::look()
{
    if (m_folders.empty())
        return;
    m_queue.addBackground([this, folders = m_folders, rest = m_rest, turn = m_turn](const std::stop_token& stop) {
        Look seen = lookInto(folders, rest, stop);
        if (stop.stop_requested())
            return false;
        QMetaObject::invokeMethod(
            this,
            [this, turn, seen = std::move(seen)] {
                if (turn == m_turn && m_on)
                    take(seen);
            },
            Qt::QueuedConnection);
        return true;
    });
}

/// Folders that have gone hold nothing; they may come back.
FolderWatch::Look FolderWatch::lookInto(const std::set<fs::path>& folders, std::chrono::milliseconds rest,
                                        const std::stop_token& stop)
{
    Look seen;
    for (const fs::path& folder : folders) {
        seen.folders.insert(folder.native());
        try {
            for (ImageFile& file : listImages(folder, stop).images) {
                for (fs::path above = file.path.parent_path(); seen.folders.size() < mostWatched &&
                                                               above.native().size() > folder.native().size() &&
                                                               seen.folders.insert(above.native()).second;)
                    above = above.parent_path();
                const auto now = fs::file_time_type::clock::now();
                const auto written = timeOf(file.path);
                if (written > now - rest && written < now + rest)
                    seen.isBeingWritten = true;
                else
                    seen.files.push_back(inOwnFolder(std::move(file), folder));
            }
        } catch (const Error&) {
            continue;
        }
    }
    return seen;
}

void FolderWatch::take(const Look& seen)
{
    bool isAnyNew = false; // what came there between the look and the watch is seen by another look
    for (const std::string& folder : seen.folders)
        if (m_watched.size() < mostWatched && m_watched.insert(folder).second)
            isAnyNew = m_watcher.addPath(toQString(fs::path(folder))) || isAnyNew;
    if (seen.isBeingWritten || isAnyNew)
        m_quiet.start();
    std::vector<ImageFile> news;
    for (const ImageFile& file : seen.files)
        if (m_told.insert(file.path.native()).second)
            news.push_back(file);
    if (!news.empty())
        emit found(news);
}

} // namespace ocellus

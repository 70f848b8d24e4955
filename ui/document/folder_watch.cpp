// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/folder_watch.h"

#include <system_error>

#include "ui/engine/paths.h"
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
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_quiet, qOverload<>(&QTimer::start));
    connect(&m_finder, &PictureFinder::found, this, &FolderWatch::take);
    connect(&m_finder, &PictureFinder::foundMore, this, &FolderWatch::take);
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
    m_finder.forget();
    m_quiet.stop();
    m_folders.clear();
    m_told.clear();
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
    for (const fs::path& folder : m_folders)
        watch(folder);
    if (!m_folders.empty())
        m_finder.find({m_folders.begin(), m_folders.end()});
}

void FolderWatch::take(const std::vector<ImageFile>& files)
{
    if (!m_on)
        return; // what was on its way when it was switched off
    const auto now = fs::file_time_type::clock::now();
    std::vector<ImageFile> news;
    fs::path folder;
    for (const ImageFile& file : files) {
        if (folder != file.path.parent_path())
            watch(folder = file.path.parent_path());
        if (m_told.contains(file.path.native()))
            continue;
        const auto written = timeOf(file.path);
        if (written == fs::file_time_type::min()) // gone, or a folder that went while it was listed
            continue;
        if (written > now - m_rest && written < now + m_rest) {
            m_quiet.start();
            continue;
        }
        m_told.insert(file.path.native());
        news.push_back(file);
    }
    if (!news.empty())
        emit found(news);
}

void FolderWatch::watch(const fs::path& folder)
{
    const QString path = toQString(folder);
    if (m_watcher.directories().size() < static_cast<qsizetype>(mostWatched) && !m_watcher.directories().contains(path))
        m_watcher.addPath(path);
}

} // namespace ocellus

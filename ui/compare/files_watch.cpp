// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/files_watch.h"

#include <chrono>

#include <QSet>

#include "core/image/picture_address.h"
#include "ui/engine/paths.h"

namespace ocellus {

namespace {

constexpr std::chrono::milliseconds Quiet{300};

} // namespace

FilesWatch::FilesWatch(QObject* parent) : QObject(parent)
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(Quiet);
    connect(&m_quiet, &QTimer::timeout, this, &FilesWatch::changed);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_quiet, qOverload<>(&QTimer::start));
}

void FilesWatch::watch(const std::vector<std::filesystem::path>& pictures)
{
    QSet<QString> files;
    for (const std::filesystem::path& picture : pictures)
        files += toQString(pictureAddress(picture).file);
    const QStringList watched = m_watcher.files();
    const QSet<QString> before(watched.begin(), watched.end());
    if (const QSet<QString> gone = before - files; !gone.isEmpty())
        m_watcher.removePaths(gone.values());
    if (const QSet<QString> added = files - before; !added.isEmpty())
        m_watcher.addPaths(added.values());
}

} // namespace ocellus

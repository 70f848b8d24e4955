// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/picture_watch.h"

#include <chrono>
#include <system_error>
#include <utility>

#include "core/image/picture_address.h"
#include "ui/engine/paths.h"

namespace ocellus {

namespace {

constexpr std::chrono::milliseconds Quiet{300};

} // namespace

PictureWatch::PictureWatch(QObject* parent) : QObject(parent)
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(Quiet);
    connect(&m_quiet, &QTimer::timeout, this, &PictureWatch::look);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_quiet, qOverload<>(&QTimer::start));
}

void PictureWatch::watch(const std::filesystem::path& picture)
{
    m_quiet.stop();
    if (!m_file.isEmpty())
        m_watcher.removePath(m_file);
    m_file = picture.empty() ? QString() : toQString(pictureAddress(picture).file);
    if (m_file.isEmpty())
        return;
    std::error_code ignored; // of a file that is not there
    m_time = std::filesystem::last_write_time(toPath(m_file), ignored);
    m_watcher.addPath(m_file);
}

/// Many programs write another file and move it there: between the two there is none.
void PictureWatch::look()
{
    std::error_code failure;
    const auto time = std::filesystem::last_write_time(toPath(m_file), failure);
    if (failure) {
        m_quiet.start();
        return;
    }
    if (!m_watcher.files().contains(m_file))
        m_watcher.addPath(m_file);
    if (std::exchange(m_time, time) != time)
        emit changed();
}

} // namespace ocellus

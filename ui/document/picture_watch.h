// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace ocellus {

/// Tells when the file of the current picture was written by another program.
class PictureWatch : public QObject {
    Q_OBJECT

public:
    explicit PictureWatch(QObject* parent = nullptr);

    /// In the place of the one before; an empty path for none. Of a page of a file, the file.
    void watch(const std::filesystem::path& picture);

signals:
    /// It lies there with another time. A program that saves may write several times in a row: tells of the last.
    void changed();

private:
    void look();

    QFileSystemWatcher m_watcher;
    QTimer m_quiet;
    QString m_file;
    std::filesystem::file_time_type m_time;
};

} // namespace ocellus

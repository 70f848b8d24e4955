// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace ocellus {

/// Tells when one of the pictures that a page shows was written by another program.
class FilesWatch : public QObject {
    Q_OBJECT

public:
    explicit FilesWatch(QObject* parent = nullptr);

    /// In the place of those before. Of a page of a file, the file.
    void watch(const std::vector<std::filesystem::path>& pictures);

signals:
    /// A program that saves may write several times in a row, and take the file away in between: told once it rests.
    void changed();

private:
    QFileSystemWatcher m_watcher;
    QTimer m_quiet;
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <filesystem>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include "ui/engine/picture_finder.h"

namespace ocellus {

/// Looks for new pictures in the folders that were opened, while that is wished: a camera or a scanner writes there.
class FolderWatch : public QObject {
    Q_OBJECT

public:
    /// A file that was written within `rest` is taken for one that is still being written.
    explicit FolderWatch(std::chrono::milliseconds rest = std::chrono::seconds(2), QObject* parent = nullptr);

    /// Also what is below; what is no folder is passed over.
    void add(const std::vector<std::filesystem::path>& folders);
    void forget();

    /// Off at first. What came meanwhile is found when it goes on.
    void setOn(bool on);

signals:
    /// Each picture once, as long as it is on: one that the user has removed from a list does not come back.
    void found(const std::vector<ocellus::ImageFile>& files);

private:
    void look();
    void take(const std::vector<ImageFile>& files);
    void watch(const std::filesystem::path& folder);

    std::chrono::milliseconds m_rest;
    bool m_on = false;
    std::set<std::filesystem::path> m_folders;
    std::unordered_set<std::string> m_told;
    QFileSystemWatcher m_watcher;
    QTimer m_quiet;
    PictureFinder m_finder;
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <set>
#include <stop_token>
#include <string>
#include <unordered_set>
#include <vector>

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include "core/base/latest_wins_queue.h"
#include "core/data/image_folder.h"

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
    /// What was seen in the folders at one time.
    struct Look {
        std::vector<ImageFile> files; ///< whose writing is over
        bool isBeingWritten = false;  ///< others are not yet
        std::set<std::string> folders;
    };

    void look();
    void take(const Look& seen);
    static Look lookInto(const std::set<std::filesystem::path>& folders, std::chrono::milliseconds rest,
                         const std::stop_token& stop);

    std::chrono::milliseconds m_rest;
    bool m_on = false;
    std::set<std::filesystem::path> m_folders;
    std::unordered_set<std::string> m_told;
    std::set<std::string> m_watched;
    QFileSystemWatcher m_watcher;
    QTimer m_quiet;
    std::uint64_t m_turn = 0; // looks of earlier turns are of other folders
    LatestWinsQueue m_queue;  // last: it goes first
};

} // namespace ocellus

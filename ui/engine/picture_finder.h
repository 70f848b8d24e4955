// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include <QObject>
#include <QTimer>

#include "core/base/latest_wins_queue.h"
#include "core/data/image_folder.h"
#include "ui/engine/failure.h"

namespace ocellus {

/// A picture that lies in the listed folder itself has that one's name for its class.
ImageFile inOwnFolder(ImageFile file, const std::filesystem::path& folder);

/// Lists the pictures among files and folders, on a thread of its own because folders can be slow.
class PictureFinder : public QObject {
    Q_OBJECT

public:
    explicit PictureFinder(QObject* parent = nullptr);

    /// Folders are listed with all that is below them; files are taken as they are.
    void find(const std::vector<std::filesystem::path>& filesAndFolders);
    /// What was found and not told of yet is wanted no more.
    void forget();

signals:
    /// The first of them, a list that is shown at once.
    void found(const std::vector<ocellus::ImageFile>& files);
    /// The rest, in the same order and in parts, so that a window stays alive while it takes them.
    void foundMore(const std::vector<ocellus::ImageFile>& files);
    /// What lies in the folders and was not taken, after what was.
    void leftOut(const ocellus::SkippedFiles& skipped);
    void failed(const ocellus::Failure& failure);

private:
    void tell(std::vector<ImageFile> files);
    void tellMore();

    std::vector<ImageFile> m_rest; // of which what lies before m_told is told
    std::size_t m_told = 0;
    QTimer m_turn;
    LatestWinsQueue m_queue; // last: it goes first
};

} // namespace ocellus

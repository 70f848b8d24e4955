// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include <QObject>
#include <QThreadPool>

#include "core/data/image_folder.h"
#include "ui/engine/failure.h"

namespace ocellus {

/// Lists the pictures among files and folders, on a thread of its own because folders can be slow.
class PictureFinder : public QObject {
    Q_OBJECT

public:
    explicit PictureFinder(QObject* parent = nullptr);
    /// Waits for the folder that is being listed.
    ~PictureFinder() override;

    /// Folders are listed with all that is below them; files are taken as they are.
    void find(const std::vector<std::filesystem::path>& filesAndFolders);

signals:
    void found(const std::vector<ocellus::ImageFile>& files);
    void failed(const ocellus::Failure& failure);

private:
    QThreadPool m_pool;
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include <QObject>
#include <QTimer>

#include "ui/engine/newest_reading.h"

namespace ocellus {

class DatasetDocument;

/// Keeps what no file has of the data set in a folder of its own, a moment after each decision, so that a crash loses
/// nothing. What is saved or discarded leaves it.
class DatasetRecovery : public QObject {
    Q_OBJECT

public:
    /// `dataset` must outlive this object.
    DatasetRecovery(DatasetDocument& dataset, std::filesystem::path folder, QObject* parent = nullptr);
    /// A program that ends by itself has asked about what is unsaved.
    ~DatasetRecovery() override;

    /// What programs left that are no more, the newest first.
    std::vector<std::filesystem::path> found() const;
    /// Opens it, as unsaved work, and takes it out of the folder when it is kept as that.
    void restore(const std::filesystem::path& file);

signals:
    void changed(); ///< found()

private:
    void keep();
    void forget();
    void forgetRestored();

    DatasetDocument& m_dataset;
    std::filesystem::path m_folder, m_file;
    std::filesystem::path m_restored; ///< what was opened of another program, until it is kept in m_file
    QTimer m_pause;
    std::optional<NewestReading> m_writing; // last: it goes first
};

} // namespace ocellus

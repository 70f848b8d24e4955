// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include <QLockFile>
#include <QObject>
#include <QTimer>

#include "core/evaluation/prediction_sheet.h"
#include "ui/engine/exporter.h"
#include "ui/engine/newest_reading.h"

namespace ocellus {

/// Keeps predictions with corrections that no file has yet where they outlive the window, however it ends.
class UnsavedPredictions : public QObject {
    Q_OBJECT

public:
    using Sheet = std::function<const PredictionSheet&()>;

    /// `folder` is one of its own below Settings::recoveryFolder(), where journals lie. `sheet` gives what is to be
    /// kept when it is written.
    UnsavedPredictions(const std::filesystem::path& folder, Sheet sheet, QObject* parent = nullptr);
    /// Writes what waits.
    ~UnsavedPredictions() override;

    /// Tells what an earlier window left, by found() or, where it cannot be read, by failed(); nothing where there is
    /// nothing.
    void restore();

    void noteCorrection(); ///< what is to be kept has changed
    void noteSaved();      ///< a file has it all, or it is wanted no more
    /// Also while it is not known yet what an earlier window left.
    bool isUnsaved() const { return m_unsaved || m_reading.isReading(); }

signals:
    void unsavedChanged(bool unsaved);
    void found(const ocellus::PredictionSheet& sheet);
    void failed(const ocellus::Failure& failure);

private:
    void write();
    void setUnsaved(bool unsaved);

    Sheet m_sheet;
    std::unique_ptr<QLockFile> m_lock; ///< of the file; two windows have two
    std::filesystem::path m_file;      ///< empty where none could be had
    bool m_unsaved = false;
    QTimer m_delay;
    Exporter m_writer;
    NewestReading m_reading; ///< last: it goes first
};

} // namespace ocellus

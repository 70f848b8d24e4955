// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include <QMetaType>
#include <QObject>

#include "core/projection/patch_search.h"
#include "ui/engine/newest_reading.h"
#include "ui/engine/own_model_run.h"

namespace ocellus {

/// Searches training pictures for each prototype's nearest patch in the background.
class PrototypeSearch : public QObject {
    Q_OBJECT

public:
    struct Wish {
        ViewRequest request;             ///< engine and checkpoint
        std::filesystem::path folder;    ///< as trainingPictures() takes it
        std::optional<ClassTable> given; ///< names for a checkpoint that has others or none
        std::filesystem::path cache;     ///< as PatchSearch has it
    };

    /// `controller` must outlive the search.
    explicit PrototypeSearch(EngineController& controller, QObject* parent = nullptr);
    ~PrototypeSearch() override;

    /// One that still runs is cancelled, without a word.
    void start(const Wish& wish);
    /// What is known by then is kept: the next search goes on from there.
    void cancel();
    bool isRunning() const { return m_run.isRunning(); }

signals:
    void progressed(int done, int total); ///< pictures; 0 of 0 while they are listed
    void found(const std::shared_ptr<const ocellus::PrototypeProjection>& projection);
    void failed(const ocellus::Failure& failure);
    void finished(); ///< after found()
    void cancelled();

private:
    void addPictures(const std::shared_ptr<PatchSearch>& search);
    void addResult(const std::shared_ptr<PatchSearch>& search);
    void keep();

    std::shared_ptr<PatchSearch> m_search; ///< once its pictures are listed
    std::size_t m_done = 0;
    OwnModelRun m_run;
    NewestReading m_keeping{this}; // last: its thread goes first
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <stop_token>
#include <vector>

#include <QObject>

#include "ui/engine/engine_controller.h"

namespace ocellus {

/// Runs many units of work between the user's requests, with progress and cancel: an experiment, a comparison of many
/// pictures.
class BatchRun : public QObject {
    Q_OBJECT

public:
    /// `controller` must outlive the run.
    explicit BatchRun(EngineController& controller, QObject* parent = nullptr);
    /// What has not begun is dropped, and what runs is stopped.
    ~BatchRun() override;

    /// A batch that still runs is cancelled first. Without units it finishes at once.
    void start(std::vector<EngineUnit> units);
    /// Units that are still running learn of it by their Progress, and their results are dropped.
    void cancel();

    bool isRunning() const { return m_batch != nullptr; }
    int done() const { return m_done; }
    int total() const { return m_total; }

signals:
    void started(int total);
    /// After each unit, whether it succeeded or failed.
    void progressed(int done, int total);
    /// Of one unit; the others go on.
    void failed(const ocellus::Failure& failure);
    void finished();
    void cancelled();

private:
    /// Lives as long as its results are wanted; units hold it weakly.
    struct Batch {
        std::stop_source stop;

        ~Batch() { stop.request_stop(); }
    };

    void count();

    EngineController& m_controller;
    std::shared_ptr<Batch> m_batch;
    int m_done = 0;
    int m_total = 0;
};

} // namespace ocellus

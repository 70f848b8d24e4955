// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include "ui/engine/batch_run.h"
#include "ui/engine/pace_estimate.h"
#include "ui/evidence/evidence_job.h"

namespace ocellus {

/// Tests the maps of a class in a picture, between the user's requests: the newest picture first, and then those that
/// it pushed aside, from where they were.
class EvidenceRun : public QObject {
    Q_OBJECT

public:
    /// `controller` must outlive the run.
    explicit EvidenceRun(EngineController& controller, QObject* parent = nullptr);
    ~EvidenceRun() override;

    void start(const EvidenceRequest& request);
    /// All of them; what was found stays.
    void cancel();
    /// Those of the picture.
    void cancelOf(const std::filesystem::path& picture);
    /// Those of the picture with other edits than these.
    void cancelOutdated(const std::filesystem::path& picture, const EditList& edits);

    bool isRunning() const { return !m_jobs.empty(); }
    const EvidenceRequest* current() const; ///< null while nothing runs
    int waiting() const { return m_jobs.empty() ? 0 : static_cast<int>(m_jobs.size()) - 1; }
    double fraction() const; ///< of the current one
    std::optional<double> secondsLeft() const { return m_pace.secondsLeft(); }

signals:
    void found(const ocellus::EvidenceRequest& request, const ocellus::EvidenceMap& map,
               const ocellus::Finding& finding);
    /// Another one runs, or none.
    void runningChanged();
    void progressed();
    void failed(const ocellus::Failure& failure);

private:
    struct Job {
        std::shared_ptr<EvidenceJob> job;
        std::size_t next = 0; ///< task that has not been delivered
    };

    void cancelIf(const std::function<bool(const EvidenceRequest&)>& isUnwanted);
    void runNewest();
    EngineUnit unitOf(const std::shared_ptr<EvidenceJob>& job, std::size_t task);
    void end();
    void noteProgress();

    std::vector<Job> m_jobs; ///< the newest last, which runs
    BatchRun m_batch;
    QTimer m_tick; // while something runs
    QElapsedTimer m_clock;
    PaceEstimate m_pace;
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

#include "core/explain/cover_trial.h"
#include "core/explain/evidence_bench.h"
#include "ui/document/evidence_subject.h"
#include "ui/engine/engine_worker.h"

namespace ocellus {

/// One thing that a map is asked.
struct EvidenceTask {
    EvidenceMap map;
    EvidenceTest test = EvidenceTest::Cover;

    bool operator==(const EvidenceTask&) const = default;
};

/// What is to be tested of a picture.
struct EvidenceRequest {
    ViewRequest view;
    EvidenceSubject subject;       ///< its key is the view's
    std::vector<EvidenceMap> maps; ///< the one that is looked at first
    int heads = 0;                 ///< over which their maps are corrected
    CoverRecipe cover;
    CurveRecipe curves;
    std::vector<EvidenceTask> known; ///< is left out
    /// Maps that are there already, see EvidenceBench::Subject::known.
    std::shared_ptr<const std::vector<SourceMap>> made = nullptr;
    std::string madeBy = {};
};

/// The tests of the maps of a class in a picture, what takes milliseconds first, and how far they are. One that was
/// interrupted goes on where it was.
class EvidenceJob {
public:
    explicit EvidenceJob(const EvidenceRequest& request);

    const EvidenceRequest& request() const { return m_request; }
    const std::vector<EvidenceTask>& tasks() const { return m_tasks; }

    /// On the engine's thread. Nothing where the map cannot be asked that: no place of it stands out, or it is of
    /// another layer than the last. Throws what the engine throws, and Cancelled where the picture's file has changed.
    std::optional<Finding> run(std::size_t task, EngineWorker& worker, const Progress& progress);

    /// Along the curve of one of its maps, on the engine's thread. Throws as run().
    std::vector<Picture> pictures(const EvidenceTask& task, const CurveRecipe& recipe, EngineWorker& worker,
                                  const Progress& progress);

    int steps() const { return m_starts.back(); }
    int done() const { return m_done; }

private:
    void plan();
    int stepsOf(const EvidenceTask& task) const;
    void prepare(EngineWorker& worker, const Progress& progress);
    std::string settingsOf(EvidenceTest test) const;

    EvidenceRequest m_request;
    std::vector<EvidenceTask> m_tasks;
    std::vector<int> m_starts; ///< steps before each task, and of all
    std::atomic<int> m_done = 0;

    // The engine's thread's.
    std::optional<EvidenceBench> m_bench;
    Size m_inputSize;
    std::vector<std::unique_ptr<EvidenceTrial>> m_trials; ///< by task
};

} // namespace ocellus

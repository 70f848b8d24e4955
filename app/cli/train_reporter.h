// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/cli/status_line.h"
#include "core/base/progress.h"
#include "core/train/data/training_set.h"
#include "core/train/trainer.h"

namespace ocellus {

class RunStatusWriter;
class WatchedMaps;

/// Tells the user of a training run how it goes: a progress line, a line an epoch, the curves.
class TrainReporter {
public:
    explicit TrainReporter(const TrainOptions& options);

    /// For reading the training set.
    Progress readingProgress(const std::stop_token& stop);
    /// Calls this object, which must outlive the run.
    TrainObserver observer();

    /// Who is told besides the user, from then on; must outlive the run.
    void setStatus(RunStatusWriter& status) { m_status = &status; }

    /// Drawn after each epoch, from then on; must outlive the run.
    void setMaps(const WatchedMaps& maps) { m_maps = &maps; }

    void say(const std::string& sentence);
    void describe(const TrainingSet& set);
    void describe(const TrainEstimate& estimate);
    /// The same as one line of JSON, for programs.
    void describeAsJson(const TrainEstimate& estimate);
    /// Names the file that the run was made for, and the epoch whose weights it holds, which may not be the last.
    void sayDone();

private:
    void showStep(const TrainProgress& progress);
    void showEpoch(const std::vector<EpochReport>& reports);
    void drawPictures(const std::vector<EpochReport>& reports);

    const TrainOptions& m_options;
    std::size_t m_classes = 5; ///< once they are known; the first five of fewer are all
    StatusLine m_line;
    RunStatusWriter* m_status = nullptr;
    const WatchedMaps* m_maps = nullptr;
    std::optional<EpochReport> m_best;
};

} // namespace ocellus

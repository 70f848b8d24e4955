// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>

#include "core/train/epoch_report.h"
#include "core/train/run_status.h"

namespace ocellus {

/// Leaves a training process's sign of life in its folder: every two seconds, and at once when its phase changes.
class RunStatusWriter {
public:
    /// Of a folder that is there. Starts a thread.
    explicit RunStatusWriter(std::filesystem::path run);
    /// Where nobody said how it ended, it failed without a word.
    ~RunStatusWriter();

    // From any thread.
    void setPhase(RunPhase phase, double fraction = 0);
    void setProgress(const TrainProgress& progress);
    void fail(const std::string& message);

private:
    void run(const std::stop_token& stop);
    void write(const RunStatus& status) const;

    std::filesystem::path m_run;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    RunStatus m_status;
    bool m_isNews = true;
    std::jthread m_thread; // last: it uses the others
};

} // namespace ocellus

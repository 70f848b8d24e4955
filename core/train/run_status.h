// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace ocellus {

/// Where a run is in its life, as its process last wrote it.
enum class RunPhase {
    Waiting,  ///< for runs before it in the queue
    Reading,  ///< pictures are checked
    Features, ///< of a frozen backbone
    Training,
    Validating,
    Maps, ///< of the pictures that are watched
    Done,
    Stopped, ///< on request: saved, to be resumed
    Failed
};

/// "waiting", "reading", ...
std::string_view toString(RunPhase phase);

/// A sign of life that a training process leaves in its folder every few seconds, for whoever follows it.
struct RunStatus {
    RunPhase phase = RunPhase::Reading;
    std::string host;
    std::int64_t process = 0; ///< its number on that host
    std::int64_t seconds = 0; ///< since 1970, when this was written
    double fraction = 0;      ///< of the phase, 0 to 1
    int epoch = 0;            ///< from 1; 0 before the first
    int epochs = 0;
    double loss = 0;        ///< mean of this epoch so far
    double secondsLeft = 0; ///< of the whole run; 0: not known yet
    std::string message;    ///< why it failed

    bool isOver() const { return phase >= RunPhase::Done; }
};

/// RUN/status.json
std::filesystem::path runStatusFile(const std::filesystem::path& run);

/// Replaces it as a whole. Throws Error(Unreadable).
void writeRunStatus(const std::filesystem::path& run, const RunStatus& status);

/// Nothing where there is none. Throws Error: Unreadable, Damaged, TooLarge.
std::optional<RunStatus> readRunStatus(const std::filesystem::path& run);

/// RUN/stop-after-epoch: while it is there, the run ends with the epoch that it is in.
std::filesystem::path stopRequestFile(const std::filesystem::path& run);

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace ocellus {

/// Held by the process that trains in a folder as long as it lives, however it ends: the system takes it away with the
/// process, so that nobody waits for one that was killed.
class RunLock {
public:
    /// RUN/run.lock, made where it is not there; the folder is. Throws Error: Unreadable, BadArgument where another
    /// process trains there.
    explicit RunLock(const std::filesystem::path& run);
    ~RunLock();
    RunLock(const RunLock&) = delete;
    RunLock& operator=(const RunLock&) = delete;

    /// Whether a process of this machine trains there. Of a folder that machines share the status tells more.
    static bool isHeld(const std::filesystem::path& run);

private:
    int m_descriptor = -1;
};

} // namespace ocellus

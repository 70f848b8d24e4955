// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/run_lock.h"

#include <cerrno>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/base/error.h"

namespace ocellus {

namespace {

std::filesystem::path lockFile(const std::filesystem::path& run)
{
    return run / "run.lock";
}

} // namespace

RunLock::RunLock(const std::filesystem::path& run)
    : m_descriptor(open(lockFile(run).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666))
{
    if (m_descriptor < 0)
        throw Error(ErrorCode::Unreadable, lockFile(run).string(),
                    std::string("cannot be made: ") + std::strerror(errno));
    // Some file systems of clusters know no locks: there the status alone tells.
    if (flock(m_descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
        return;
    close(m_descriptor);
    throw Error(ErrorCode::BadArgument, run.string(),
                "expected a folder in which nothing trains, got one in which another process does",
                "Wait until it has ended, or stop it");
}

RunLock::~RunLock()
{
    close(m_descriptor); // the lock goes with it; the file stays, for others may hold it open
}

bool RunLock::isHeld(const std::filesystem::path& run)
{
    const int descriptor = open(lockFile(run).c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const bool isHeld = flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    close(descriptor);
    return isHeld;
}

} // namespace ocellus

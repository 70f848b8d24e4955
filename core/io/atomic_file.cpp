// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/atomic_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/io/folder_sync.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

/// Where a chain of links ends, whether there is something or not. A chain without an end is left to fail.
fs::path endOfLinks(fs::path path)
{
    constexpr int mostLinks = 40; // as Linux
    std::error_code failure;
    for (int links = 0; links < mostLinks && fs::is_symlink(fs::symlink_status(path, failure)); ++links) {
        const fs::path next = fs::read_symlink(path, failure);
        if (failure)
            break;
        path = next.is_absolute() ? next : path.parent_path() / next;
    }
    return path;
}

} // namespace

AtomicFile::AtomicFile(fs::path path) : m_path(std::move(path)), m_target(endOfLinks(m_path))
{
    std::error_code failure;
    const fs::file_status status = fs::status(m_target, failure);
    if (fs::is_symlink(fs::symlink_status(m_target, failure)))
        throw Error(ErrorCode::Unreadable, m_path.string(), "expected a file, got links that lead to no end",
                    "Choose another name");
    if (fs::exists(status) && !fs::is_regular_file(status))
        throw Error(ErrorCode::Unreadable, m_path.string(), "expected a file, got a folder, device or pipe",
                    "Choose another name");
    // mkstemp would give the result file the mode 0600, whatever the user's umask allows.
    for (int attempt = 0; m_descriptor < 0 && attempt < 100; ++attempt) {
        m_temporary = m_target.string() + "." + std::to_string(getpid()) + "-" + std::to_string(attempt) + ".part";
        m_descriptor = open(m_temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (m_descriptor < 0 && errno != EEXIST)
            break;
    }
    if (m_descriptor < 0)
        fail("cannot be created");
}

AtomicFile::~AtomicFile()
{
    discard();
}

void AtomicFile::write(std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            fail("cannot be written");
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
}

void AtomicFile::write(std::string_view text)
{
    write(std::as_bytes(std::span(text)));
}

void AtomicFile::adopt()
{
    const int descriptor = open(m_temporary.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0)
        fail("cannot be opened again");
    close(std::exchange(m_descriptor, descriptor));
}

void AtomicFile::keepAttributes() const
{
    struct stat before {};
    if (stat(m_target.c_str(), &before) != 0)
        return;
    constexpr mode_t permissions = 07777;
    // Another group than one's own is for the system to allow; before the mode, which this may change.
    [[maybe_unused]] const int groupChanged = fchown(m_descriptor, static_cast<uid_t>(-1), before.st_gid);
    if (fchmod(m_descriptor, before.st_mode & permissions) != 0)
        fail("cannot be given the permissions of the file before");
}

void AtomicFile::commit()
{
    keepAttributes();
    if (fsync(m_descriptor) != 0)
        fail("cannot be written");
    if (std::rename(m_temporary.c_str(), m_target.c_str()) != 0)
        fail("cannot be given its name");
    close(std::exchange(m_descriptor, -1));
    syncFolder(m_target.parent_path());
}

void AtomicFile::discard()
{
    if (m_descriptor < 0)
        return;
    close(std::exchange(m_descriptor, -1));
    unlink(m_temporary.c_str());
}

void AtomicFile::fail(std::string_view action) const
{
    const std::string reason = std::strerror(errno);
    throw Error(ErrorCode::Unreadable, m_path.string(), std::string(action) + ": " + reason,
                "Check the folder, its permissions and the free space");
}

void writeFileAtomically(const std::filesystem::path& path, std::span<const std::byte> bytes)
{
    AtomicFile file(path);
    file.write(bytes);
    file.commit();
}

void writeFileAtomically(const std::filesystem::path& path, std::string_view text)
{
    writeFileAtomically(path, std::as_bytes(std::span(text)));
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/atomic_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "core/base/error.h"

namespace ocellus {

AtomicFile::AtomicFile(std::filesystem::path path) : m_path(std::move(path))
{
    // mkstemp would give the result file the mode 0600, whatever the user's umask allows.
    for (int attempt = 0; m_descriptor < 0 && attempt < 100; ++attempt) {
        m_temporary = m_path.string() + "." + std::to_string(getpid()) + "-" + std::to_string(attempt) + ".part";
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

void AtomicFile::commit()
{
    if (fsync(m_descriptor) != 0)
        fail("cannot be written");
    if (std::rename(m_temporary.c_str(), m_path.c_str()) != 0)
        fail("cannot be given its name");
    close(std::exchange(m_descriptor, -1));
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

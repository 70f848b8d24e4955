// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/input_file.h"

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"

namespace ocellus {

InputFile::InputFile(std::filesystem::path path) : m_path(std::move(path))
{
    struct stat status {};
    // A pipe without a writer would block the open, so what it is is asked first.
    if (stat(m_path.c_str(), &status) != 0)
        throw Error(errno == ENOENT || errno == ENOTDIR ? ErrorCode::NotFound : ErrorCode::Unreadable, m_path.string(),
                    std::strerror(errno));
    if (!S_ISREG(status.st_mode))
        throw Error(ErrorCode::Unreadable, m_path.string(),
                    S_ISDIR(status.st_mode) ? "this is a folder, not a file" : "this is a device or pipe, not a file");
    m_descriptor = open(m_path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (m_descriptor < 0)
        throw Error(ErrorCode::Unreadable, m_path.string(), std::strerror(errno));
    if (fstat(m_descriptor, &status) == 0)
        m_size = static_cast<std::uint64_t>(status.st_size);
}

InputFile::~InputFile()
{
    if (m_descriptor >= 0)
        close(m_descriptor);
}

InputFile::InputFile(InputFile&& other) noexcept
    : m_path(std::move(other.m_path)),
      m_descriptor(std::exchange(other.m_descriptor, -1)),
      m_size(other.m_size)
{
}

void InputFile::readAt(std::uint64_t offset, std::span<std::byte> out) const
{
    if (offset > m_size || out.size() > m_size - offset)
        throw Error(ErrorCode::Damaged, m_path.string(),
                    "the file has " + std::to_string(m_size) + " bytes, but " + std::to_string(out.size()) +
                        " bytes at " + std::to_string(offset) + " are needed");
    while (!out.empty()) {
        const ssize_t got = pread(m_descriptor, out.data(), out.size(), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            throw Error(ErrorCode::Unreadable, m_path.string(), std::strerror(errno));
        if (got == 0)
            throw Error(ErrorCode::Damaged, m_path.string(), "the file was cut short while it was open");
        offset += static_cast<std::uint64_t>(got);
        out = out.subspan(static_cast<std::size_t>(got));
    }
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/record_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/io/folder_sync.h"

namespace ocellus {

namespace {

constexpr mode_t ownerOnly = 0600;

std::string sumOf(std::string_view text)
{
    constexpr std::size_t sumDigits = RecordFile::sumDigits;
    std::array<char, sumDigits + 1> digits{};
    std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(contentKey(text).low));
    return {digits.data(), sumDigits};
}

[[noreturn]] void failAt(const std::filesystem::path& path, std::string_view action)
{
    const int code = errno;
    throw Error(code == ENOENT ? ErrorCode::NotFound : ErrorCode::Unreadable, path.string(),
                std::string(action) + ": " + std::strerror(code),
                "Check the folder, its permissions and the free space");
}

} // namespace

RecordFile::RecordFile(std::filesystem::path path, int descriptor, std::uint64_t size)
    : m_path(std::move(path)),
      m_descriptor(descriptor),
      m_size(size)
{
}

RecordFile RecordFile::create(std::filesystem::path path)
{
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, ownerOnly);
    if (descriptor < 0)
        failAt(path, "cannot be created");
    return {std::move(path), descriptor, 0};
}

RecordFile RecordFile::temporary(const std::filesystem::path& folder)
{
    std::string path = (folder / "steps-XXXXXX").string();
    const int descriptor = mkostemp(path.data(), O_CLOEXEC);
    if (descriptor < 0)
        failAt(path, "cannot be created");
    unlink(path.c_str());
    return {std::move(path), descriptor, 0};
}

RecordFile RecordFile::open(std::filesystem::path path)
{
    // A pipe without a writer would block the open.
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        failAt(path, "cannot be opened");
    struct stat status {};
    const bool isFile = fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
    RecordFile file(std::move(path), descriptor, isFile ? static_cast<std::uint64_t>(status.st_size) : 0);
    if (!isFile)
        throw Error(ErrorCode::Unreadable, file.m_path.string(), "expected a file, got a folder, device or pipe");
    return file;
}

RecordFile::~RecordFile()
{
    if (m_descriptor >= 0)
        close(m_descriptor);
}

RecordFile::RecordFile(RecordFile&& other) noexcept
    : m_path(std::move(other.m_path)),
      m_descriptor(std::exchange(other.m_descriptor, -1)),
      m_size(other.m_size)
{
}

bool RecordFile::lock()
{
    struct stat status {};
    return flock(m_descriptor, LOCK_EX | LOCK_NB) == 0 && fstat(m_descriptor, &status) == 0 && status.st_nlink > 0;
}

std::uint64_t RecordFile::append(std::string_view text)
{
    if (text.size() > maxRecordBytes)
        throw Error(ErrorCode::TooLarge, m_path.string(),
                    "expected records of at most " + std::to_string(maxRecordBytes) + " bytes, got " +
                        std::to_string(text.size()));
    std::string line = sumOf(text);
    line += ' ';
    line += text;
    line += '\n';
    for (std::size_t done = 0; done < line.size();) {
        const ssize_t written =
            pwrite(m_descriptor, line.data() + done, line.size() - done, static_cast<off_t>(m_size + done));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            const int code = errno;
            // Where this fails too, the next record overwrites what was begun, and readers stop before it until then.
            [[maybe_unused]] const int truncated = ftruncate(m_descriptor, static_cast<off_t>(m_size));
            errno = code;
            failAt(m_path, "cannot be written");
        }
        done += static_cast<std::size_t>(written);
    }
    return std::exchange(m_size, m_size + line.size());
}

std::optional<RecordFile::Record> RecordFile::read(std::uint64_t place) const
{
    constexpr std::size_t firstPiece = 16U << 10, largestPiece = 4U << 20;
    std::string line;
    std::size_t end = std::string::npos;
    for (std::size_t piece = firstPiece; end == std::string::npos; piece = std::min(piece * 4, largestPiece)) {
        if (line.size() > maxRecordBytes + sumDigits + 1)
            return std::nullopt;
        const std::size_t before = line.size();
        line.resize(before + piece);
        const ssize_t got = pread(m_descriptor, line.data() + before, piece, static_cast<off_t>(place + before));
        if (got < 0 && errno != EINTR)
            failAt(m_path, "cannot be read");
        line.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (got == 0)
            return std::nullopt;
        end = line.find('\n', before);
    }
    line.resize(end);
    if (line.size() <= sumDigits || line[sumDigits] != ' ')
        return std::nullopt;
    Record record{line.substr(sumDigits + 1), place + end + 1};
    if (sumOf(record.text) != std::string_view(line).substr(0, sumDigits))
        return std::nullopt;
    return record;
}

std::optional<std::uint64_t> RecordFile::lineAfter(std::uint64_t place) const
{
    std::vector<char> piece(64U << 10);
    while (true) {
        const ssize_t got = pread(m_descriptor, piece.data(), piece.size(), static_cast<off_t>(place));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            failAt(m_path, "cannot be read");
        if (got == 0)
            return std::nullopt;
        const auto end = piece.begin() + got;
        const auto found = std::find(piece.begin(), end, '\n');
        if (found != end)
            return place + static_cast<std::uint64_t>(found - piece.begin()) + 1;
        place += static_cast<std::uint64_t>(got);
    }
}

void RecordFile::sync()
{
    if (fdatasync(m_descriptor) != 0)
        failAt(m_path, "cannot be brought to the disk");
}

void RecordFile::rename(const std::filesystem::path& path)
{
    if (std::rename(m_path.c_str(), path.c_str()) != 0)
        failAt(m_path, "cannot be given another name");
    const std::filesystem::path before = std::exchange(m_path, path).parent_path();
    syncFolder(m_path.parent_path());
    if (before != m_path.parent_path())
        syncFolder(before);
}

void RecordFile::remove()
{
    unlink(m_path.c_str());
}

} // namespace ocellus

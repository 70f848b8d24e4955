// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace ocellus {

/// A regular file opened for reading at any place, never mapped: one that is cut while it is open is an error, not a
/// signal.
class InputFile {
public:
    /// Throws Error: NotFound, or Unreadable, also for folders and devices.
    explicit InputFile(std::filesystem::path path);
    ~InputFile();
    InputFile(InputFile&& other) noexcept;
    InputFile& operator=(InputFile&&) = delete;

    const std::filesystem::path& path() const { return m_path; }
    int descriptor() const { return m_descriptor; }

    /// Bytes at the time of opening.
    std::uint64_t size() const { return m_size; }

    /// Fills `out` from `offset`. Throws Error: Damaged where the file ends before, Unreadable.
    void readAt(std::uint64_t offset, std::span<std::byte> out) const;

private:
    std::filesystem::path m_path;
    int m_descriptor = -1;
    std::uint64_t m_size = 0;
};

} // namespace ocellus

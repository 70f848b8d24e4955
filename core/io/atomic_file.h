// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

namespace ocellus {

/// A file that appears under its name only when it is whole: written to a temporary name in the same folder, flushed
/// to the disk by commit() and renamed. Without commit() the temporary file is removed.
class AtomicFile {
public:
    /// Throws Error(Unreadable).
    explicit AtomicFile(std::filesystem::path path);
    ~AtomicFile();
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    /// Appends. Throws Error(Unreadable), for instance where the disk is full.
    void write(std::span<const std::byte> bytes);
    void write(std::string_view text);

    /// Where the bytes are until commit().
    const std::filesystem::path& temporaryPath() const { return m_temporary; }

    /// Goes on with the file that a library has put at temporaryPath() in place of this one. Throws Error(Unreadable).
    void adopt();

    /// Throws Error(Unreadable); an earlier file of that name is then untouched.
    void commit();

    /// Removes what was written.
    void discard();

private:
    [[noreturn]] void fail(std::string_view action) const;

    std::filesystem::path m_path;
    std::filesystem::path m_temporary;
    int m_descriptor = -1;
};

/// The whole content at once. Throws Error(Unreadable).
void writeFileAtomically(const std::filesystem::path& path, std::span<const std::byte> bytes);
void writeFileAtomically(const std::filesystem::path& path, std::string_view text);

} // namespace ocellus

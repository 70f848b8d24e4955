// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

namespace ocellus {

/// A file that takes its name only when it is whole: written to a temporary name in the same folder, brought to the
/// disk by commit() and renamed. Without commit() the temporary file is removed.
///
/// Where the name is a symbolic link, the file that it leads to is the one that is replaced, and the link stays. An
/// earlier file's permissions stay too, and its group where the system lets them.
class AtomicFile {
public:
    /// Throws Error(Unreadable), also where the name is that of a folder, a device or a pipe.
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

    /// Throws Error(Unreadable). An earlier file of that name is then untouched, unless it was the folder that could
    /// not be brought to the disk.
    void commit();

    /// Removes what was written.
    void discard();

private:
    [[noreturn]] void fail(std::string_view action) const;

    void keepAttributes() const;

    std::filesystem::path m_path;
    std::filesystem::path m_target; ///< where links of m_path lead to
    std::filesystem::path m_temporary;
    int m_descriptor = -1;
};

/// The whole content at once. Throws Error(Unreadable).
void writeFileAtomically(const std::filesystem::path& path, std::span<const std::byte> bytes);
void writeFileAtomically(const std::filesystem::path& path, std::string_view text);

} // namespace ocellus

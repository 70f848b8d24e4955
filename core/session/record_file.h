// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace ocellus {

/// A file of records that only grows: each is one line, `<16 digits of its XXH3-128's lower half> <text>`.
class RecordFile {
public:
    static constexpr std::size_t sumDigits = 16;
    /// Longer records are neither written nor read.
    static constexpr std::size_t maxRecordBytes = std::size_t{1} << 30;

    /// A new file, for its owner only. Throws Error: NotFound (the folder), Unreadable.
    static RecordFile create(std::filesystem::path path);
    /// A new file in that folder that has no name and goes when it is closed. Throws Error: NotFound, Unreadable.
    static RecordFile temporary(const std::filesystem::path& folder);
    /// An earlier file. Throws Error: NotFound, Unreadable.
    static RecordFile open(std::filesystem::path path);

    ~RecordFile();
    RecordFile(RecordFile&& other) noexcept;
    RecordFile& operator=(RecordFile&&) = delete;

    const std::filesystem::path& path() const { return m_path; }

    /// Takes the file's lock, which goes when the file is closed, however its program ends. False where another one
    /// holds it or has taken the file away.
    bool lock();

    /// Writes a text without line breaks as one record and gives its place. Throws Error, with the file as it was:
    /// Unreadable, TooLarge.
    std::uint64_t append(std::string_view text);

    struct Record {
        std::string text;
        std::uint64_t next = 0; ///< the place of the record after it
    };
    /// Nothing where there is no whole and undamaged record. Throws Error(Unreadable).
    std::optional<Record> read(std::uint64_t place) const;
    /// Where the next line begins, whatever is in this one; nothing where none follows. Throws Error(Unreadable).
    std::optional<std::uint64_t> lineAfter(std::uint64_t place) const;

    /// Waits until all that was written is on the disk; of the file's name, see syncFolder(). Throws Error(Unreadable).
    void sync();
    /// Another name, in the place of a file that has it, known to the disk when this returns; the lock stays. Throws
    /// Error(Unreadable).
    void rename(const std::filesystem::path& path);

    /// Where the next record goes.
    std::uint64_t size() const { return m_size; }

    /// Takes the file's name away; whoever has it open goes on.
    void remove();

private:
    RecordFile(std::filesystem::path path, int descriptor, std::uint64_t size);

    std::filesystem::path m_path;
    int m_descriptor;
    std::uint64_t m_size;
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/progress.h"
#include "core/io/input_file.h"

struct zip;

namespace ocellus {

/// A zip archive as torch.save writes it: entries stored, not compressed or encrypted, every name once. For one thread.
class ZipArchive {
public:
    struct Entry {
        std::string name;
        std::uint64_t bytes = 0;
        std::uint64_t packedBytes = 0;
        std::string_view packing; ///< "compressed" or "encrypted", else empty
    };

    /// Reads the directory. Throws Error: Damaged, TooLarge, Cancelled.
    ZipArchive(const InputFile& file, const Progress& progress);

    const std::vector<Entry>& entries() const { return m_entries; }

    /// Throws Error: Unsupported where an entry is compressed or encrypted, Damaged where the entries together are
    /// larger than the file. Entries may be read after this.
    void requireStored() const;

    /// The place of that entry in entries(), or -1.
    std::ptrdiff_t find(std::string_view name) const;

    /// Bytes from `offset` of an entry on. The first call for an entry reads all of it and checks its CRC.
    /// Throws Error: Damaged where the CRC or the length is wrong.
    void read(std::size_t entry, std::uint64_t offset, std::span<std::byte> out) const;

private:
    struct Discard {
        void operator()(zip* archive) const;
    };

    void addEntry(std::uint64_t index);

    std::string m_subject;
    std::uint64_t m_fileBytes;
    std::unique_ptr<zip, Discard> m_archive;
    std::vector<Entry> m_entries;
    std::map<std::string, std::size_t, std::less<>> m_index;
    mutable std::vector<bool> m_verified;
};

} // namespace ocellus

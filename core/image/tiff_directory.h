// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/image/byte_reader.h"

namespace ocellus {

/// The first directory of a TIFF structure: a TIFF or BigTIFF file, or the EXIF block of another format.
class TiffDirectory {
public:
    /// `structure` starts at the byte-order mark. Throws Error(Damaged) where the directory is not all there.
    explicit TiffDirectory(const ByteReader& structure);

    /// The values of a tag of unsigned integers; empty where it is missing or of another type.
    /// Throws Error(Damaged) where they lie beyond the end.
    std::vector<std::uint64_t> values(std::uint16_t tag) const;
    /// The first of them.
    std::optional<std::uint64_t> value(std::uint16_t tag) const;
    std::uint64_t valueOr(std::uint16_t tag, std::uint64_t otherwise) const { return value(tag).value_or(otherwise); }

    bool contains(std::uint16_t tag) const { return entry(tag).has_value(); }
    /// Where the first value of a tag of 16-bit numbers stands in the structure.
    std::optional<std::uint64_t> shortValueOffset(std::uint16_t tag) const;

    /// False where the file ends before the pointer to the next directory, which EXIF blocks do now and then.
    bool hasNextPointer() const;

    const ByteReader& reader() const { return m_reader; }

private:
    struct Entry {
        std::uint16_t type = 0;
        std::uint64_t count = 0;
        std::uint64_t valueField = 0; ///< offset of the field that holds the values or points to them
    };

    std::uint64_t entryBytes() const { return m_big ? 20 : 12; }
    std::optional<Entry> entry(std::uint16_t tag) const;
    std::uint64_t valueOffset(const Entry& entry) const;

    ByteReader m_reader;
    bool m_big = false;
    std::uint64_t m_firstEntry = 0;
    std::uint64_t m_entries = 0;
};

} // namespace ocellus

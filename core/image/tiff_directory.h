// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/image/byte_reader.h"

namespace ocellus {

/// A directory of a TIFF structure: a TIFF or BigTIFF file, or the EXIF block of another format.
class TiffDirectory {
public:
    /// The first one; `structure` starts at the byte-order mark. Throws Error(Damaged) where it is not all there.
    explicit TiffDirectory(const ByteReader& structure);
    /// Another one of the same structure, at this offset. Throws the same.
    TiffDirectory at(std::uint64_t offset) const;

    /// The first values of a tag of unsigned integers; empty where it is missing or of another type. Many pages may
    /// share one tag of millions, so none are read that are not wanted.
    /// Throws Error(Damaged) where they lie beyond the end.
    std::vector<std::uint64_t> values(std::uint16_t tag, std::uint64_t most) const;
    /// The first of them.
    std::optional<std::uint64_t> value(std::uint16_t tag) const;
    std::uint64_t valueOr(std::uint16_t tag, std::uint64_t otherwise) const { return value(tag).value_or(otherwise); }

    /// The bytes of a tag of bytes or text; empty where it is missing, of another type or beyond the end.
    std::span<const std::uint8_t> bytes(std::uint16_t tag) const;

    /// The first value of a tag of unsigned fractions; empty where it is missing, of another type, beyond the end, or
    /// divided by zero.
    std::optional<double> rational(std::uint16_t tag) const;

    bool contains(std::uint16_t tag) const { return entry(tag).has_value(); }

    /// False where the file ends before the pointer to the next directory, which EXIF blocks do now and then.
    bool hasNextPointer() const;
    /// Where the next directory stands; 0 where this one is the last.
    std::uint64_t next() const;
    /// Bytes that its entries take.
    std::uint64_t size() const { return m_entries * entryBytes(); }
    /// Where this one stands.
    std::uint64_t offset() const { return m_offset; }

    const ByteReader& reader() const { return m_reader; }

private:
    struct Entry {
        std::uint16_t type = 0;
        std::uint64_t count = 0;
        std::uint64_t valueField = 0; ///< offset of the field that holds the values or points to them
    };

    TiffDirectory(const ByteReader& reader, std::optional<std::uint64_t> offset);

    std::uint64_t entryBytes() const { return m_big ? 20 : 12; }
    std::optional<Entry> entry(std::uint16_t tag) const;
    std::uint64_t valueOffset(const Entry& entry, std::uint64_t width) const;

    ByteReader m_reader;
    bool m_big = false;
    std::uint64_t m_offset = 0;
    std::uint64_t m_firstEntry = 0;
    std::uint64_t m_entries = 0;
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/tiff_directory.h"

#include <algorithm>
#include <string>

namespace ocellus {

namespace {

constexpr std::uint16_t bigVersion = 43;

/// Bytes of one value of the unsigned integer types (BYTE, SHORT, LONG, IFD, LONG8, IFD8), else 0.
std::uint64_t bytesOfType(std::uint16_t type)
{
    switch (type) {
    case 1: return 1;
    case 3: return 2;
    case 4:
    case 13: return 4;
    case 16:
    case 18: return 8;
    default: return 0;
    }
}

ByteReader inItsByteOrder(const ByteReader& structure)
{
    if (!structure.matches(0, "II") && !structure.matches(0, "MM"))
        structure.damaged("expected a TIFF byte-order mark");
    return structure.part(0, structure.size(), structure.matches(0, "II") ? std::endian::little : std::endian::big);
}

std::uint64_t firstOffset(const ByteReader& reader)
{
    const std::uint16_t version = reader.u16(2);
    if (version != 42 && version != bigVersion)
        reader.damaged("expected TIFF version 42 or 43, got " + std::to_string(version));
    return version == bigVersion ? reader.u64(8) : reader.u32(4);
}

} // namespace

TiffDirectory::TiffDirectory(const ByteReader& structure) : TiffDirectory(inItsByteOrder(structure), std::nullopt) {}

TiffDirectory TiffDirectory::at(std::uint64_t offset) const
{
    return {m_reader, offset};
}

TiffDirectory::TiffDirectory(const ByteReader& reader, std::optional<std::uint64_t> offset)
    : m_reader(reader),
      m_big(m_reader.u16(2) == bigVersion),
      m_offset(offset ? *offset : firstOffset(m_reader))
{
    const std::uint64_t start = m_offset;
    if (!m_reader.has(start, m_big ? 8 : 2))
        m_reader.cutShort("expected its directory at byte " + std::to_string(start) + ", got the end at byte " +
                          std::to_string(m_reader.size()));
    m_entries = m_big ? m_reader.u64(start) : m_reader.u16(start);
    m_firstEntry = start + (m_big ? 8 : 2);
    if (m_entries > m_reader.size() / entryBytes() || !m_reader.has(m_firstEntry, m_entries * entryBytes()))
        m_reader.cutShort("expected a directory of " + std::to_string(m_entries) + " entries at byte " +
                          std::to_string(start));
}

std::optional<TiffDirectory::Entry> TiffDirectory::entry(std::uint16_t tag) const
{
    for (std::uint64_t i = 0; i < m_entries; ++i) {
        const std::uint64_t at = m_firstEntry + i * entryBytes();
        if (m_reader.u16(at) != tag)
            continue;
        return m_big ? Entry{m_reader.u16(at + 2), m_reader.u64(at + 4), at + 12}
                     : Entry{m_reader.u16(at + 2), m_reader.u32(at + 4), at + 8};
    }
    return std::nullopt;
}

std::uint64_t TiffDirectory::valueOffset(const Entry& entry, std::uint64_t width) const
{
    const std::uint64_t inlineBytes = m_big ? 8 : 4;
    if (entry.count <= inlineBytes / width)
        return entry.valueField;
    return m_big ? m_reader.u64(entry.valueField) : m_reader.u32(entry.valueField);
}

std::vector<std::uint64_t> TiffDirectory::values(std::uint16_t tag, std::uint64_t most) const
{
    const std::optional<Entry> found = entry(tag);
    const std::uint64_t width = found ? bytesOfType(found->type) : 0;
    if (width == 0)
        return {};
    const std::uint64_t offset = valueOffset(*found, width);
    if (found->count > m_reader.size() / width || !m_reader.has(offset, found->count * width))
        m_reader.cutShort("expected " + std::to_string(found->count) + " values of tag " + std::to_string(tag) +
                          " at byte " + std::to_string(offset));
    std::vector<std::uint64_t> values;
    const std::uint64_t count = std::min(found->count, most);
    values.reserve(count);
    for (std::uint64_t at = offset; values.size() < count; at += width) {
        switch (width) {
        case 1: values.push_back(m_reader.u8(at)); break;
        case 2: values.push_back(m_reader.u16(at)); break;
        case 4: values.push_back(m_reader.u32(at)); break;
        default: values.push_back(m_reader.u64(at)); break;
        }
    }
    return values;
}

std::optional<std::uint64_t> TiffDirectory::value(std::uint16_t tag) const
{
    const std::vector<std::uint64_t> first = values(tag, 1);
    return first.empty() ? std::nullopt : std::optional(first.front());
}

std::span<const std::uint8_t> TiffDirectory::bytes(std::uint16_t tag) const
{
    constexpr std::uint16_t byte = 1, ascii = 2, undefined = 7;
    const std::optional<Entry> found = entry(tag);
    if (!found || (found->type != byte && found->type != ascii && found->type != undefined))
        return {};
    const std::uint64_t offset = valueOffset(*found, 1);
    return m_reader.has(offset, found->count) ? m_reader.bytes(offset, found->count) : std::span<const std::uint8_t>();
}

std::optional<double> TiffDirectory::rational(std::uint16_t tag) const
{
    constexpr std::uint16_t fraction = 5;
    constexpr std::uint64_t width = 8;
    const std::optional<Entry> found = entry(tag);
    if (!found || found->type != fraction || found->count < 1)
        return std::nullopt;
    const std::uint64_t offset = valueOffset(*found, width);
    if (!m_reader.has(offset, width) || m_reader.u32(offset + 4) == 0)
        return std::nullopt;
    return static_cast<double>(m_reader.u32(offset)) / m_reader.u32(offset + 4);
}

std::uint64_t TiffDirectory::next() const
{
    const std::uint64_t at = m_firstEntry + m_entries * entryBytes();
    return m_big ? m_reader.u64(at) : m_reader.u32(at);
}

bool TiffDirectory::hasNextPointer() const
{
    return m_reader.has(m_firstEntry + m_entries * entryBytes(), m_big ? 8 : 4);
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/byte_reader.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"

namespace ocellus {

ByteReader::ByteReader(std::string name, std::span<const std::uint8_t> bytes, std::endian order)
    : m_name(std::move(name)),
      m_bytes(bytes),
      m_order(order)
{
}

bool ByteReader::has(std::uint64_t offset, std::uint64_t count) const
{
    return offset <= m_bytes.size() && count <= m_bytes.size() - offset;
}

bool ByteReader::matches(std::uint64_t offset, std::string_view text) const
{
    return has(offset, text.size()) &&
           std::equal(text.begin(), text.end(), m_bytes.begin() + static_cast<std::ptrdiff_t>(offset),
                      [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; });
}

std::uint64_t ByteReader::number(std::uint64_t offset, unsigned bytes) const
{
    if (!has(offset, bytes))
        cutShort("expected a number at byte " + std::to_string(offset) + ", got the end at byte " +
                 std::to_string(m_bytes.size()));
    std::uint64_t value = 0;
    for (unsigned i = 0; i < bytes; ++i) {
        const unsigned place = m_order == std::endian::big ? i : bytes - 1 - i;
        value = value << 8 | m_bytes[offset + place];
    }
    return value;
}

std::uint8_t ByteReader::u8(std::uint64_t offset) const
{
    return static_cast<std::uint8_t>(number(offset, 1));
}

std::uint16_t ByteReader::u16(std::uint64_t offset) const
{
    return static_cast<std::uint16_t>(number(offset, 2));
}

std::uint32_t ByteReader::u32(std::uint64_t offset) const
{
    return static_cast<std::uint32_t>(number(offset, 4));
}

std::uint64_t ByteReader::u64(std::uint64_t offset) const
{
    return number(offset, 8);
}

std::span<const std::uint8_t> ByteReader::bytes(std::uint64_t offset, std::uint64_t count) const
{
    if (!has(offset, count))
        cutShort("expected " + std::to_string(count) + " bytes from byte " + std::to_string(offset) +
                 ", got the end at byte " + std::to_string(m_bytes.size()));
    return m_bytes.subspan(offset, count);
}

ByteReader ByteReader::part(std::uint64_t offset, std::uint64_t count, std::endian order) const
{
    return {m_name, bytes(offset, count), order};
}

void ByteReader::damaged(const std::string& detail) const
{
    throw Error(ErrorCode::Damaged, m_name, detail, "Copy or export the picture again from where it came from.");
}

void ByteReader::cutShort(const std::string& what) const
{
    damaged("is cut short: " + what);
}

void ByteReader::unsupported(const std::string& detail) const
{
    throw Error(ErrorCode::Unsupported, m_name, detail,
                "Export it as JPEG or PNG, for example with the program that shows it.");
}

} // namespace ocellus

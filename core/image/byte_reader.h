// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace ocellus {

/// Numbers at offsets of a picture file from a stranger: every read is checked, and one beyond the end throws.
class ByteReader {
public:
    /// `name` is the file as errors call it; the bytes must outlive the reader.
    ByteReader(std::string name, std::span<const std::uint8_t> bytes, std::endian order = std::endian::big);

    std::uint64_t size() const { return m_bytes.size(); }
    const std::string& name() const { return m_name; }

    /// True where `count` bytes from `offset` lie in the file; no sum overflows.
    bool has(std::uint64_t offset, std::uint64_t count) const;
    /// True where exactly this text stands at `offset`.
    bool matches(std::uint64_t offset, std::string_view text) const;

    /// Unsigned numbers in the reader's byte order. Throw Error(Damaged) where they reach beyond the end.
    std::uint8_t u8(std::uint64_t offset) const;
    std::uint16_t u16(std::uint64_t offset) const;
    std::uint32_t u32(std::uint64_t offset) const;
    std::uint64_t u64(std::uint64_t offset) const;

    /// The bytes of a part. Throws Error(Damaged) where it reaches beyond the end.
    std::span<const std::uint8_t> bytes(std::uint64_t offset, std::uint64_t count) const;

    /// A part with its own offsets and byte order. Throws Error(Damaged) where it reaches beyond the end.
    ByteReader part(std::uint64_t offset, std::uint64_t count, std::endian order) const;

    /// Throws Error(Damaged) with the file's name.
    [[noreturn]] void damaged(const std::string& detail) const;
    /// The same where the end is missing: "is cut short: ...".
    [[noreturn]] void cutShort(const std::string& what) const;
    /// Throws Error(Unsupported) with the way out.
    [[noreturn]] void unsupported(const std::string& detail) const;

private:
    std::uint64_t number(std::uint64_t offset, unsigned bytes) const;

    std::string m_name;
    std::span<const std::uint8_t> m_bytes;
    std::endian m_order;
};

inline std::string_view textOf(std::span<const std::uint8_t> bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace ocellus

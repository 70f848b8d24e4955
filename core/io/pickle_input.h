// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/io/bytes_at.h"
#include "core/io/little_endian.h"

namespace ocellus {

/// The bytes of a pickle, one after the other, with every length checked against what is left.
/// All throw Error: Damaged at the end of the bytes, TooLarge where the pickle itself is beyond reason.
class PickleInput {
public:
    /// `size` bytes from `read`; `subject` is the file that errors name.
    PickleInput(BytesAt read, std::uint64_t size, std::string subject);

    std::uint8_t byte() { return static_cast<std::uint8_t>(*take(1)); }

    template <typename Number>
    Number number()
    {
        return loadLittleEndian<Number>(take(sizeof(Number)));
    }

    /// The next bytes as they are; nothing is allocated for a length that is not there.
    std::string bytes(std::uint64_t count);

    /// Passes over bytes that are there; they may be more than a pickle has of its own.
    void skip(std::uint64_t count);

    /// Up to the next line feed, which is taken too; names of modules and classes only.
    std::string line();

    std::uint64_t position() const { return m_windowStart + m_next; }

    /// Of all bytes, how many are behind, in [0, 1].
    double fraction() const { return m_size ? static_cast<double>(position()) / static_cast<double>(m_size) : 0.0; }

private:
    const std::byte* take(std::size_t count);     // count is at most 8
    void requireLeft(std::uint64_t count) const;  // and within what a pickle may have
    void requireThere(std::uint64_t count) const; // before the end
    void moveWindow();

    BytesAt m_read;
    std::uint64_t m_size;
    std::string m_subject;
    std::vector<std::byte> m_window;
    std::uint64_t m_windowStart = 0;
    std::size_t m_next = 0;
    std::uint64_t m_skipped = 0;
};

} // namespace ocellus
